import Decoder
import Receivers
import Testing
import Wire

@testable import Gateway

/// docs/troubleshooting.md is searched for the words that the program says, so it has them.
@Suite struct TroubleshootingDocumentTests {
    private static let port = "/dev/ttyUSB0"

    /// Words of the document, and a message that has them.
    static let messages: [(words: String, message: String)] = [
        (
            "No permission for /dev/ttyUSB0",
            "\(StickError.notPermitted(port: port, group: "dialout", mode: "660"))"
        ),
        ("/dev/ttyUSB0 is in use by another program", "\(StickError.busy(port: port))"),
        ("/dev/ttyUSB0 does not exist", "\(StickError.absent(port: port))"),
        ("No known radio stick is plugged in", "\(StickError.notFound(nil))"),
        ("was unplugged", "\(StickError.unplugged(port: port))"),
        (
            "Expected AMB8465 on /dev/ttyUSB0 but found iM871A",
            "\(StickError.wrongStick(expected: .amb8465, found: .im871a, port: port))"
        ),
        (
            "No iM871A answered on /dev/ttyUSB0",
            "\(StickError.noAnswer(.im871a, port: port, attempts: 3))"
        ),
        (
            "No known radio stick answered on /dev/ttyUSB0",
            "\(StickError.noneAnswered(ports: [port]))"
        ),
        (
            "cannot hear T1 and C1 at once",
            "\(StickError.firmwareTooOld(.im871a, firmware: "13", needed: "14", modes: [.t1, .c1]))"
        ),
        (
            "it cannot hear meters at 868 MHz",
            "\(StickError.wrongBand(.im871a, port: port, found: "an iM170A"))"
        ),
        (
            "cannot hear C1. Flash one with mode C",
            "\(StickError.firmwareWithoutC(.cul, port: port, firmware: "1.67"))"
        ),
        (
            "has no wireless M-Bus",
            "\(StickError.firmwareWithoutWirelessMBus(.cul, port: port, firmware: "1.67"))"
        ),
        ("does not answer any more", "\(StickError.stoppedAnswering(.im871a, port: port))"),
        (
            "damaged messages in a row",
            "\(StickError.onlyDamaged(.amb8465, port: port, count: 20))"
        ),
        (
            "cannot hear C1 besides T1",
            "\(StickNotice.hearsOnlyT1(.im871a, firmware: "13"))"
        ),
        ("firmware cuts telegrams", "\(StickNotice.cutsTelegrams(.cul, longest: 127))"),
        (
            "sends telegrams without a check sum",
            "\(StickNotice.outputWithoutChecksum(.amb8465))"
        ),
        ("answers at", "\(StickNotice.unusualBaudRate(.amb8465, rate: 115_200, usual: 9600))"),
        (
            "No permission to reset the stick",
            "\(USBError.notPermitted(node: "/dev/bus/usb/001/004"))"
        ),
        ("The telegram is damaged: the CRC of block", "\(LinkLayerError.badCRC(block: 2))"),
        ("The telegram is cut off", "\(LinkLayerError.truncated(expected: 47, found: 40))"),
        ("The key does not open the telegram", "\(TelegramError.wrongKey(.mode5))"),
        ("is encrypted (security mode 5) and there is no key", "\(TelegramError.noKey(.mode5))"),
        ("The key has the wrong length", "\(TelegramError.wrongKeyLength(.mode5, wanted: 16))"),
        ("authentication code is wrong", "\(TelegramError.macMismatch)"),
        (
            "is of a kind that is not read",
            "\(TelegramError.unsupportedCI(CIField(rawValue: 0xA0)))"
        ),
        ("which cannot be opened", "\(TelegramError.unsupportedSecurityMode(.mode13))"),
        (
            "fits the ids of",
            Announcements.text(ambiguous: ["Bath", "Kitchen"], [MeterSpellingTests.meter])
        ),
    ]

    @Test(arguments: messages)
    func hasWhatTheProgramSays(words: String, message: String) throws {
        #expect(message.contains(words))
        #expect(try Readme.text("docs/troubleshooting.md").contains(words))
    }

    /// Everything that `explain` may name as what became of a telegram.
    static let codes =
        [
            LinkLayerError.truncated(expected: 1, found: 0), .badCRC(block: 1),
            .lengthTooSmall(0), .wiredChecksum(expected: 0, found: 1), .wiredStop(0),
        ].map(\.code)
        + [
            TelegramError.notAReading(.sendNoReply, nil), .unsupportedCI(CIField(rawValue: 0)),
            .unsupportedSecurityMode(.mode13),
            .unsupportedExtendedLinkLayer(CIField(rawValue: 0)), .unsupportedNetworkLayer,
            .noKey(nil), .wrongKey(nil), .wrongKeyLength(nil, wanted: 16), .macMismatch,
            .unsupportedAuthentication(0), .payloadCRC, .cipherNotAvailable,
            .unencryptedThoughKeySet, .clearThoughEncryptionAnnounced, .fragmentPending,
            .fragmentsDoNotFit, .compactFormatUnknown(signature: 0), .compactFrameCRC,
        ].map(\.code)
        + ["reading", "held", "replayed", "ambiguous_meter"]

    @Test(arguments: codes)
    func explainsEachWord(code: String) throws {
        #expect(try Readme.text("docs/troubleshooting.md").contains("`\(code)`"))
    }
}
