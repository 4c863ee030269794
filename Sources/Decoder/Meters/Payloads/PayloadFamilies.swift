/// All payloads that follow no standard. A new one is its file and its row here.
///
/// Ordinary telegrams pay nothing for the first and the third list: those are looked into only for
/// the manufacturers' own CI-fields and security modes, and where a record is the manufacturer's.
public enum PayloadFamilies {
    // swift-format-ignore
    static let frame: [PayloadFamily] = [
        PayloadFamily("diehl_prios", .frame, Diehl.versionFirst, ciFields: 0xA0...0xA7,
                      address: Diehl.versionFirstAddress, read: Diehl.readPRIOS),
        PayloadFamily("diehl_prios", .frame, [MeterPattern("SAP")], ciFields: 0xA0...0xA7,
                      address: Diehl.sappelAddress, read: Diehl.readSappelPRIOS),
        PayloadFamily("diehl_prios_scr", .frame, Diehl.versionFirst, ciFields: 0xB1...0xB3,
                      address: Diehl.versionFirstAddress, read: Diehl.readNothing),
        PayloadFamily("diehl_real_data", .frame, Diehl.versionFirst, ciFields: 0x71...0x71,
                      address: Diehl.versionFirstAddress, read: Diehl.readRealData),
        PayloadFamily("diehl_real_data", .frame, Diehl.versionFirst, ciFields: 0x7A...0x7A,
                      securityModes: 16...31,
                      address: Diehl.versionFirstAddress, read: Diehl.readRealData),
    ]

    // swift-format-ignore
    static let application: [PayloadFamily] = [
    ]

    // swift-format-ignore
    static let records: [PayloadFamily] = [
        PayloadFamily("gwf_status", .records, GWFStatus.meters, read: GWFStatus.read),
        PayloadFamily("hydroclima", .records, Hydroclima.meters, read: Hydroclima.read),
        PayloadFamily("ime", .records, IME.meters, read: IME.read),
        PayloadFamily("kamstrup_water", .records, KamstrupWater.meters, read: KamstrupWater.read),
        PayloadFamily("qundis_walk_by", .records, QundisWalkBy.meters, read: QundisWalkBy.read),
    ]

    public static var all: [PayloadFamily] { frame + application + records }
}

extension PayloadFamilies {
    /// The family of `list` that fits a telegram best: the one that asks for most.
    static func find(
        in list: [PayloadFamily], for meter: MeterAddress, _ header: TransportHeader
    ) -> PayloadFamily? {
        var found: PayloadFamily?
        var best = 0
        for family in list {
            let weight = family.weight(for: meter, header)
            if weight > best { (found, best) = (family, weight) }
        }
        return found
    }

    /// Manufacturers with rows in `application`, sorted: the one question that ordinary telegrams
    /// are asked.
    private static let withApplication = Set(
        application.flatMap { $0.meters.map { $0.manufacturer.rawValue } }
    ).sorted()

    static func hasApplication(_ manufacturer: ManufacturerCode) -> Bool {
        let code = manufacturer.global.rawValue
        for other in withApplication where other >= code { return other == code }
        return false
    }
}

extension TelegramHeaders {
    /// Finds whether a manufacturer's own layout begins here, and puts the meter's address right,
    /// which such a layout may have in another order.
    mutating func findPayloadFamily() {
        guard let header = transport, header.mayBeVendorFrame,
            control.rawValue == 0x44 || control.rawValue == 0x46,
            let family = PayloadFamilies.find(in: PayloadFamilies.frame, for: meter, header)
        else { return }
        payloadFamily = family
        // What is scrambled, the family knows; there may be no key to ask for.
        encryption = nil
        guard let address = family.address else { return }
        let isOwn = sender == meter
        meter = address(meter)
        if isOwn { sender = meter }
    }
}

extension TransportHeader {
    /// CI A0 to B7 and 71, and the security modes that the standard leaves to the manufacturers.
    fileprivate var mayBeVendorFrame: Bool {
        switch ciField.rawValue {
        case 0xA0...0xB7, 0x71: true
        default: securityMode.rawValue >= 16
        }
    }
}
