import Simulator
import Testing
import Wire

func hex(_ text: String) -> [UInt8] {
    (try? Hex.octets(text.filter { $0 != "\n" })) ?? []
}

/// Telegrams that the examples below are about, without link-layer CRCs.
enum Sample {
    /// OMS Specification Vol. 2 Annex N.2.1: a gas meter.
    static let n21 = hex(
        """
        2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69
        EBF3
        """)
    static let second = hex(
        """
        2E44333003020100071B7A634820252F2F0265840842658308820165950802FB1AAE0142FB1AAE018201FB1AA9
        012F
        """)

    /// A frame of `count` octets that means nothing.
    static func frame(of count: Int) -> [UInt8] {
        [UInt8(count - 1), 0x44]
            + (2..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }
    }
}

/// What the host writes, and what the stick says to all of it.
struct Exchange: CustomTestStringConvertible {
    var name: String
    var host: [UInt8]
    var stick: [UInt8]

    init(_ name: String, _ host: String, _ stick: String) {
        self.name = name
        self.host = hex(host)
        self.stick = hex(stick)
    }

    init(_ name: String, text host: String, _ stick: String) {
        self.name = name
        self.host = Array(host.utf8)
        self.stick = Array(stick.utf8)
    }

    var testDescription: String { name }
}

extension SimulatedStick {
    /// Feeds octet by octet.
    mutating func receivedSingly(_ octets: [UInt8]) -> [UInt8] {
        octets.flatMap { received([$0]) }
    }
}
