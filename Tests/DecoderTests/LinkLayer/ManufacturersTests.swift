import Testing

@testable import Decoder

@Suite struct ManufacturersTests {
    @Test(arguments: [
        ("AAA", "Aventies"),
        ("NAG", "Networked Energy Services"),
        ("ELS", "Elster"),
        ("KAM", "Kamstrup"),
        ("AMX", "APATOR METRIX"),
        ("AMT", "INTEGRA METERING"),
        ("APA", "Apator"),
        ("APT", "Apator"),
        ("BFW", "BFW Buero fuer Waermemesstechnik OHG"),
        ("BMT", "BMETERS"),
        ("DME", "DIEHL Metering"),
        ("DWZ", "Lorenz"),
        ("EBZ", "eBZ"),
        ("EFE", "Engelmann Sensor"),
        ("EIE", "Ei Electronics"),
        ("ELV", "Elvaco"),
        ("EMU", "EMU Elektronik"),
        ("ESY", "EasyMeter"),
        ("EWT", "Diehl Metering"),
        ("GWF", "Gas u Wassermesserfabrik"),
        ("HAG", "Hager Electro"),
        ("HYD", "Diehl Metering"),
        ("ITW", "ITRON Water"),
        ("INV", "Sensus Metering Systems"),
        ("IST", "Ista"),
        ("ITR", "Itron"),
        ("LAS", "Lansen Systems"),
        ("LSE", "Landis Staefa electronic"),
        ("LUG", "Landis Gyr"),
        ("MAD", "Maddalena"),
        ("QDS", "Qundis"),
        ("REL", "Relay"),
        ("SAP", "Diehl Metering"),
        ("SEN", "Sensus Metering Systems"),
        ("SON", "Sontex"),
        ("TCH", "Techem"),
        ("WEP", "Weptech elektronik"),
        ("WTT", "Watertech"),
        ("ZRI", "ZENNER International"),
    ])
    func companies(letters: String, expected: String) throws {
        let company = try #require(ManufacturerCode(letters: letters)?.company)
        #expect(company.hasPrefix(expected))
    }

    @Test func unknownCodes() {
        #expect(ManufacturerCode(letters: "QQQ")?.company == nil)
        #expect(ManufacturerCode(rawValue: 0).company == nil)
        #expect(ManufacturerCode(rawValue: 0x7FFF).company == nil)
        #expect(ManufacturerCode(rawValue: 0).description == "0000")
    }

    /// The bit that marks a local address is no part of the code.
    @Test func localAddress() {
        #expect(ManufacturerCode(rawValue: 0x8421).company == "Aventies")
    }

    /// Every one of the 17576 codes is searched without a trap, and most of the list is found.
    @Test func allCodes() {
        let found = (0...UInt16(0x7FFF)).filter { ManufacturerCode(rawValue: $0).company != nil }
        #expect(found.count == 1591)
    }
}
