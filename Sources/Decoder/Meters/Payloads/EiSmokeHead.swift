/// Ei Electronics smoke detectors: the state of the head, 32 bits in the record `84 40 FF 2C`.
///
/// - bits 4…0: how clean the chamber is, 28 and more is clean
/// - bits 11…8: battery, steps of 0.05 V from 2.25 V
/// - bits 22…20: distance of an obstacle, see `distances`
/// - the others: `words`; bit 16 is 0 while the search for obstacles is not finished
///
/// Source: public decoders, telegrams of the detectors.
enum EiSmokeHead {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x84, 0x40, 0xFF, 0x2C], with: readState)
    }

    private static func readState(_ payload: inout VendorPayload) throws(PayloadError) {
        let state = try payload.unsigned(0..<4)
        try payload.add(
            .dimensionless, .scaled(state & 0x1F, 0), at: 0..<1, named: .dustLevel)
        try payload.add(
            .voltage, .scaled(225 + 5 * (state >> 8 & 0x0F), -2), .volt, at: 1..<2,
            named: .batteryVoltage)
        payload.add(.obstacleDistance, text: distances[Int(state >> 20 & 0x07)])
        payload.add(.headState, bits: state ^ searchFinished, words: words)
    }

    private static let searchFinished: UInt64 = 0x0001_0000

    private static let words: [(mask: UInt64, word: StaticString)] = [
        (0x0000_0020, "sounder fault"), (0x0000_0040, "tampered"), (0x0000_0080, "end of life"),
        (0x0000_1000, "battery low"), (0x0000_2000, "smoke sensor fault"),
        (0x0000_4000, "obstacle detector fault"), (0x0000_8000, "end of life within a year"),
        (searchFinished, "search for obstacles not finished"),
        (0x0002_0000, "surroundings changed"), (0x0004_0000, "link to the head"),
        (0x0008_0000, "interference"), (0x0100_0000, "obstacle"), (0x0200_0000, "covered"),
        (0xFC80_0000, "other"),
    ]

    private static let distances = [
        "not measured", "none", "45-60 cm", "38-53 cm", "33-48 cm", "28-40 cm", "20-33 cm",
        "0-25 cm",
    ]
}
