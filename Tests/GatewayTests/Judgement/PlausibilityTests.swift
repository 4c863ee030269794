import Testing
import Wire

@testable import Decoder
@testable import Gateway

@Suite struct PlausibilityTests {
    static let hour: Int64 = 3600

    /// `12.34` as it stands: mantissa 1234, exponent -2; `12e3` has exponent 3.
    static func value(_ text: String) -> ScaledInteger {
        let parts = text.split(separator: "e")
        let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let places = digits.count > 1 ? digits[1].count : 0
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return ScaledInteger(Int64(digits.joined()) ?? 0, exponent: exponent - places)
    }

    enum Expected: Equatable {
        case accept
        case hold(Finding.Kind)
        case news(Finding.Kind)

        init(_ verdict: Plausibility.Verdict) {
            switch verdict {
            case .accept: self = .accept
            case .hold(let findings): self = .hold(findings.first?.kind ?? .jumped)
            case .acceptNewLevel(let findings): self = .news(findings.first?.kind ?? .jumped)
            }
        }
    }

    /// Readings of one register, an hour apart.
    struct Case: CustomTestStringConvertible {
        var name: String
        var register = LifetimeRegister(quantity: .volume, unit: .cubicMetre)
        var type: UInt8 = 0x07
        var steps: [(String, Expected)]
        var testDescription: String { name }

        init(
            _ name: String, _ quantity: Quantity = .volume, _ unit: Unit = .cubicMetre,
            type: UInt8 = 0x07, steps: [(String, Expected)]
        ) {
            self.name = name
            register = LifetimeRegister(quantity: quantity, unit: unit)
            self.type = type
            self.steps = steps
        }
    }

    static let cases = [
        Case("the first value counts", steps: [("99999.999", .accept), ("99999.999", .accept)]),
        Case("a garden is watered", steps: [("10.000", .accept), ("12.500", .accept)]),
        Case(
            "one false value",
            steps: [
                ("10.0", .accept), ("5000.0", .hold(.jumped)), ("10.1", .accept), ("10.2", .accept),
            ]),
        Case(
            "one false value that is low",
            steps: [
                ("1000.0", .accept), ("1.0", .hold(.wentBack)), ("1000.1", .accept),
            ]),
        Case(
            "exchange",
            steps: [
                ("1000.0", .accept), ("0.1", .hold(.wentBack)), ("0.2", .hold(.wentBack)),
                ("0.3", .news(.newLevel)), ("0.4", .accept), ("1000.0", .hold(.jumped)),
            ]),
        Case(
            "exchange for a used meter that stands still",
            steps: [
                ("10", .accept), ("4000", .hold(.jumped)), ("4000", .hold(.jumped)),
                ("4000", .news(.newLevel)), ("4001", .accept),
            ]),
        Case(
            "false values that do not agree never get through",
            steps: [
                ("1000", .accept), ("7", .hold(.wentBack)), ("900000", .hold(.jumped)),
                ("3", .hold(.wentBack)), ("400000", .hold(.jumped)), ("1001", .accept),
            ]),
        Case(
            "a doubt is forgotten when a good value comes between",
            steps: [
                ("1000", .accept), ("1", .hold(.wentBack)), ("1", .hold(.wentBack)),
                ("1001", .accept), ("1", .hold(.wentBack)), ("1", .hold(.wentBack)),
                ("1", .news(.newLevel)),
            ]),
        Case(
            "water: 100 m³ an hour and one hour more",
            steps: [
                ("0", .accept), ("200", .accept), ("402", .hold(.jumped)),
            ]),
        Case(
            "gas: 1,000 m³ an hour", type: 0x03,
            steps: [
                ("0", .accept), ("2000", .accept), ("4002", .hold(.jumped)),
            ]),
        Case(
            "electricity: 1 MW", .energy, .wattHour, type: 0x02,
            steps: [
                ("0", .accept), ("2000000", .accept), ("4000002", .hold(.jumped)),
            ]),
        Case(
            "heat: 10 MW", .energy, .gigajoule, type: 0x04,
            steps: [
                ("0", .accept), ("72", .accept), ("146", .hold(.jumped)),
            ]),
        Case(
            "fewer places, cut and rounded, are no change",
            steps: [
                ("28504.27", .accept), ("28504", .accept), ("28504.28", .accept),
                ("28505", .accept), ("28504.29", .accept), ("2850e1", .accept),
                ("28504.28", .hold(.wentBack)), ("0e2", .hold(.wentBack)),
            ]),
        Case(
            "eight digits run over", .energy, .wattHour, type: 0x02,
            steps: [
                ("99999998", .accept), ("3", .news(.wrapped)), ("4", .accept),
            ]),
        Case(
            "24 bits run over", .energy, .wattHour, type: 0x02,
            steps: [
                ("16777210", .accept), ("5", .news(.wrapped)),
            ]),
        Case(
            "32 bits run over", .energy, .wattHour, type: 0x02,
            steps: [
                ("4294967290", .accept), ("5", .news(.wrapped)),
            ]),
        Case(
            "nearly full, but the step would be too large",
            steps: [
                ("99000000", .accept), ("900000", .hold(.wentBack)),
            ]),
        Case(
            "six nines may be an exchange as well",
            steps: [
                ("999.999", .accept), ("0.001", .hold(.wentBack)),
            ]),
        Case(
            "allocator at its due date", .hcaUnits, .none, type: 0x08,
            steps: [
                ("1234", .accept), ("2", .news(.reset)), ("5", .accept), ("3", .hold(.wentBack)),
            ]),
        Case(
            "allocator that falls halfway is in doubt", .hcaUnits, .none, type: 0x08,
            steps: [
                ("1234", .accept), ("700", .hold(.wentBack)),
            ]),
        Case("water has no due date", steps: [("1234", .accept), ("2", .hold(.wentBack))]),
        Case(
            "backflow: once confirmed, slow falls pass, fast ones do not",
            steps: [
                ("500.000", .accept), ("499.990", .hold(.wentBack)), ("499.991", .hold(.wentBack)),
                ("499.985", .news(.countsBothWays)), ("499.980", .accept),
                ("1.000", .hold(.wentBack)), ("499.990", .accept),
            ]),
        Case(
            "net energy below zero", .energy, .kilowattHour, type: 0x02,
            steps: [
                ("5", .accept), ("3", .hold(.wentBack)), ("1", .hold(.wentBack)),
                ("-2", .news(.countsBothWays)), ("-6", .accept), ("-5", .accept),
            ]),
        Case(
            "extreme values",
            steps: [
                ("-9223372036854775808", .accept), ("9223372036854775807e300", .hold(.jumped)),
                ("9223372036854775807e-300", .hold(.jumped)),
            ]),
    ]

