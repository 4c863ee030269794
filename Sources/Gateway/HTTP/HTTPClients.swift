import Glibc

/// Who asks: an IPv4 address, or the network part (the first 64 bits) of an IPv6 address, since
/// whoever has one address of such a network has them all.
struct HTTPClientAddress: Hashable, Sendable {
    private enum Kind: Hashable { case four, six }
    private let kind: Kind
    private let number: UInt64

    /// - Parameter address: numeric; IPv4 in IPv6 (`::ffff:192.0.2.1`, RFC 4291, 2.5.5.2) is IPv4.
    ///   Nil: it is none.
    init?(_ address: String) {
        var octets = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, address, &octets) == 1 {
            self.init(.four, octets.prefix(4))
        } else if inet_pton(AF_INET6, address, &octets) == 1 {
            let isMapped = octets.prefix(12).elementsEqual(Self.mapped)
            self.init(isMapped ? .four : .six, isMapped ? octets.suffix(4) : octets.prefix(8))
        } else {
            return nil
        }
    }

    private init(_ kind: Kind, _ octets: ArraySlice<UInt8>) {
        self.kind = kind
        number = octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
}

extension HTTPClientAddress: CustomStringConvertible {
    /// `192.0.2.1` or `2001:db8:0:7::/64`.
    var description: String {
        switch kind {
        case .four:
            [24, 16, 8, 0].map { "\(number >> $0 & 0xFF)" }.joined(separator: ".")
        case .six:
            [48, 32, 16, 0].map { String(number >> $0 & 0xFFFF, radix: 16) }
                .joined(separator: ":") + "::/64"
        }
    }
}

/// What each client has used up: connections, and requests by the token bucket method.
struct HTTPClients {
    typealias Instant = ContinuousClock.Instant

    private struct Client {
        var connections = 0
        /// Thousandths of requests that may still be made.
        var left: Int
        var counted: Instant
    }

    private let limits: HTTPLimits
    private var clients: [HTTPClientAddress: Client] = [:]
    private(set) var connections = 0
    var remembered: Int { clients.count }

    init(_ limits: HTTPLimits) { self.limits = limits }

    /// Whether `client` may have another connection; it has one more then, until `disconnected`.
    mutating func connects(_ client: HTTPClientAddress, at now: Instant) -> Bool {
        makeRoom(for: client, at: now)
        let own = clients[client]?.connections ?? 0
        guard connections < limits.connections, own < limits.connectionsOfOneClient else {
            return false
        }
        connections += 1
        let new = full(at: now)
        clients[client, default: new].connections += 1
        return true
    }

    mutating func disconnected(_ client: HTTPClientAddress) {
        guard let own = clients[client]?.connections, own > 0 else { return }
        connections -= 1
        clients[client]?.connections -= 1
    }

    /// Takes `count` requests off what `client` may do.
    ///
    /// - Returns: nil if it may do that, else how many seconds it shall wait, 1 or more.
    mutating func spend(_ count: Int = 1, by client: HTTPClientAddress, at now: Instant) -> Int? {
        makeRoom(for: client, at: now)
        var state = clients[client] ?? full(at: now)
        defer { clients[client] = state }
        refill(&state, at: now)
        guard state.left >= 1000 else {
            let perSecond = max(limits.requestsPerSecond, 1) * 1000
            return max((1000 - state.left + perSecond - 1) / perSecond, 1)
        }
        state.left -= 1000 * count
        return nil
    }

    private func full(at now: Instant) -> Client {
        Client(left: 1000 * limits.requestsAtOnce, counted: now)
    }

    private func refill(_ state: inout Client, at now: Instant) {
        let (seconds, attoseconds) = state.counted.duration(to: now).components
        let milliseconds = min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { return }
        state.counted = now
        state.left = min(
            state.left + Int(milliseconds) * limits.requestsPerSecond, 1000 * limits.requestsAtOnce)
    }

    /// Forgets clients that are as good as new; if there are none, the one that was away longest.
    private mutating func makeRoom(for client: HTTPClientAddress, at now: Instant) {
        guard clients[client] == nil, clients.count >= limits.clients else { return }
        clients = clients.filter { _, state in
            var state = state
            refill(&state, at: now)
            return state.connections > 0 || state.left < 1000 * limits.requestsAtOnce
        }
        guard clients.count >= limits.clients,
            let oldest = clients.filter({ $0.value.connections == 0 })
                .min(by: { $0.value.counted < $1.value.counted })
        else { return }
        clients[oldest.key] = nil
    }
}
