import Simulator

/// Telegrams of invented water meters, not encrypted, whose total in litres is the number of the
/// telegram: so each is known again wherever it arrives.
public struct NumberedTelegrams: Sendable {
    public let meters: Int
    private let first: UInt32

    /// - Parameters:
    ///   - meters: how many send by turns.
    ///   - first: the first meter's number; the others count on.
    public init(meters: Int = 7, first: UInt32 = 0x1000_0000) {
        self.meters = meters
        self.first = first
    }

    /// As a configuration lists it.
    public func id(_ meter: Int) -> String {
        let digits = String(identification(meter), radix: 16)
        return "07DMQ01" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    public func name(_ meter: Int) -> String { "meter-" + id(meter).suffix(8) }

    /// L-field first, without link-layer CRCs.
    public func frame(_ number: Int) -> [UInt8] {
        var telegram = TelegramBuilder(
            .init("DMQ", identification(number % meters), version: 1, deviceType: 0x07))
        telegram.transport = .short(accessNumber: UInt8(truncatingIfNeeded: number / meters))
        telegram.records = [.volume(litres: number)]
        return (try? telegram.frame()) ?? []
    }

    /// Its digits are decimal ones, 4 bits each.
    private func identification(_ meter: Int) -> UInt32 {
        var rest = meter
        var number = first
        for digit in 0..<4 {
            number += UInt32(rest % 10) << (4 * digit)
            rest /= 10
        }
        return number
    }

    /// The number of the telegram that a reading was made from; nil if it was none of these.
    public static func number(in json: some StringProtocol) -> Int? {
        let parts = json.split(separator: "\"volume\":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let digits = parts[1].prefix { $0.isNumber || $0 == "." }
        return Double(digits).map { Int(($0 * 1000).rounded()) }
    }
}
