import Simulator
import Wire

/// A mixed stream as a receiver in a town hears it: many makes and models, with and without
/// encryption, 30 to 250 octets, half of the telegrams with their link-layer CRCs.
///
/// Every meter has an invented number and a key of its own.
struct MixedTelegrams {
    struct Sample {
        /// From the L-field on.
        var octets: [UInt8]
        var key: [UInt8]?
        var kind: Kind
    }

    enum Kind: String, CaseIterable {
        case plain
        case mode5 = "mode 5"
        case mode7 = "mode 7"
        case extendedLinkLayer = "extended link layer"
    }

    /// How many meters take turns.
    let meters: Int

    /// The `index`-th telegram of the stream.
    func sample(_ index: Int) throws(TelegramBuildError) -> Sample {
        let meter = index % meters
        var random = SplitMix64(seed: UInt64(meter))
        let key = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        let model = Model.all[meter % Model.all.count]
        let telegram = model.telegram(
            number: Self.number(of: meter), turn: index / meters, key: key, &random)
        let frame = try telegram.frame()
        return Sample(
            octets: meter.isMultiple(of: 2) ? LinkLayerFrames.formatA(frame) : frame,
            key: model.kind == .plain ? nil : key, kind: model.kind)
    }

    /// Eight decimal digits, one in each half octet.
    private static func number(of meter: Int) -> UInt32 {
        var rest = 10_000_000 + meter
        var number: UInt32 = 0
        for place in 0..<8 {
            number |= UInt32(rest % 10) << UInt32(4 * place)
            rest /= 10
        }
        return number
    }
}

/// One model of meter: what it sends, and how it protects it.
private struct Model {
    var kind: MixedTelegrams.Kind
    var build: @Sendable (inout TelegramBuilder, _ access: UInt8, _ key: [UInt8], Values) -> Void
    var manufacturer: String
    var version: UInt8
    var deviceType: UInt8

    init(
        _ kind: MixedTelegrams.Kind, _ manufacturer: String, _ version: UInt8, _ deviceType: UInt8,
        _ build: @escaping @Sendable (inout TelegramBuilder, UInt8, [UInt8], Values) -> Void
    ) {
        self.kind = kind
        self.manufacturer = manufacturer
        self.version = version
        self.deviceType = deviceType
        self.build = build
    }

    func telegram(
        number: UInt32, turn: Int, key: [UInt8], _ random: inout SplitMix64
    ) -> TelegramBuilder {
        var telegram = TelegramBuilder(
            TelegramBuilder.Address(
                manufacturer, number, version: version, deviceType: deviceType))
        let values = Values(
            register: Int.random(in: 1000...9_999_999, using: &random) + turn,
            small: Int16.random(in: 50...900, using: &random), turn: turn)
        build(&telegram, UInt8(truncatingIfNeeded: turn), key, values)
        return telegram
    }

    struct Values {
        /// A meter's count.
        var register: Int
        /// A temperature or a flow.
        var small: Int16
        var turn: Int
    }

