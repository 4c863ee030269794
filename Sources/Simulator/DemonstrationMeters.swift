import Wire

// The meters of the demonstration. Their manufacturer, DMQ, does not exist.

extension DemonstrationTelegrams {
    /// The example of OMS Specification Vol. 2 Annex N, always the same.
    static let annexN = DemonstrationMeter(
        name: "gas_annex_n",
        address: .init("ELS", 0x1234_5678, version: 0x33, deviceType: 0x03),
        key: (1...0x0F).map { $0 } + [0x11], linkMode: .t1, format: .a, signalStrength: -71
    ) { _, telegram in
        telegram.transport = .short(accessNumber: 0x2A)
        telegram.security = .mode5(key: (1...0x0F).map { $0 } + [0x11])
        telegram.configurationFlags = 0x2000
        telegram.records = [
            .volume(hundredthsOfCubicMetres: 2_850_427),
            .dateTime(year: 2008, month: 5, day: 31, hour: 23, minute: 50),
            .errorFlags(0),
        ]
    }

    static let waterMeters = [
        meter("water_kitchen", 0x1000_0001, type: 0x07, signalStrength: -64.5) { step, telegram in
            telegram.records = [
                .volume(litres: 184_302 + step * 3),
                .volumeAtDueDate(litres: 151_870),
                .dueDate(year: 2025, month: 12, day: 31),
                .volumeFlow(litresPerHour: Int16(wave(step, of: 12, height: 240))),
            ]
        },
        meter(
            "warm_water_bath", 0x1000_0002, type: 0x06, security: .mode7, linkMode: .c1,
            format: .b, signalStrength: -78
        ) { step, telegram in
            telegram.records = [
                .volume(litres: 61_480 + step * 2),
                .flowTemperature(tenthsOfDegrees: Int16(480 + wave(step, of: 30, height: 70))),
            ]
        },
        // As water meters with an encrypted extended link layer send: no header above it.
        meter(
            "water_garden", 0x1000_0003, type: 0x16, security: .extendedLinkLayer, linkMode: .c1,
            format: .b, signalStrength: -88.5
        ) { step, telegram in
            telegram.records = [
                .volume(litres: 9_250 + step * 7),
                .externalTemperature(tenthsOfDegrees: Int16(wave(step, of: 96, height: 240) - 40)),
            ]
        },
    ]

    static let heatMeters = [
        meter("heat_house", 0x2000_0001, type: 0x04, signalStrength: -69) { step, telegram in
            telegram.records = [
                .energy(kilowattHours: 41_207 + step / 4),
                .volume(litres: 1_930_400 + step * 55),
                .power(watts: Int32(2_000 + wave(step, of: 40, height: 6_000))),
                .volumeFlow(litresPerHour: Int16(150 + wave(step, of: 40, height: 400))),
                .flowTemperature(tenthsOfDegrees: Int16(520 + wave(step, of: 40, height: 130))),
                .returnTemperature(tenthsOfDegrees: Int16(330 + wave(step, of: 40, height: 60))),
                .energyAtDueDate(kilowattHours: 38_112),
                .dueDate(year: 2025, month: 12, day: 31),
            ]
        },
        // A meter with a radio module of its own number in front.
        meter(
            "heat_flat", 0x2000_0002, type: 0x0C, header: .behindRadioModule, signalStrength: -82
        ) { step, telegram in
            telegram.records = [
                .energy(kilowattHours: 8_413 + step / 9),
                .flowTemperature(tenthsOfDegrees: Int16(410 + wave(step, of: 24, height: 90))),
                .returnTemperature(tenthsOfDegrees: Int16(300 + wave(step, of: 24, height: 40))),
            ]
        },
        meter(
            "heat_cost_living_room", 0x2000_0003, type: 0x08, signalStrength: -75
        ) { step, telegram in
            telegram.records = [
                .heatCostUnits(1_204 + step / 6),
                .heatCostUnitsAtDueDate(3_377),
                .dueDate(year: 2025, month: 12, day: 31),
            ]
        },
        meter(
            "heat_cost_bedroom", 0x2000_0004, type: 0x08, security: .none, signalStrength: -91
        ) { step, telegram in
            telegram.records = [.heatCostUnits(317 + step / 15), .heatCostUnitsAtDueDate(905)]
        },
    ]

