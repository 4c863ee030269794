// Telegrams that a stick puts out with no start mark and no check sum:
//
//     length | frame from the C-field on | [RSSI]
//
// The length counts the RSSI octet. All there is to know a start by is what a telegram begins with.
extension PendingOctets {
    /// Whether a length, a C-field and a manufacturer's three letters stand at `offset`. nil until
    /// more octets come.
    func isTelegram(at offset: Int) -> Bool? {
        guard let length = self[offset] else { return nil }
        guard length >= 10 else { return false }
        guard let control = self[offset + 1] else { return nil }
        guard Self.controls.contains(control) else { return false }
        guard let low = self[offset + 2], let high = self[offset + 3] else { return nil }
        let manufacturer = UInt16(high) << 8 | UInt16(low)
        return high < 0x80
            && [10, 5, 0].allSatisfy { (1...26).contains(manufacturer >> $0 & 0x1F) }
    }

    /// C-fields that meters send telegrams with: SND-NR, SND-IR, ACC-NR, ACC-DMD, RSP-UD.
    private static let controls: Set<UInt8> = [0x44, 0x46, 0x47, 0x48, 0x08]
}

/// Tells a telegram that lost its end by the beginning of the next one inside it.
///
/// The next one stands right behind what is left, and together they are as long as the first says:
/// nothing in the stream shows it. But a meter's telegrams begin alike, each time with the same
/// length, C-field and address; ten octets that stand inside no other telegram by chance.
struct HeardTelegrams: Equatable, Sendable {
    /// Length, C-, M- and A-field of each, the last heard at the end.
    private var beginnings: [[UInt8]] = []
    /// So many meters are in reach of a stick at most places.
    private static let limit = 64
    private static let size = 10

    mutating func note(length: UInt8, payload: [UInt8]) {
        let beginning = [length] + payload.prefix(Self.size - 1)
        beginnings.removeAll { $0 == beginning }
        beginnings = beginnings.suffix(Self.limit - 1) + [beginning]
    }

    /// Where in the telegram at the front of `pending` another one begins.
    ///
    /// - Parameter length: of the telegram, without its length octet; the rest may be yet to come
    /// - Returns: the place, and whether all of the beginning is there: more octets decide if not
    func begin(in pending: PendingOctets, length: Int) -> (place: Int, isWhole: Bool)? {
        for place in 1..<max(1, min(length + 1, pending.count))
        where pending.isTelegram(at: place) != false && !isAddress(at: place, in: pending) {
            let seen = pending.prefix(place + Self.size).dropFirst(place)
            if beginnings.contains(where: { $0.starts(with: seen) }) {
                return (place, seen.count == Self.size)
            }
        }
        return nil
    }

    /// Behind the CI-fields 8E and 8F (extended link layer with an address, EN 13757-4) stand a
    /// communication control field, an access number and an address, which may read as a length, a
    /// C-field and the address of a meter that is heard itself.
    private func isAddress(at place: Int, in pending: PendingOctets) -> Bool {
        place == 11 && (pending[10] == 0x8E || pending[10] == 0x8F)
    }
}

extension PendingOctets {
    /// Telegrams are sent en bloc: behind a whole one, silence tells sooner that nothing belongs to
    /// its end than that the rest of a cut one is lost.
    var bareTelegramPatience: Duration {
        let isWhole = isTelegram(at: 0) == true && count > Int(self[0] ?? .max)
        return isWhole ? .milliseconds(100) : .seconds(2)
    }

    /// Takes the telegram at the front, from the C-field on, or what is left of one.
    ///
    /// - Parameter isLast: whether nothing follows for now, which might be the next one's beginning
    /// - Returns: nil until more octets come
    mutating func takeTelegram(
        length: UInt8, isLast: Bool, _ heard: inout HeardTelegrams
    ) -> Framed<[UInt8]>? {
        let next = heard.begin(in: self, length: Int(length))
        if let next, next.isWhole { return .skipped(take(next.place), .badLength) }
        guard count > length, next == nil || isLast else { return nil }
        let payload = Array(take(Int(length) + 1).dropFirst())
        heard.note(length: length, payload: payload)
        return .message(payload)
    }
}
