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

    @Test func classes() {
        #expect(Medium.allCases.filter(\.isWater) == [.coldWater, .warmWater, .water, .wasteWater])
        #expect(Medium.allCases.filter(\.isThermal) == [.heat, .cooling, .heatAndCooling])
    }
}
