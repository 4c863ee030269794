import Glibc
import TestSupport
import Testing

/// What people paste behind `decode`, and hand it as files.
@Suite struct GivenTelegramsTests {
    /// OMS Vol. 2, annex N, CRCs removed.
    private static let telegram =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69"
        + "EBF3"
    private static let key = "0102030405060708090A0B0C0D0E0F11"
    private static let taken = "Taken as the telegram: \(telegram)"

    private func decode(_ arguments: [String]) throws -> (lines: [String], code: Int32?) {
        let program = try Program(
            Household.executable, ["decode", "--key", Self.key] + arguments)
        let code = program.ended()
        try program.wait { program.isReadToEnd }
        return (program.lines, code)
    }

    private static func isReading(_ line: String) -> Bool { line.contains("\"volume\":28504.27,") }

    @Test(arguments: [
        ("telegram=|\(telegram)|+12", true),
        ("T1;1;1;2026-11-25 07:04:09;97;148;12345678;0x\(telegram)", true),
        (#"{"data":"\#(telegram)"}"#, true), ("'\(telegram)'", true),
        ("0x" + telegram.lowercased(), false),
        ("\(telegram.prefix(20))\n\(telegram.dropFirst(20))\n", false),
    ])
    func oneTelegram(text: String, isTold: Bool) throws {
        let (lines, code) = try decode([text])
        #expect(code == 0)
        #expect(lines.contains(Self.taken) == isTold)
        #expect(lines.count(where: Self.isReading) == 1)
    }

    /// The second is not lost without a word.
    @Test func twoInARow() throws {
        let (lines, code) = try decode([Self.telegram + Self.telegram])
        #expect(code == 0)
        #expect(lines.count(where: Self.isReading) == 1)
        #expect(
            lines.contains(
                "Telegram 1: 47 octets behind its end, not read. If that is another telegram, give it"
                    + " by itself."))
        #expect(try decode([Self.telegram]).lines.count == 1)
    }

    @Test func severalInOneTextAndInAFile() throws {
        let text = "\(Self.telegram)\r\n# mine\r\ntelegram=|\(Self.telegram)|+1\r\n"
        let directory = TemporaryDirectory()
        let file = try #require(fopen(directory.file("log.txt"), "w"))
        fputs("\u{FEFF}nothing\r\n" + text, file)
        fclose(file)
        let (lines, code) = try decode([text, directory.file("log.txt")])
        #expect(code == 0)
        #expect(lines.count(where: Self.isReading) == 4)
        #expect(lines.contains("\(directory.file("log.txt")): 7 octets in no telegram."))
    }

    @Test(arguments: [
        ("hello", "The telegram is not hex text: 'h' at place 1 is no hex digit (0-9, A-F)."),
        ("", "It is empty. Give a telegram as hex text, beginning with its L-field."),
        (#"{"volume":1}"#, "It has no telegram in it"),
        (
            "T1;0;1;2026-11-25 07:04:09;97;148;12345678;0x\(telegram)",
            "The line's telegram cannot be used: the check sum is wrong."
        ),
        ("/", "Reading from / failed: Is a directory."),
    ])
    func whatIsNoTelegramSaysSo(text: String, message: String) throws {
        let (lines, code) = try decode([text])
        #expect(code == 1)
        #expect(lines.contains { $0.contains(message) }, "\(lines)")
    }

    @Test func aKeysFileMayBeNamedFromWhereOneIs() throws {
        let directory = TemporaryDirectory()
        let file = try #require(fopen(directory.file("gas.key"), "w"))
        fputs(Self.key + "\n", file)
        fclose(file)
        let line =
            "cd \(directory.path) && exec \(Household.executable) decode --key file:gas.key"
            + " \(Self.telegram)"
        let program = try Program("sh", ["-c", line])
        #expect(program.ended() == 0)
    }

    @Test func aFolderOfDefinitionsThatIsNotThereIsTold() throws {
        let (lines, code) = try decode(["--meters", "/nowhere", Self.telegram])
        #expect(code == 0)
        #expect(lines.first?.hasPrefix("--meters /nowhere: No such file or directory.") == true)
    }

    /// Standard input is empty in these tests.
    @Test func withoutArgumentsStandardInputIsRead() throws {
        let (lines, code) = try decode([])
        #expect(code == 1)
        #expect(lines == ["There is no telegram on standard input."])
    }
}
