import Simulator
import TestSupport
import Testing
import Wire

@Suite struct TelegramFileTests {
    static let n21 = Hex.text(Sample.n21)

    static let good: [(text: String, [Transmission])] = [
        ("", []),
        ("# nothing\n\n  \t\n", []),
        (n21, [Transmission(frame: Sample.n21)]),
        (n21.lowercased() + "\r\n", [Transmission(frame: Sample.n21)]),
        ("  2E 44 " + n21.dropFirst(4) + "  # a gas meter", [Transmission(frame: Sample.n21)]),
        (
            "@rssi=-80.5 @mode=T1 \(n21)\n@format=B @mode=c1\t\(n21)",
            [
                Transmission(frame: Sample.n21, linkMode: .t1, signalStrength: -80.5),
                Transmission(frame: Sample.n21, linkMode: .c1, format: .b),
            ]
        ),
    ]

    @Test(arguments: good)
    func parses(text: String, expected: [Transmission]) throws {
        #expect(try TelegramFile.parse(Array(text.utf8)) == expected)
    }

    static let bad: [(text: String, line: Int, TelegramLineFault)] = [
        ("# one\n2E4X", 2, .notHex(.notADigit(UInt8(ascii: "X"), at: 3))),
        ("2E4", 1, .notHex(.halfAnOctet)),
        (n21 + "\n" + n21 + "EC8A", 2, .wrongLength(lengthField: 0x2E, following: 48)),
        (String(n21.dropLast(2)), 1, .wrongLength(lengthField: 0x2E, following: 45)),
        ("0144", 1, .tooShort(2)),
        (
            "@rssi=loud " + n21, 1,
            .badOption("@rssi=loud", allowed: "a number of dBm from -200 to 0")
        ),
        ("@rssi=nan " + n21, 1, .badOption("@rssi=nan", allowed: "a number of dBm from -200 to 0")),
        ("@mode=N1 " + n21, 1, .badOption("@mode=N1", allowed: "S1, T1 or C1")),
        ("@format " + n21, 1, .badOption("@format", allowed: "A or B")),
        ("@colour=red " + n21, 1, .unknownOption("@colour=red")),
        (n21 + " @rssi=-70", 1, .optionBehindTelegram),
        ("\n@rssi=-70", 2, .optionsAlone),
        ("@mode=T1 @format=B " + n21, 1, .formatBOutsideC),
    ]

    @Test(arguments: bad)
    func refuses(text: String, line: Int, fault: TelegramLineFault) {
        #expect(throws: TelegramFileError.badLine(path: "t.txt", line: line, fault)) {
            try TelegramFile.parse(Array(text.utf8), name: "t.txt")
        }
    }

    @Test func readsAFile() throws {
        let directory = TemporaryDirectory()
        let path = directory.file("telegrams.txt")
        directory.write("# two\n\(Self.n21)\n\(Hex.text(Sample.second))\n", to: path)
        #expect(try TelegramFile.read(path).map(\.frame) == [Sample.n21, Sample.second])
        directory.write("# none\n", to: path)
        #expect(throws: TelegramFileError.empty(path: path)) { try TelegramFile.read(path) }
        let missing = directory.file("missing.txt")
        #expect(throws: TelegramFileError.unreadable(path: missing, errno: 2)) {
            try TelegramFile.read(missing)
        }
    }

    @Test func errorsSayWhatToDo() {
        #expect(
            TelegramFileError.badLine(
                path: "t.txt", line: 3, .wrongLength(lengthField: 46, following: 54)
            ).description
                == """
                t.txt, line 3: the first octet says that 46 follow, but 54 do. Take link-layer CRCs \
                and what the receiver added out; complete what is cut.
                """)
        #expect(
            TelegramFileError.unreadable(path: "t.txt", errno: 2).description
                == "t.txt cannot be read (No such file or directory). Check the path and who may read it."
        )
    }
}
