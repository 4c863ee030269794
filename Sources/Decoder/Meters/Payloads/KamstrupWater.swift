/// How long Kamstrup's water meters have been in the states of their info codes (`02 FF 20`).
///
/// ```text
/// bit 15 … 13  12 … 10  9 … 7    6 … 4  3      2     1        0
///     burst    leak     reverse  dry    burst  leak  reverse  dry
///     for how long                      now
/// ```
///
/// The record itself stays: definitions give it a name, and its bits words.
///
/// Source: public decoders, telegrams of the meters.
enum KamstrupWater {
    static let meters = ["KAM", "KAW"].flatMap { maker in
        [UInt8(0x06), 0x07, 0x15, 0x16].map { MeterPattern(maker, nil, $0) }
    }

    private static let durations: [(name: VendorName, bit: UInt64)] = [
        (.dryDuration, 4), (.reverseDuration, 7), (.leakDuration, 10), (.burstDuration, 13),
    ]
    private static let words = [
        "none", "1 to 8 hours", "9 to 24 hours", "2 to 3 days", "4 to 7 days", "8 to 14 days",
        "15 to 21 days", "22 to 31 days",
    ]

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        guard let place = payload.place(ofRecord: [0x02, 0xFF, 0x20]) else { return }
        payload.content = payload.records[place].data.range
        let codes = try payload.unsigned(0..<2)
        for (name, bit) in durations {
            payload.add(name, text: words[Int(codes >> bit & 7)])
        }
    }
}
