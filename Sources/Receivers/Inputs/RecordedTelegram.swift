import Wire

/// One line of a recording, as `oms2mqtt record` writes it and a `replay` receiver reads it:
///
///     2026-11-25T07:04:09.120Z -71.5 t1 crcsRemoved 2E44… cellar
///
/// - time in UTC, to the millisecond
/// - RSSI in dBm, or `-`
/// - link mode: t1, c1, s1, or `-`
/// - frame format: a, b (with their CRCs), crcsRemoved, unknown
/// - the telegram in hex, from its L-field on
/// - the receiver's name, to the line's end
public struct RecordedTelegram: Equatable, Sendable {
    /// Since 1970.
    public var time: Duration
    public var frame: RadioFrame
    public var receiver: String

    public init(time: Duration, frame: RadioFrame, receiver: String) {
        self.time = time
        self.frame = frame
        self.receiver = receiver
    }

    /// The first line of a recording.
    public static let heading =
        "# oms2mqtt recording: time, RSSI in dBm, mode, format, telegram, receiver"

    /// The line, without its end.
    ///
    /// - Parameter time: `time` as text, `2026-11-25T07:04:09.120Z`
    public static func line(time: String, frame: RadioFrame, receiver: String) -> String {
        let strength = frame.signalStrength.map { "\($0)" } ?? "-"
        let name = receiver.map { $0.isNewline ? " " : String($0) }.joined()
        return [
            time, strength, frame.linkMode?.rawValue ?? "-", frame.format.rawValue,
            Hex.text(frame.octets), name,
        ].joined(separator: " ")
    }

    /// nil for any other line.
    public init?(line: some Sequence<UInt8>) {
        let fields = Array(line).split(
            separator: 0x20, maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count >= 5, let time = Self.time(fields[0]),
            let format = FrameFormat(rawValue: String(decoding: fields[3], as: UTF8.self)),
            let octets = try? Hex.octets(String(decoding: fields[4], as: UTF8.self)),
            (11...4096).contains(octets.count)
        else { return nil }
        self.time = time
        frame = RadioFrame(
            octets: octets, format: format,
            linkMode: LinkMode(rawValue: String(decoding: fields[2], as: UTF8.self)),
            signalStrength: Double(String(decoding: fields[1], as: UTF8.self))
                .flatMap { $0.isFinite ? $0 : nil })
        receiver = fields.count > 5 ? String(decoding: fields[5], as: UTF8.self) : ""
    }

    /// `2026-11-25T07:04:09.120Z` since 1970; the second's fraction may be missing.
    static func time(_ text: ArraySlice<UInt8>) -> Duration? {
        let text = Array(text)
        let form = "dddd-dd-ddTdd:dd:dd"
        guard text.count > form.utf8.count, text.count <= 30, text.last == UInt8(ascii: "Z"),
            zip(form.utf8, text).allSatisfy({ form, character in
                form == UInt8(ascii: "d")
                    ? (0x30...0x39).contains(character) : form == character
            })
        else { return nil }
        func number(_ range: Range<Int>) -> Int64 {
            text[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        var milliseconds: Int64 = 0
        let fraction = text[19..<text.count - 1]
        if !fraction.isEmpty {
            guard fraction.first == UInt8(ascii: "."),
                fraction.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            let digits = Array(fraction.dropFirst()) + [0x30, 0x30, 0x30]
            milliseconds = digits.prefix(3).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        let month = number(5..<7)
        guard (1...12).contains(month) else { return nil }
        // Years counted from March have the leap day last; 400 years have 146,097 days.
        let year = number(0..<4) - (month <= 2 ? 1 : 0)
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(8..<10) - 1
        let day =
            era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
        let seconds =
            day * 86_400 + number(11..<13) * 3600 + number(14..<16) * 60
            + number(17..<19)
        return .seconds(seconds) + .milliseconds(milliseconds)
    }
}
