import Decoder
import Testing
import Wire

@testable import Gateway

/// The drawing of a telegram, whole and to the letter.
@Suite struct ExplanationTests {
    private static func explanation(_ hex: String, _ key: String? = nil) -> Explanation {
        OfflineDecoder().explanation(
            ofHex: Array(hex.utf8).span, key: key.flatMap { MeterKey(hex: $0) }
        ).explanation
    }

    private static func drawing(_ hex: String, _ key: String? = nil) -> String {
        ExplanationText.draw(explanation(hex, key), colour: false)
    }

    private static let gas =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69"
        + "EBF3"
    private static let gasKey = "0102030405060708090A0B0C0D0E0F11"

    /// What docs/decoding.md shows is what comes out.
    @Test func mode5IsThatOfTheDocument() throws {
        let shown = try #require(
            Readme.text("docs/decoding.md").split(separator: "```")
                .first { $0.hasPrefix("text\nLink layer") })
        #expect(shown == "text\n" + Self.drawing(Self.gas, Self.gasKey) + "\n")
    }

    @Test func mode7() {
        let drawing = Self.drawing(
            "434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A75002007109058475F4BC91DF8"
                + "78B80A1B0F98B629024AAC727942BFC549233C0140829B93",
            "000102030405060708090A0B0C0D0E0F")
        #expect(drawing == Self.mode7)
    }

    @Test func compactFrameInAnExtendedLinkLayer() {
        let drawing = Self.drawing(
            "28442D2C7856341233028D207760772920CB5E3D5EF7BAEC24E0CDF4A4265428763B5766BC366FDED8",
            "0102030405060708090A0B0C0D0E0F10")
        #expect(drawing == Self.compact)
    }

    @Test func recordsThatEndTooEarly() {
        #expect(Self.drawing("1244AE0C78563412010778041365870C000C13") == Self.broken)
    }

    @Test(
        arguments: [
            (gas, nil, "Stopped at octet 15: The telegram is encrypted (security mode 5)"),
            (gas, "00000000000000000000000000000000", "Stopped at octet 15: The key does not open"),
            (String(gas.dropLast(2)), gasKey, "Stopped at octet 10: The telegram is cut off"),
            ("2E44", gasKey, "Stopped at octet 0: The telegram is cut off"),
            ("no hex", gasKey, "The telegram is not hex text"),
        ] as [(String, String?, String)])
    func saysWhereAndWhyItStopped(hex: String, key: String?, expected: String) throws {
        let last = try #require(Self.drawing(hex, key).split(separator: "\n").last)
        #expect(last.hasPrefix(expected))
    }

    /// CRCs of a frame, and the frame of a cable around a telegram, stand apart.
    @Test(arguments: [
        ("1444AE0C7856341201078C2027780B134365877AC5", ["7AC5"]),
        (
            "2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF0EA"
                + "6DEFC955B29D6D69EBF3EC8A5F", ["3363C2AD55B2EC8A", "5F"]
        ),
        (
            "6820206808FD7278563412931533032A0000000C1427048502046D32371F1502FD1700008916",
            ["6820206808FD", "8916"]
        ),
    ])
    func asides(hex: String, expected: [String]) {
        let layer = Self.explanation(hex, Self.gasKey).layers.first
        #expect(layer?.asides.map { Hex.text($0.octets) } == expected)
    }

    @Test func coloursOnlyWhereWanted() {
        let explanation = Self.explanation(Self.gas)
        #expect(ExplanationText.draw(explanation, colour: true).contains("\u{1B}[31m"))
        #expect(!ExplanationText.draw(explanation, colour: false).contains("\u{1B}"))
    }

    @Test func json() throws {
        var json = JSONWriter()
        ExplanationJSON.append(Self.explanation(Self.gas), to: &json)
        let value = try JSONValue(parsing: json.span)
        #expect(value["stop"]?["offset"] == .number("15"))
        let layers = try #require(value["layers"]?.elements)
        #expect(
            layers.map { $0["layer"]?.string } == [
                "Link layer (CRCs removed before)", "Transport layer",
            ])
        let items = try #require(layers.last?["items"]?.elements)
        #expect(items.first?["octets"]?.string == "7A")
        #expect(items.last?["not_read"]?.string == String(Self.gas.dropFirst(30)))
    }

    private static let mode7 = """
        Link layer (CRCs removed before)
            0 43                       L-field               67 octets follow
            1 44                       C-field               SND_NR
            2 93 15                    M-field               ELS, Elster
            4 78 56 34 12              Identification number 12345678
            8 33                       Version               33 (hex)
            9 03                       Device type           gas (03)

        Extended link layer
           10 8C                       CI-field              8C, extended link layer I
           11 20                       Communication control synchronous
           12 75                       Access number         117

        Authentication and fragmentation layer
           13 90                       CI-field              90, authentication and fragmentation layer
           14 0F                       AFLL                  15 octets follow
           15 00 2C                    Fragmentation control not fragmented
           17 25                       Message control       authentication type 5 (AES-CMAC, 8 octets)
           18 B3 0A 00 00              Message counter       2739
           22 21 92 4D 4F 2F B6 6E 01  Authentication code   8 octets

        Transport layer
           30 7A                       CI-field              7A, response, full frame, short header
           31 75                       Access number         117
           32 00                       Status                OK
           33 20 07                    Configuration field   security mode 7 (AES-128-CBC), 2 blocks of 16 octets
                                                             enciphered
           35 10                       Field extension (CFE) key derived by KDF-A, key number 0
              deciphered, security mode 7 (AES-128-CBC)
              90 58 47 5F 4B C9 1D F8  as received
              78 B8 0A 1B 0F 98 B6 29
              02 4A AC 72 79 42 BF C5
              49 23 3C 01 40 82 9B 93
              2F 2F 0C 14 27 04 85 02  became
              04 6D 32 37 1F 15 02 FD
              17 00 00 2F 2F 2F 2F 2F
              2F 2F 2F 2F 2F 2F 2F 2F
              authentication code is right, payload begins with 2F 2F, first record can be read

        Application layer, records
           36 2F 2F                    Filler                no content
           38 0C                       DIF                   8 BCD digits
           39 14                       VIF                   volume, 10^-2 m³
           40 27 04 85 02              Data                  28504.27 m³
           44 04                       DIF                   integer of 32 bits
           45 6D                       VIF                   date time
           46 32 37 1F 15              Data                  2008-05-31T23:50
           50 02                       DIF                   integer of 16 bits
           51 FD 17                    VIF                   error flags
           53 00 00                    Data                  bits 0000
           55 2F 2F 2F 2F 2F 2F 2F 2F  Filler                no content
           63 2F 2F 2F 2F 2F
        """

    private static let compact = """
        Link layer (CRCs removed before)
            0 28                       L-field               40 octets follow
            1 44                       C-field               SND_NR
            2 2D 2C                    M-field               KAM, Kamstrup Energi
            4 78 56 34 12              Identification number 12345678
            8 33                       Version               33 (hex)
            9 02                       Device type           electricity (02)

        Extended link layer
           10 8D                       CI-field              8D, extended link layer II
           11 20                       Communication control synchronous
           12 77                       Access number         119
           13 60 77 29 20              Session number        AES-128-CTR, minute 169846, session 0
              deciphered, AES-128-CTR
              CB 5E 3D 5E F7 BA EC 24  as received
              E0 CD F4 A4 26 54 28 76
              3B 57 66 BC 36 6F DE D8
              70 39 79 74 22 F5 8D 0B  became
              0B 00 00 5A 0F 00 00 00
              00 00 00 00 00 00 00 00
           17 70 39                    Payload CRC           CRC over all that follows, low octet first

        Transport layer
           19 79                       CI-field              79, response, compact frame
              CRC over the payload is right

        Application layer, compact frame
           20 74 22                    Format signature      CRC over the DIFs and VIFs that are left out
           22 F5 8D                    Full frame's CRC      to check it by
              the full frame, DIFs and VIFs put in by the learned layout, its CRC right
              0B 0B 00 00 5A 0F 00 00  as received
              00 00 00 00 00 00 00 00
              00
              04 05 0B 0B 00 00 04 FB  became
              82 75 5A 0F 00 00 04 85
              3C 00 00 00 00 04 FB 82
              F5 3C 00 00 00 00 01 FD
              17 00

        Application layer, records
           20 04                       DIF                   integer of 32 bits
           21 05                       VIF                   energy, 10^2 Wh
           22 0B 0B 00 00              Data                  282700 Wh
           26 04                       DIF                   integer of 32 bits
           27 FB 82                    VIF                   reactive energy, kvarh
           29 75                       VIFE                  × 10^-1
           30 5A 0F 00 00              Data                  393.0 kvarh
           34 04                       DIF                   integer of 32 bits
           35 85                       VIF                   energy, 10^2 Wh
           36 3C                       VIFE                  backward
           37 00 00 00 00              Data                  0 Wh
           41 04                       DIF                   integer of 32 bits
           42 FB 82                    VIF                   reactive energy, kvarh
           44 F5                       VIFE                  × 10^-1
           45 3C                       VIFE                  backward
           46 00 00 00 00              Data                  0.0 kvarh
           50 01                       DIF                   integer of 8 bits
           51 FD 17                    VIF                   error flags
           53 00                       Data                  bits 00
        """

    private static let broken = """
        Link layer (CRCs removed before)
            0 12                       L-field               18 octets follow
            1 44                       C-field               SND_NR
            2 AE 0C                    M-field               CEN
            4 78 56 34 12              Identification number 12345678
            8 01                       Version               01 (hex)
            9 07                       Device type           water (07)

        Transport layer
           10 78                       CI-field              78, response, full frame

        Application layer, records
           11 04                       DIF                   integer of 32 bits
           12 13                       VIF                   volume, 10^-3 m³
           13 65 87 0C 00              Data                  821.093 m³
           17 0C                       DIF                   8 BCD digits
           18 13                       VIF                   volume, 10^-3 m³

        The records end early: a record is cut off, at octet 17. What stands before it is good.
        """
}
