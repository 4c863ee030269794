import Decoder
import Testing
import Wire

@testable import Gateway

@Suite struct KeyCheckTests {
    private static let gas =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69"
        + "EBF3"
    private static let right = "0102030405060708090A0B0C0D0E0F11"
    private static let wrong = "FEDCBA98765432100123456789ABCDEF"

    private static func check(_ hex: String, _ keys: String...) throws -> KeyCheck {
        let frame = try OfflineDecoder.frame(ofHex: Array(hex.utf8).span)
        return KeyCheck(of: frame, keys: keys.compactMap { MeterKey(hex: $0) })
    }

    @Test func namesKeysByTheirPlace() throws {
        let check = try Self.check(Self.gas, Self.wrong, Self.right)
        #expect(check.isOpened)
        #expect(
            check.lines(telegram: 1) == [
                "telegram 1 (03ELS3312345678), key 1: The key is wrong, or belongs to another"
                    + " meter: payload does not begin with 2F 2F.",
                "telegram 1 (03ELS3312345678), key 2: The key is right: payload begins with 2F 2F,"
                    + " first record can be read.",
            ])
    }

    @Test(arguments: [
        (gas, wrong, "wrong_key"),
        (gas, "0102030405060708", "wrong_key_length"),
        (String(gas.dropLast(2)), right, "damaged"),
        ("1144AE0C78563412010778041365870C00", right, "damaged"),
        ("0F44AE0C78563412010778041365870C00", right, "not_encrypted"),
        ("1644AE0C785634120107 7A2A00FF0D055923C95AAA26D1", right, "not_supported"),
        (
            "434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A75042007109058475F4BC91D"
                + "F878B80A1B0F98B629024AAC727942BFC549233C0140829B93",
            "000102030405060708090A0B0C0D0E0F", "authentication_fails"
        ),
    ])
    func otherFindings(hex: String, key: String, code: String) throws {
        let check = try Self.check(hex, key)
        #expect(!check.isOpened)
        var json = JSONWriter()
        check.appendJSON(telegram: 3, to: &json)
        let object = try #require(JSONValue(parsing: json.span).elements?.first)
        #expect(object["finding"]?.string == code)
        #expect(object["telegram"] == .number("3"))
        for text in [json.text] + check.lines(telegram: 3) {
            #expect(!text.uppercased().contains(key))
        }
    }

    @Test func keysOfTheCommandLine() throws {
        let source = KeySource { $0 == "GAS_KEY" ? " \(Self.right)\n" : nil }
        let key = try #require(MeterKey(hex: Self.right))
        #expect(try source.key(given: Self.right) == key)
        #expect(try source.key(given: "env:GAS_KEY") == key)
        #expect(try source.key(given: "0102030405060708").count == 8)
        for unusable in ["env:OTHER", "file:/does/not/exist", "0102", "file:gas.key"] {
            #expect(throws: KeySource.UnusableKey.self) { try source.key(given: unusable) }
        }
    }
}