    static let gasAndElectricityMeters = [
        meter(
            "gas_cellar", 0x3000_0001, type: 0x03, security: .mode7, signalStrength: -83.5
        ) { step, telegram in
            telegram.records = [
                .volume(hundredthsOfCubicMetres: 734_150 + step * 4),
                .dateTime(
                    year: 2026, month: 1, day: 1 + step / 96 % 28, hour: step / 4 % 24,
                    minute: step % 4 * 15),
            ]
        },
        meter(
            "electricity_house", 0x3000_0002, type: 0x02, security: .mode7, linkMode: .c1,
            signalStrength: -58
        ) { step, telegram in
            telegram.records = [
                .energy(wattHours: Int32(18_402_311 + step * 47)),
                .exportedEnergy(wattHours: Int32(5_210_904 + step * 21)),
                .power(watts: Int32(wave(step, of: 60, height: 4_200) - 1_400)),
                .voltage(tenthsOfVolts: Int16(2_290 + wave(step, of: 7, height: 35))),
            ]
        },
    ]

    static let sensors = [
        meter("room_living_room", 0x4000_0001, type: 0x1B, signalStrength: -55) { step, telegram in
            telegram.records = [
                .externalTemperature(tenthsOfDegrees: Int16(195 + wave(step, of: 48, height: 32))),
                .relativeHumidity(tenthsOfPercent: Int16(410 + wave(step, of: 36, height: 150))),
            ]
        },
        meter("smoke_hall", 0x4000_0002, type: 0x1A, signalStrength: -62) { _, telegram in
            telegram.records = [.errorFlags(0)]
        },
        meter(
            "pressure_main", 0x4000_0003, type: 0x18, security: .none, signalStrength: -67
        ) { step, telegram in
            telegram.records = [
                .pressure(millibars: Int16(3_900 + wave(step, of: 20, height: 400)))
            ]
        },
    ]

    private enum Protection { case none, mode5, mode7, extendedLinkLayer }
    private enum Header { case own, behindRadioModule }

    private static func meter(
        _ name: String, _ identification: UInt32, type: UInt8, header: Header = .own,
        security: Protection = .mode5, linkMode: LinkMode = .t1, format: FrameFormat = .a,
        signalStrength: Double,
        records: @escaping @Sendable (_ step: Int, _ telegram: inout TelegramBuilder) -> Void
    ) -> DemonstrationMeter {
        // An invented key, another for each meter: its number four times.
        let key = (0..<4).flatMap { _ in identification.bigEndian.littleEndianOctets }
        return DemonstrationMeter(
            name: name,
            address: .init("DMQ", identification, version: 0x01, deviceType: type),
            key: security == .none ? nil : key, linkMode: linkMode, format: format,
            signalStrength: signalStrength
        ) { step, telegram in
            let accessNumber = UInt8(truncatingIfNeeded: step)
            switch header {
            case .own: telegram.transport = .short(accessNumber: accessNumber)
            case .behindRadioModule:
                telegram.transport = .long(meter: telegram.address, accessNumber: accessNumber)
                telegram.address = .init("DMQ", 0x9000_0001, version: 0x01, deviceType: 0x37)
                telegram.extendedLinkLayer = .one(
                    communicationControl: 0x00, accessNumber: accessNumber)
            }
            switch security {
            case .none: break
            case .mode5: telegram.security = .mode5(key: key)
            case .mode7:
                telegram.security = .mode7(key: key, messageCounter: UInt32(1_000 + step))
                telegram.extendedLinkLayer = .one(
                    communicationControl: 0x20, accessNumber: accessNumber)
            case .extendedLinkLayer:
                telegram.transport = .none()
                // Encryption 1, the minutes counter above the four bits of the session.
                telegram.extendedLinkLayer = .two(
                    communicationControl: 0x20, accessNumber: accessNumber,
                    sessionNumber: 0x2000_0000 | UInt32(40_000 + step) << 4, key: key)
            }
            records(step, &telegram)
        }
    }

    /// Up from 0 to `height` and down again within `period` steps.
    private static func wave(_ step: Int, of period: Int, height: Int) -> Int {
        let place = step % period
        return min(place, period - place) * 2 * height / period
    }
}
