import Decoder
import Wire

@testable import Gateway

/// The gas meter of OMS Vol. 2, annex N.2, in the shapes that receivers and programs hand it over.
enum GasMeter {
    static let key = "0102030405060708090A0B0C0D0E0F11"
    static let formatA =
        "2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF0EA6DEF"
        + "C955B29D6D69EBF3EC8A"
    static let crcsRemoved =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69"
        + "EBF3"
    static let formatB =
        "304493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69"
        + "EBF3B853"

    static func settings(
        _ name: String = "Gas", id: String = "3ELS3312345678", key: String? = key
    ) -> MeterSettings {
        do {
            return try MeterSettings(name: name, id: id, key: key.flatMap { MeterKey(hex: $0) })
        } catch { fatalError("\(error)") }
    }

    static var frame: RadioFrame {
        RadioFrame(octets: (try? Hex.octets(formatA)) ?? [], format: .a)
    }

    /// The same meter's telegram as another meter would send it in clear: an invented number,
    /// version and type; one record, 2850.427 m³.
    static func clear(number: UInt32, version: UInt8 = 0x33, type: UInt8 = 3) -> RadioFrame {
        var octets: [UInt8] = [0, 0x44, 0x93, 0x15]
        for shift in [0, 8, 16, 24] as [UInt32] {
            octets.append(UInt8(truncatingIfNeeded: number >> shift))
        }
        octets += [version, type, 0x7A, 0x2A, 0x00, 0x00, 0x00, 0x0C, 0x13, 0x27, 0x04, 0x85, 0x02]
        octets[0] = UInt8(octets.count - 1)
        return RadioFrame(octets: octets, format: .crcsRemoved)
    }
}
