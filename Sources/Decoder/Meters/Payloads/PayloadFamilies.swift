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

        PayloadFamily("techem_mk_radio_3", .frame,
                      Techem.meters(versions: [0x74], types: [0x62, 0x72]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readRadio3),
        PayloadFamily("techem_mk_radio_3a", .frame,
                      Techem.meters(versions: [0x50], types: [0x72]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readRadio3a),
        PayloadFamily("techem_mk_radio_4", .frame,
                      Techem.meters(versions: [0x70, 0x95], types: [0x62, 0x72]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readRadio4),
        PayloadFamily("techem_compact_5", .frame,
                      Techem.meters(versions: [0x22, 0x39, 0x45], types: [0x04, 0x43, 0xC3]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readCompact5),
        PayloadFamily("techem_vario_451", .frame,
                      Techem.meters(versions: [0x27], types: [0x04, 0xC3]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readVario451),
        PayloadFamily("techem_fhkv_3", .frame,
                      Techem.meters(versions: [0x69, 0x94], types: [0x80]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readAllocator),
        PayloadFamily("techem_ts_2", .frame,
                      Techem.meters(versions: [0x76], types: [0xF0]),
                      ciFields: Techem.ciFields, address: Techem.address, read: Techem.readSmoke),

        PayloadFamily("apator_08", .frame,
                      [MeterPattern("APT", 0x03, 0x03), MeterPattern("APT", 0x0F, 0x0F)],
                      ciFields: 0xA0...0xA0,
                      address: ApatorCounter.address, read: ApatorCounter.readLitres),
        PayloadFamily("apator_172", .frame, [MeterPattern("APT", 0x04, 0x11)],
                      ciFields: 0xA0...0xA0,
                      address: ApatorCounter.address, read: ApatorCounter.readCubicMetres),
        PayloadFamily("apator_eitn", .frame, ["APA", "APT"].map { MeterPattern($0, 0x04, 0x08) },
                      ciFields: 0xA0...0xA1, read: ApatorAllocator.read),
        PayloadFamily("apator_eitn", .frame, ["APA", "APT"].map { MeterPattern($0, 0x04, 0x08) },
                      ciFields: 0xB6...0xB6, read: ApatorAllocator.read),
        PayloadFamily("apator_na1", .frame, [MeterPattern("APA", 0x14, 0x07)],
                      ciFields: 0xA0...0xA1, read: ApatorNA1.read),

        PayloadFamily("bmeters_rfm_tx1", .frame, [MeterPattern("BMT", 0x05, 0x07)],
                      ciFields: 0x7A...0x7A, securityModes: 16...16, read: BMetersRFM.read),
    ]

    // swift-format-ignore
    static let application: [PayloadFamily] = [
        PayloadFamily("apator_162", .application,
                      [MeterPattern("APA", 0x05, 0x06), MeterPattern("APA", 0x05, 0x07)],
                      ciFields: 0x7A...0x7A, read: Apator162.read),
        PayloadFamily("apator_unismart", .application, [MeterPattern("AMX", 0x01, 0x03)],
                      ciFields: 0x7A...0x7A, read: ApatorUniSmart.read),
        PayloadFamily("bfw_240", .application, [MeterPattern("BFW", 0x02, 0x08)],
                      ciFields: 0x7A...0x7A, read: BFWAllocator.read),
    ]

    // swift-format-ignore
    static let records: [PayloadFamily] = [
        PayloadFamily("bmeters_hydrodigit", .records,
                      [0x13, 0x15, 0x17].flatMap { version in
                          [0x06, 0x07].map { MeterPattern("BMT", version, $0) }
                      },
                      read: BMetersHydrodigit.read),
        PayloadFamily("ei_smoke_head", .records, [MeterPattern("EIE", 0x0C, 0x1A)],
                      read: EiSmokeHead.read),
        PayloadFamily("ime_nemo", .records, [MeterPattern("IME", 0x1D, 0x02)], read: IMENemo.read),
        PayloadFamily("zenner_0b", .records, [MeterPattern("ZRI", 0x0B, 0x16)],
                      read: Zenner0B.read),
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

    /// Rows of `records` by their manufacturers: telegrams of most makers have none to look through.
    private static let recordsByMaker = Dictionary(
        grouping: records.flatMap { family in
            Set(family.meters.map { $0.manufacturer.rawValue }).map { (maker: $0, family: family) }
        }
    ) { $0.maker }.mapValues { rows in rows.map { $0.family } }

    /// The family of `records` that fits a telegram best.
    static func findRecords(for meter: MeterAddress, _ header: TransportHeader) -> PayloadFamily? {
        recordsByMaker[meter.manufacturer.global.rawValue].flatMap {
            find(in: $0, for: meter, header)
        }
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
