import Decoder
import Wire

/// What can be shared of a meter that is not read well, so that others can write a definition for
/// it: telegrams, what was read of them, and what was not understood.
///
/// No key is in it: telegrams stand there as they are once deciphered, so that nobody needs one.
/// Meters' numbers are shortened as in the log, unless they are to stay.
public struct MeterReport: Sendable {
    /// More telegrams tell nothing new.
    public static let mostTelegrams = 200
    /// Of the JSON form; it goes up where a member gets another meaning.
    static let formatVersion = 1

    public enum Numbers: String, Sendable, CaseIterable {
        case shortened, kept
    }

    public let numbers: Numbers
    public private(set) var telegrams: [ReportedTelegram] = []
    /// Telegrams that stand there already, octet by octet, and those over the limit.
    public private(set) var leftOut = 0

    public init(numbers: Numbers) { self.numbers = numbers }

    /// Adds what `decoder` makes of a telegram.
    public mutating func add(
        _ frame: RadioFrame, key: MeterKey?, decoder: OfflineDecoder, catalogue: MeterCatalogue
    ) {
        let telegram: ReportedTelegram
        do {
            let reading = try decoder.reading(of: frame.octets, format: frame.format, key: key)
            telegram = ReportedTelegram(reading, numbers, catalogue)
        } catch {
            telegram = ReportedTelegram(frame, error: error, numbers)
        }
        guard telegrams.count < Self.mostTelegrams,
            !telegrams.contains(where: { $0.octets == telegram.octets })
        else {
            leftOut += 1
            return
        }
        telegrams.append(telegram)
    }
}

// Forms
extension MeterReport {
    /// For people: a block a telegram.
    public var lines: [String] {
        var lines = [
            "\(Product.name) \(Product.version): report of \(telegrams.count) "
                + (telegrams.count == 1 ? "telegram" : "telegrams"),
            "Keys are not in it. The meters' numbers are \(numbers.rawValue).",
        ]
        if leftOut > 0 {
            lines.append(
                "Left out are copies, and what is beyond \(Self.mostTelegrams) telegrams: \(leftOut)."
            )
        }
        for (place, telegram) in telegrams.enumerated() {
            lines += ["", "Telegram \(place + 1)"] + telegram.lines.map { "  " + $0 }
        }
        return lines
    }

    /// One object, for programs.
    public func appendJSON(to json: inout JSONWriter) {
        json.beginObject()
        json.key("report")
        json.integer(Int64(Self.formatVersion))
        json.key("program")
        json.string(Product.name)
        json.key("version")
        json.string(Product.version)
        json.key("numbers")
        json.string(numbers.rawValue)
        json.key("left_out")
        json.integer(Int64(leftOut))
        json.key("telegrams")
        json.beginArray()
        for telegram in telegrams { telegram.appendJSON(to: &json) }
        json.endArray()
        json.endObject()
    }
}
