/// Who may use a route (RFC 7617, RFC 6750).
enum HTTPAuthorisation: Equatable, Sendable {
    case none
    case basic(user: String, password: Secret)
    case bearer(token: Secret)

    /// Whether what stands in a request's `Authorization` headers is the right login.
    func allows(_ given: [String]) -> Bool {
        switch self {
        case .none: return true
        case .basic(let user, let password):
            let login = Secret("\(user):\(password.text)")
            return Self.isGiven(Secret(Self.base64(login.text)), as: "Basic", in: given)
        case .bearer(let token): return Self.isGiven(token, as: "Bearer", in: given)
        }
    }

    /// What a client without it is told to send; nil: nothing is wanted.
    var challenge: String? {
        switch self {
        case .none: nil
        case .basic: #"Basic realm="oms2mqtt", charset="UTF-8""#
        case .bearer: #"Bearer realm="oms2mqtt""#
        }
    }

    /// RFC 4648, section 4.
    private static func base64(_ text: String) -> String {
        let octets = Array(text.utf8)
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - group.count))
            for place in 0...group.count {
                result.append(alphabet[Int(bits >> (18 - 6 * place) & 0x3F)])
            }
            for _ in group.count..<3 { result.append(UInt8(ascii: "=")) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isGiven(_ secret: Secret, as scheme: String, in given: [String]) -> Bool {
        guard given.count == 1, let header = given.first else { return false }
        let words = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == scheme.lowercased() else { return false }
        return secret.isEqual(to: words[1].drop { $0 == " " })
    }
}

extension Secret {
    /// Compares in a time that depends on the length of `given` alone.
    func isEqual(to given: some StringProtocol) -> Bool {
        let secret = Array(text.utf8)
        guard !secret.isEmpty else { return false }
        var difference: UInt8 = 0
        var place = 0
        for octet in given.utf8 {
            difference |= octet ^ secret[place]
            place = place + 1 == secret.count ? 0 : place + 1
        }
        return difference == 0 && given.utf8.count == secret.count
    }
}