    @Test(arguments: cases)
    func verdicts(_ c: Case) {
        var plausibility = Plausibility()
        for (index, (text, expected)) in c.steps.enumerated() {
            let reading = LifetimeRegister.Reading(register: c.register, value: Self.value(text))
            let verdict = plausibility.judge(
                [reading], deviceType: DeviceType(rawValue: c.type), at: Int64(index) * Self.hour)
            #expect(Expected(verdict) == expected, "step \(index): \(text)")
        }
    }

    static let water = LifetimeRegister(quantity: .volume, unit: .cubicMetre)

    static func reading(_ text: String, tariff: UInt32 = 0) -> LifetimeRegister.Reading {
        LifetimeRegister.Reading(
            register: LifetimeRegister(quantity: .volume, unit: .cubicMetre, tariff: tariff),
            value: value(text))
    }

    @Test(
        arguments: [
            // Two hours allow 200 m³ and 100 more; a year allows nearly everything.
            (2 * 3600, "300", true), (2 * 3600, "302", false), (365 * 86_400, "500000", true),
            // Clocks that go back or are nonsense allow one hour.
            (-1_000_000, "100", true), (Int64.min, "102", false), (Int64.max, "500000", true),
        ] as [(Int64, String, Bool)])
    func timeAllows(_ time: Int64, _ text: String, _ accepted: Bool) {
        var plausibility = Plausibility()
        _ = plausibility.judge([Self.reading("0")], deviceType: .water, at: 0)
        let verdict = plausibility.judge([Self.reading(text)], deviceType: .water, at: time)
        #expect((verdict == .accept) == accepted)
    }

    @Test func oneDoubtfulRegisterHoldsTheTelegram() {
        var plausibility = Plausibility()
        let day = [Self.reading("100", tariff: 1), Self.reading("50", tariff: 2)]
        #expect(plausibility.judge(day, deviceType: .water, at: 0) == .accept)
        let odd = [Self.reading("101", tariff: 1), Self.reading("5", tariff: 2)]
        let finding = Finding(
            register: odd[1].register, kind: .wentBack, from: Self.value("50"),
            to: Self.value("5"))
        #expect(plausibility.judge(odd, deviceType: .water, at: 1) == .hold([finding]))
        // Nothing of a held telegram counts: 100.5 is no fall.
        let next = [Self.reading("100.5", tariff: 1), Self.reading("51", tariff: 2)]
        #expect(plausibility.judge(next, deviceType: .water, at: 2) == .accept)
    }

