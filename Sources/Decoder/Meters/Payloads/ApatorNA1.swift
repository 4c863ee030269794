import Wire

/// Apator NA-1: water meters, CI A0 or A1, with one enciphered block.
///
/// ```text
/// AC FF | 2F WW WW WW WW TT TT TT TT AA Aa Dd DD DD CC HH
///         AES-128-CBC
/// ```
///
/// - AC: access number, eight times the second half of the initial vector, behind the link layer's
///   M- and A-field; the key is 0 as delivered
/// - F: flags of the frame
/// - W: total: bits 31…8 and 3…0 are a number, bits 5…4 the power of ten of litres it counts
/// - T: seconds since 2000-01-01, in the meter's time
/// - A, a, d: hours since the earlier total, bits 15…10 and 7…0; D and bits 9…8: what flowed since
///   then, counted as the total
/// - C, H: status now and then
///
/// Source: public decoders, telegrams of the meters.
enum ApatorNA1 {
    /// The key that the meters are delivered with.
    static let defaultKey = MeterKey(hex: "00000000000000000000000000000000")

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try decipher(&payload)
        let state = try state(of: payload)
        try payload.add(
            .volume, .scaled(state.total, state.exponent), .cubicMetre, at: 3..<7)
        try payload.add(.dateTime, .time(state.clock), at: 7..<11)
        try payload.add(
            .volume, .scaled(state.total - state.sinceHistory, state.exponent), .cubicMetre,
            at: 3..<16, storage: 1)
        let history = state.clock.adding(-state.age, .seconds(3600))
        try payload.add(
            .dateTime, history.map { .time($0) } ?? .unknown(.invalidPattern), at: 7..<13,
            storage: 1)
        try payload.add(
            .durationSinceLastReadout, .scaled(state.age, 0), .hour, at: 11..<13,
            named: .historyAge)
        payload.add(.frameFlags, bits: try payload.unsigned(1..<2), words: frameWords)
        payload.add(.alarms, bits: try payload.unsigned(16..<17), words: statusWords)
        payload.add(.pastAlarms, bits: try payload.unsigned(17..<18), words: statusWords)
    }

    private struct State {
        /// In 10^exponent m³.
        var total: UInt64
        var exponent: Int
        var clock: MeterTime
        /// In hours.
        var age: Int
        var sinceHistory: UInt64
    }

    /// - Throws: `unknownLayout` where the block is none of these: the key was another one.
    private static func state(
        of payload: borrowing VendorPayload
    ) throws(PayloadError) -> State {
        let filler = try payload.octet(2)
        let word = try payload.unsigned(3..<7)
        let age = try payload.unsigned(11..<13)
        let total = (word >> 8) << 4 | word & 0x0F
        let sinceHistory = try payload.unsigned(13..<16) << 2 | age >> 8 & 3
        // 2000-01-01 until 2065, in seconds of the meter's time.
        let seconds = try payload.unsigned(7..<11)
        guard filler == 0x2F, word & 0xC0 == 0, sinceHistory <= total, seconds < 1 << 31,
            let clock = epoch.adding(Int(seconds), .seconds(1))
        else { throw .unknownLayout(filler) }
        var ownClock = clock
        ownClock.precision = .second
        ownClock.summerTime = try payload.octet(1) & 0x01 != 0
        return State(
            total: total, exponent: Int(word >> 4 & 3) - 3, clock: ownClock,
            age: Int((age >> 10) << 8 | age & 0xFF), sinceHistory: sinceHistory)
    }

    private static let epoch = MeterTime(precision: .second, year: 2000, month: 1, day: 1)

    private static func decipher(_ payload: inout VendorPayload) throws(PayloadError) {
        guard let key = payload.key ?? defaultKey else { throw .noKey }
        let received = payload.octets
        var vector = Array(received.prefix(10).dropFirst(2))
        vector += Array(repeating: try payload.octet(0), count: 8)
        try payload.decipherAES(2..<18, key: key, initialVector: vector)
        do { _ = try state(of: payload) } catch {
            payload.octets = received
            payload.deciphered = nil
            throw payload.key == nil ? .noKey : .wrongKey
        }
        payload.protection = .manufacturersCipher
        payload.usedDefaultKey = payload.key == nil
    }

    private static let frameWords: [(mask: UInt64, word: StaticString)] = [
        (0x01, "summer time"), (0x02, "earlier reading"), (0x04, "speed too high"),
        (0x08, "access error"), (0x10, "two-way communication blocked"), (0x20, "installation"),
        (0x40, "wrong temperature"), (0x80, "service"),
    ]

    private static let statusWords: [(mask: UInt64, word: StaticString)] = [
        (0x01, "battery"), (0x02, "magnetic field"), (0x04, "disconnected"), (0x08, "leak"),
        (0x10, "measurement unchanged"), (0x20, "reverse flow"), (0x40, "flow too high"),
        (0x80, "flow too low"),
    ]
}
