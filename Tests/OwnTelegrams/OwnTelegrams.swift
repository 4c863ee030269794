/// Telegrams of all layers, printed in standards or built with invented numbers and keys: what the
/// fuzzer starts from, and what must come out the same on another processor.
public struct OwnTelegram: Sendable {
    public var name: String
    /// From the L-field on, in hex.
    public var hex: String
    /// 16 or 8 octets in hex; empty: none.
    public var key: String

    init(_ name: String, _ hex: String, key: String = "") {
        self.name = name
        self.hex = hex
        self.key = key
    }
}

extension OwnTelegram {
    /// In this order: a format frame stands before the compact frame that needs it, and the parts
    /// of a message stand in theirs.
    public static let all = [
        OwnTelegram(
            "gas meter, mode 5",
            "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D"
                + "6D69EBF3",
            key: "0102030405060708090A0B0C0D0E0F11"),
        OwnTelegram(
            "the same in frame format A",
            "2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF0EA"
                + "6DEFC955B29D6D69EBF3EC8A",
            key: "0102030405060708090A0B0C0D0E0F11"),
        OwnTelegram(
            "gas meter, mode 7",
            "434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A75002007109058475F4BC91D"
                + "F878B80A1B0F98B629024AAC727942BFC549233C0140829B93",
            key: "000102030405060708090A0B0C0D0E0F"),
        OwnTelegram(
            "gas meter behind a radio adapter, mode 7",
            "530824484433221103378E80753A63665544330A31900F002C25B30A0000AF5D74DF73A600D97278563412"
                + "9315330375002007109058475F4BC91DF878B80A1B0F98B629024AAC727942BFC549233C0140829B93",
            key: "000102030405060708090A0B0C0D0E0F"),
        OwnTelegram(
            "allocator behind a radio adapter, mode 5, partly enciphered",
            "2D4493444433221155377288776655934455080004100500DFE2A782146D1513581CD2F83F39040CFD1078"
                + "563412",
            key: "000102030405060708090A0B0C0D0E0F"),
        OwnTelegram(
            "the same with an extended link layer",
            "304493444433221155378C00757288776655934455080004100500DFE2A782146D1513581CD2F83F39040C"
                + "FD1078563412",
            key: "000102030405060708090A0B0C0D0E0F"),
        OwnTelegram(
            "allocator, no application", "194793444433221155378C20758B8877665593445508FF040000"),
        OwnTelegram(
            "in frame format B", "1444AE0C7856341201078C2027780B134365877AC5"),
        OwnTelegram(
            "water meter, mode 10",
            "4544372C060382533C168C20307A3010FF2A10018C570E006DA7632471F42B0A3CECCD461353573ED02B87"
                + "118BC5FFE982F7F00A0274543BC51938F8B9C8BB8928114D60788A",
            key: "BF902DD6DFADAFE83E4AE6832B5FA14C"),
        OwnTelegram(
            "water meter, extended link layer enciphered",
            "2A442D2C648231571B168D204ED3164A22CC91D4630E2A534B4C11AE67E65B790C0D1C972335A075BC2DBD",
            key: "5C19E0A47B2D8836F10493BE6AD7520F"),
        OwnTelegram(
            "electricity meter, extended link layer enciphered, compact frame",
            "28442D2C7856341233028D207760772920CB5E3D5EF7BAEC24E0CDF4A4265428763B5766BC366FDED8",
            key: "0102030405060708090A0B0C0D0E0F10"),
        OwnTelegram(
            "water meter, mode 2",
            "1E44AE0C7856341201077A2A0010023A03F4E2AB693F3340EEB01A6CA91253",
            key: "A1B2C3D4E5F60718"),
        OwnTelegram(
            "wired meter, long frame",
            "681B1B68080172785634122423400B5500000004131FD204000C78224466885A16"),
        OwnTelegram(
            "format frame", "1344AE0C7856341201076908313B02020215022A"),
        OwnTelegram(
            "compact frame with the layout of the format frame",
            "1444AE0C78563412010779313B42A6D2042E163423"),
        OwnTelegram(
            "all forms of data",
            "3B44AE0C785634120107780C1327048502D1505A2302FD971D04000DFD0C024241426CFE0404A9FF01E8"
                + "0300008410FB82750100000005133333F341"),
        OwnTelegram("application error", "0C44AE0C785634120107700100"),
        OwnTelegram("alarm", "0E44AE0C78563412010774AA000000"),
        OwnTelegram("the manufacturer's own layout", "0E44AE0C785634120107A201020304"),
        OwnTelegram("records that end too early", "1244AE0C78563412010778041365870C000C13"),
        OwnTelegram(
            "Techem MK Radio 3a",
            "36446850615040305072A20C00AF32D20400001E14001F1500201600211700221800231900241A00251B00"
                + "261C00271D00281E00291F00"),
        OwnTelegram(
            "Techem FHKV data III",
            "20446850685040309480A00F9F313A00F01907001185FFC3070000000000000000"),
        OwnTelegram(
            "Apator NA-1",
            "1C440106745040301407A02A01E429B7B8FD31013C3CC428D8AAFDF46F"),
        OwnTelegram(
            "Apator AT-WMBUS-16-2",
            "3C4401067350403005077A2A0000002F2F0F010203040506074411223310A05B00007201204E0000204E00"
                + "00204E0000A011223344FFFFFFFFFFFF1234"),
        OwnTelegram(
            "Apator E.ITN 30",
            "1D441406765040300408B602FFFFA0870000010000000200443240128014"),
        OwnTelegram(
            "BMeters Hydrodigit",
            "4544B4098250403013077A2A0000000C1378560400046D0A2A10350F1507230100002C01002D01002E0100"
                + "2F0100300100310100320100330100340100350100360100370100"),
        OwnTelegram(
            "BMeters RFM-TX1",
            "2944B4098350403005077A3C00061011152040CA23000000000000005914101605240000000000000000"),
        OwnTelegram(
            "BFW 240 radio",
            "3644D7088650403002087A2A0000002F2F521F026302FE1C3600000000000000000000000C2D0065DE014D"
                + "8611D66222B0BE22F3160524"),
        OwnTelegram(
            "Ei6500",
            "42442515975040300C1A7A2A40000002FD17000082206C1035426C30358440FF2C1E0C31008250FD610200"
                + "82506C21358260FD6101008360FD310500008270FD610700"),
    ]
}