    @Test func exchangeIsSeenThroughShortTelegrams() {
        var plausibility = Plausibility()
        let both = [Self.reading("100", tariff: 1), Self.reading("50", tariff: 2)]
        _ = plausibility.judge(both, deviceType: .water, at: 0)
        let new = [Self.reading("1", tariff: 1), Self.reading("2", tariff: 2)]
        for time in 1...2 as ClosedRange<Int64> {
            guard case .hold(let findings) = plausibility.judge(new, deviceType: .water, at: time)
            else {
                Issue.record("must be held")
                return
            }
            #expect(findings.count == 2)
            // A telegram with neither register says nothing about them.
            #expect(plausibility.judge([], deviceType: .water, at: time) == .accept)
        }
        guard
            case .acceptNewLevel(let findings) = plausibility.judge(
                new, deviceType: .water, at: 3)
        else {
            Issue.record("must be accepted")
            return
        }
        #expect(findings.allSatisfy { $0.kind == .newLevel } && findings.count == 2)
        #expect(plausibility.judge(new, deviceType: .water, at: 4) == .accept)
    }

    @Test func registersAreBounded() {
        var plausibility = Plausibility()
        for tariff in 0..<1000 as Range<UInt32> {
            let reading = Self.reading("100", tariff: tariff)
            #expect(plausibility.judge([reading], deviceType: .water, at: 0) == .accept)
        }
        #expect(plausibility.levels.count == Plausibility.limit)
    }

    // MARK: Which records are registers

    static func record(
        _ quantity: Quantity = .volume, unit: Unit = .cubicMetre,
        value: DataRecord.Value = .number(ScaledInteger(5)),
        function: FunctionField = .instantaneous, storage: UInt64 = 0, tariff: UInt32 = 0,
        subunit: UInt16 = 0, qualifiers: Qualifiers = [], vendor: Range<Int> = 0..<0,
        named name: VendorName? = nil
    ) -> DataRecord {
        DataRecord(
            quantity: quantity, unit: unit, value: value, function: function,
            storageNumber: storage, tariff: tariff, subunit: subunit, qualifiers: qualifiers,
            vendorCodes: OctetRange(vendor), name: name)
    }

    @Test func registersAmongRecords() {
        let records = [
            // What flowed in a month.
            Self.record(value: .number(ScaledInteger(7)), named: .volumeOfMonth),
            Self.record(), Self.record(tariff: 1), Self.record(subunit: 2),
            Self.record(qualifiers: .backward), Self.record(qualifiers: [.forward, .phaseL2]),
            Self.record(.hcaUnits, unit: .none),
            // The same once more; no number; stored; maximum; average; vendor; other quantities.
            Self.record(value: .number(ScaledInteger(6))),
            Self.record(value: .unknown(.invalidPattern), tariff: 9),
            Self.record(storage: 1), Self.record(function: .maximum),
            Self.record(qualifiers: .average), Self.record(qualifiers: [.lower, .limit]),
            Self.record(vendor: 3..<4),
            Self.record(.power, unit: .watt), Self.record(.flowTemperature, unit: .celsius),
        ]
        let readings = LifetimeRegister.readings(in: records)
        #expect(readings.allSatisfy { $0.value == ScaledInteger(5) })
        #expect(
            readings.map(\.register.description) == [
                "volume", "volume (tariff 1)", "volume (subunit 2)", "volume backward",
                "volume forward L2",
                "hca_units",
            ])
    }

    @Test func everyRegisterHasARateAndAUnit() {
        for quantity in LifetimeRegister.quantities {
            for type in 0...255 as ClosedRange<UInt8> {
                let rows = PhysicalRate.table.filter {
                    $0.quantity == quantity && $0.deviceTypes.contains(type)
                }
                #expect(rows.count <= 1)
            }
            #expect(
                PhysicalRate.table.contains { $0.quantity == quantity && $0.deviceTypes.isEmpty })
        }
        #expect(Set(PhysicalRate.units.map(\.unit)).count == PhysicalRate.units.count)
    }

    @Test(arguments: [
        (
            Finding.Kind.wentBack,
            "volume went from 50 m³ to 5 m³, but a meter does not count back. Held until the next"
                + " telegrams confirm it."
        ),
        (
            .newLevel,
            "volume went from 50 m³ to 5 m³, confirmed by 3 telegrams in a row. Accepted: if the"
                + " meter was not exchanged, compare the value with its display."
        ),
    ])
    func messages(_ kind: Finding.Kind, _ text: String) {
        let finding = Finding(
            register: Self.water, kind: kind, from: ScaledInteger(50), to: ScaledInteger(5))
        #expect(finding.description == text)
    }
}