    static let all: [Model] = [
        // Water, in clear: 30 octets.
        Model(.plain, "XWA", 0x10, 0x07) { telegram, access, _, values in
            telegram.transport = .short(accessNumber: access)
            telegram.records = [
                .volume(litres: values.register), .errorFlags(0), .volumeFlow(litresPerHour: 0),
            ]
        },
        // Electricity.
        Model(.mode5, "XEL", 0x11, 0x02) { telegram, access, key, values in
            telegram.transport = .short(accessNumber: access)
            telegram.security = .mode5(key: key)
            telegram.records = [
                .dateTime(year: 2026, month: 3, day: 14, hour: 12, minute: values.turn % 60),
                .energy(wattHours: Int32(values.register)),
                .exportedEnergy(wattHours: Int32(values.register / 3)),
                .power(watts: Int32(values.small)),
                .voltage(tenthsOfVolts: 2300), .errorFlags(0),
            ]
        },
        // Heat, behind a radio module.
        Model(.mode5, "XHE", 0x12, 0x04) { telegram, access, key, values in
            telegram.transport = .long(
                meter: TelegramBuilder.Address(
                    "XHM", telegram.address.identification, version: 0x22, deviceType: 0x04),
                accessNumber: access)
            telegram.security = .mode5(key: key)
            telegram.records = [
                .energy(kilowattHours: values.register),
                .energyAtDueDate(kilowattHours: values.register / 2),
                .dueDate(year: 2026, month: 1, day: 1),
                .volume(litres: values.register), .volumeFlow(litresPerHour: values.small),
                .power(watts: 2150), .flowTemperature(tenthsOfDegrees: values.small),
                .returnTemperature(tenthsOfDegrees: values.small / 2),
                .dateTime(year: 2026, month: 3, day: 14, hour: 12, minute: values.turn % 60),
                .errorFlags(0),
            ]
        },
        // Water of today.
        Model(.mode7, "XWB", 0x13, 0x07) { telegram, access, key, values in
            telegram.transport = .short(accessNumber: access)
            telegram.security = .mode7(key: key, messageCounter: UInt32(values.turn + 1))
            telegram.records = [
                .volume(litres: values.register), .volumeAtDueDate(litres: values.register / 2),
                .dueDate(year: 2026, month: 1, day: 1),
                .dateTime(year: 2026, month: 3, day: 14, hour: 12, minute: values.turn % 60),
                .flowTemperature(tenthsOfDegrees: values.small), .errorFlags(0),
            ]
        },
        // Gas, heard over a short extended link layer.
        Model(.extendedLinkLayer, "XGA", 0x14, 0x03) { telegram, access, key, values in
            telegram.extendedLinkLayer = .one(communicationControl: 0x20, accessNumber: access)
            telegram.transport = .short(accessNumber: access)
            telegram.security = .mode5(key: key)
            telegram.records = [
                .volume(hundredthsOfCubicMetres: values.register),
                .dateTime(year: 2026, month: 3, day: 14, hour: 12, minute: values.turn % 60),
            ]
        },
        // Warm water, enciphered by the extended link layer.
        Model(.extendedLinkLayer, "XWC", 0x15, 0x06) { telegram, access, key, values in
            telegram.extendedLinkLayer = .two(
                communicationControl: 0x20, accessNumber: access,
                sessionNumber: 1 << 29 | UInt32(values.turn & 0xFFFF) << 4, key: key)
            telegram.records = [
                .volume(litres: values.register), .volumeAtDueDate(litres: values.register / 2),
                .externalTemperature(tenthsOfDegrees: values.small),
                .flowTemperature(tenthsOfDegrees: values.small / 2),
            ]
        },
        // A heat cost allocator with the values of its last months: 200 octets.
        Model(.mode5, "XHC", 0x16, 0x08) { telegram, access, key, values in
            telegram.transport = .short(accessNumber: access)
            telegram.security = .mode5(key: key)
            telegram.records =
                [
                    .heatCostUnits(values.register % 10_000),
                    .heatCostUnitsAtDueDate(values.register % 5000),
                    .dueDate(year: 2026, month: 1, day: 1),
                    .flowTemperature(tenthsOfDegrees: values.small),
                ] + (1...24).map { .month($0, units: UInt16(values.register % 400)) }
        },
        // A room sensor, in clear and without a transport header.
        Model(.plain, "XRO", 0x17, 0x1B) { telegram, _, _, values in
            telegram.records = [
                .externalTemperature(tenthsOfDegrees: values.small),
                .relativeHumidity(tenthsOfPercent: values.small / 2 + 300),
                .pressure(millibars: 1013),
            ]
        },
    ]
}

extension TelegramRecord {
    /// Heat cost units at the end of a month long past: DIF and DIFE with a storage number.
    fileprivate static func month(_ number: Int, units: UInt16) -> TelegramRecord {
        let storage = UInt8(number + 1)
        return TelegramRecord([
            0x82 | (storage & 1) << 6, storage >> 1, 0x6E,
            UInt8(truncatingIfNeeded: units), UInt8(units >> 8),
        ])
    }
}
