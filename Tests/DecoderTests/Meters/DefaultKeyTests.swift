import Decoder
import Simulator
import Testing
import Wire

@Suite struct DefaultKeyTests {
    /// A gas meter that its maker delivers with a key of zeros.
    private func telegram(key: String) throws -> [UInt8] {
        var telegram = TelegramBuilder(.init("AMX", 0x1234_5678, version: 1, deviceType: 3))
        telegram.transport = .short(accessNumber: 1)
        telegram.security = .mode5(key: try Hex.octets(key))
        telegram.records = [.volume(hundredthsOfCubicMetres: 1234)]
        return try telegram.frame()
    }

    private static let zeros = "00000000000000000000000000000000"
    private static let own = "0102030405060708090A0B0C0D0E0F10"

    @Test func triedWhereNoKeyIsSet() throws {
        let reading = try reading(telegram(key: Self.zeros))
        #expect(lines(reading) == ["volume = 12.34 m³"])
        #expect(reading.telegram.usedDefaultKey)
        #expect(reading.telegram.protection == .mode(.mode5))
    }

    @Test func notTriedWhereOneIs() throws {
        let octets = try telegram(key: Self.zeros)
        #expect(throws: TelegramError.wrongKey(.mode5)) {
            try reading(octets, key: MeterKey(hex: Self.own))
        }
        let opened = try reading(octets, key: MeterKey(hex: Self.zeros))
        #expect(!opened.telegram.usedDefaultKey)
    }

    @Test func anotherKeyIsMissed() throws {
        let octets = try telegram(key: Self.own)
        #expect(throws: TelegramError.noKey(.mode5)) { try reading(octets) }
    }
}
