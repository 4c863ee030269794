import Testing
import Wire

@testable import Decoder

/// A telegram printed in a standard or built by hand from one, and what must come out of it.
struct PublishedTelegram: Sendable, CustomTestStringConvertible {
    var name: String
    /// From the L-field on, without CRCs.
    var hex: String
    var key: String?
    var meter: String
    var sender: String?
    var protection: Telegram.Protection
    /// The application's octets in clear.
    var plain: String
    var content = Telegram.Content.records
    var authenticated = false
    var messageCounter: UInt32?

    var testDescription: String { name }

    static let gas = "2F2F0C1427048502046D32371F1502FD1700002F2F2F2F2F2F2F2F2F2F2F2F2F"
    static let allocator = "2F2F0B6E341200426CFE044B6E5634020CFD1078563412"

    static let all = [
        PublishedTelegram(
            name: "OMS annex N: gas meter, mode 5, short header",
            hex: "2E449315785634123303 7A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA"
                + "6DEFC99D6D69EBF3",
            key: "0102030405060708090A0B0C0D0E0F11",
            meter: "03ELS3312345678", protection: .mode(.mode5), plain: gas),
        PublishedTelegram(
            name: "OMS annex N: gas meter, mode 7, short header",
            hex: "434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A750020071090584"
                + "75F4BC91DF878B80A1B0F98B629024AAC727942BFC549233C0140829B93",
            key: "000102030405060708090A0B0C0D0E0F",
            meter: "03ELS3312345678", protection: .mode(.mode7), plain: gas,
            authenticated: true, messageCounter: 2739),
        PublishedTelegram(
            name: "OMS annex N: gas meter behind a radio adapter, mode 7, long header",
            hex: "530824484433221103378E80753A63665544330A31900F002C25B30A0000AF5D74DF73A600D972"
                + "785634129315330375002007109058475F4BC91DF878B80A1B0F98B629024AAC727942BFC549"
                + "233C0140829B93",
            key: "000102030405060708090A0B0C0D0E0F",
            meter: "03ELS3312345678", sender: "37RAD0311223344", protection: .mode(.mode7),
            plain: gas, authenticated: true, messageCounter: 2739),
        PublishedTelegram(
            name: "OMS annex N: allocator behind a radio adapter, mode 5, partly enciphered",
            hex: "2D4493444433221155377288776655934455080004100500DFE2A782146D1513581CD2F83F3904"
                + "0CFD1078563412",
            key: "000102030405060708090A0B0C0D0E0F",
            meter: "08QDS5555667788", sender: "37QDS5511223344", protection: .mode(.mode5),
            plain: allocator),
        PublishedTelegram(
            name: "OMS annex N: the same with an extended link layer",
            hex: "304493444433221155378C00757288776655934455080004100500DFE2A782146D1513581CD2F8"
                + "3F39040CFD1078563412",
            key: "000102030405060708090A0B0C0D0E0F",
            meter: "08QDS5555667788", sender: "37QDS5511223344", protection: .mode(.mode5),
            plain: allocator),
        PublishedTelegram(
            name: "OMS annex N: allocator's ACC-NR, no application",
            hex: "194793444433221155378C20758B8877665593445508FF040000", key: nil,
            meter: "08QDS5555667788", sender: "37QDS5511223344", protection: .none, plain: "",
            content: .statusOnly),
        PublishedTelegram(
            name: "water meter, mode 10",
            hex: "4544372C060382533C168C20307A3010FF2A10018C570E006DA7632471F42B0A3CECCD46135357"
                + "3ED02B87118BC5FFE982F7F00A0274543BC51938F8B9C8BB8928114D60788A",
            key: "BF902DD6DFADAFE83E4AE6832B5FA14C",
            meter: "16KAW3C53820306", protection: .mode(.mode10),
            plain: "046D1C2A2F3C04150000000002FF25010406FF1BFFFFFFFFFFFF446D0020213C4415000000"
                + "00",
            authenticated: true, messageCounter: 939_916),
        PublishedTelegram(
            name: "water meter, extended link layer enciphered",
            hex: "2A442D2C648231571B168D204ED3164A22CC91D4630E2A534B4C11AE67E65B790C0D1C972335A0"
                + "75BC2DBD",
            key: "5C19E0A47B2D8836F10493BE6AD7520F",
            meter: "16KAM1B57318264", protection: .extendedLinkLayer,
            plain: "02FF200201041341E20100441376D00100615B09616711"),
        PublishedTelegram(
            name: "invented water meter, mode 2, enciphered with OpenSSL's command",
            hex: "1E44AE0C7856341201077A2A0010023A03F4E2AB693F3340EEB01A6CA91253",
            key: "A1B2C3D4E5F60718",
            meter: "07CEN0112345678", protection: .mode(.mode2),
            plain: "2F2F0413393000002F2F2F2F2F2F2F2F"),
    ]

    static func octets(_ hex: String) -> [UInt8] { (try? Hex.octets(hex)) ?? [] }

    var frame: RadioFrame { RadioFrame(octets: Self.octets(hex), format: .crcsRemoved) }
    var meterKey: MeterKey? { key.flatMap { MeterKey(hex: $0) } }
}

/// Frame to telegram in one go, as the gateway does it.
func openedTelegram(
    _ frame: RadioFrame, key: MeterKey?, leniency: TelegramDecoder.Leniency = [],
    with decoder: TelegramDecoder = TelegramDecoder(), now: UInt64 = 0
) throws -> Telegram {
    let frame = try LinkLayerFrame(parsing: frame)
    let headers = try TelegramHeaders(parsing: frame)
    return try decoder.open(frame, headers: headers, key: key, leniency: leniency, now: now)
}
