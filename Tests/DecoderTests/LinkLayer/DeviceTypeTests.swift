import Testing

@testable import Decoder

@Suite struct DeviceTypeTests {
    @Test(
        arguments: [
            (0x02, "Electricity", Medium.electricity, "1"),
            (0x03, "Gas", .gas, "7"),
            (0x04, "Heat", .heat, "6"),
            (0x06, "Water (hot)", .warmWater, "9"),
            (0x07, "Water (cold)", .coldWater, "8"),
            (0x08, "Heat Cost Allocator", .heatCost, "4"),
            (0x0A, "Cooling", .cooling, "5"),
            (0x0B, "Cooling", .cooling, "5"),
            (0x0C, "Heat", .heat, "6"),
            (0x0D, "Heat / Cooling Combined", .heatAndCooling, "6"),
            (0x15, "Water (hot)", .warmWater, "9"),
            (0x16, "Water (cold)", .coldWater, "8"),
            (0x1A, "unknown", .smoke, "F"),
            (0x1B, "unknown", .room, "F"),
            (0x20, "Breaker / Valve", nil, "F"),
            (0x21, "Breaker / Valve", nil, "F"),
            (0x28, "unknown", .wasteWater, "F"),
            (0x31, "unknown", nil, "E"),
            (0x37, "unknown", nil, "E"),
            (0x43, "unknown", nil, "F"),
        ] as [(UInt8, String, Medium?, Unicode.Scalar)])
    func meaning(code: UInt8, text: String, medium: Medium?, label: Unicode.Scalar) {
        let type = DeviceType(rawValue: code)
        #expect(type.mediumText == text)
        #expect(type.medium == medium)
        #expect(UInt32(type.labelCategory) == label.value)
    }

    @Test func names() {
        #expect(DeviceType.water.description == "water (07)")
        #expect(DeviceType(rawValue: 0x37).name == "radio converter, meter side")
        // A vendor's own: kept as a number.
        #expect(DeviceType(rawValue: 0x43).name == nil)
        #expect(DeviceType(rawValue: 0x43).description == "type 43")
    }

    /// Typed in from EN 13757-7:2018, table 3, apart from the table in the source; all other codes
    /// are kept as numbers.
    @Test func wholeTable() {
        let names: [UInt8: String] = [
            0x00: "other", 0x01: "oil", 0x02: "electricity", 0x03: "gas",
            0x04: "heat, volume at return", 0x05: "steam", 0x06: "warm water", 0x07: "water",
            0x08: "heat cost allocator", 0x09: "compressed air",
            0x0A: "cooling, volume at return", 0x0B: "cooling, volume at flow",
            0x0C: "heat, volume at flow", 0x0D: "heat and cooling",
            0x0E: "bus or system component", 0x0F: "unknown", 0x14: "calorific value",
            0x15: "hot water, 90 °C and more", 0x16: "cold water", 0x17: "hot and cold water",
            0x18: "pressure", 0x19: "analogue to digital converter", 0x1A: "smoke detector",
            0x1B: "room sensor", 0x1C: "gas detector", 0x20: "breaker", 0x21: "valve",
            0x25: "customer unit", 0x28: "waste water", 0x29: "garbage",
            0x31: "communication controller", 0x32: "unidirectional repeater",
            0x33: "bidirectional repeater", 0x36: "radio converter, system side",
            0x37: "radio converter, meter side", 0x38: "wired adapter, meter side", 0xFF: "any",
        ]
        for code in 0...UInt8.max {
            #expect(DeviceType(rawValue: code).name == names[code], "type \(code)")
        }
    }

    @Test func classes() {
        #expect(Medium.allCases.filter(\.isWater) == [.coldWater, .warmWater, .water, .wasteWater])
        #expect(Medium.allCases.filter(\.isThermal) == [.heat, .cooling, .heatAndCooling])
    }
}
