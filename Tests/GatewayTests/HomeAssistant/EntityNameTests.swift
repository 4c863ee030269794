import Decoder
import Testing

@testable import Gateway

/// What entities are called.
@Suite struct EntityNameTests {
    @Test(
        arguments: [
            ("volume", .volume, .coldWater, "Volume"),
            ("volume_storage3", .volume, .coldWater, "Volume storage 3"),
            ("volume_month_3", .volume, .coldWater, "Volume month 3"),
            ("volume_of_month_storage3", .volume, .coldWater, "Volume of month 3"),
            ("volume_history_storage2", .volume, .coldWater, "Volume history 2"),
            ("volume_base_storage3", .volume, .gas, "Volume at base conditions storage 3"),
            ("volume_input_a", .volume, .heat, "Volume input A"),
            ("volume_flow_peak_time", .dateTime, .coldWater, "Flow peak time"),
            ("volume_flow_max", .volumeFlow, .coldWater, "Flow maximum"),
            ("volume_backward", .volume, .coldWater, "Volume backward"),
            ("energy_backward", .energy, .electricity, "Energy fed in"),
            ("energy_exported_tariff2", .energy, .electricity, "Energy fed in tariff 2"),
            ("energy_imported", .energy, .electricity, "Energy drawn"),
            ("energy_exported", .energy, .heat, "Energy exported"),
            ("active_tariff", .manufacturerSpecific, .electricity, "Active tariff"),
            ("voltage_l1_l2", .voltage, .electricity, "Voltage L1-L2"),
            ("voltage_l1", .voltage, .electricity, "Voltage L1"),
            ("total_hca_units", .hcaUnits, .heatCost, "Total heat cost units"),
            ("server_id", .enhancedIdentification, .electricity, "Server ID"),
            ("flow_energy_e8", .manufacturerSpecific, .heat, "Flow energy E8"),
            ("external_temperature_1h_max", .externalTemperature, .room, "Temperature 1h maximum"),
            ("flow_temperature", .flowTemperature, .warmWater, "Water temperature"),
        ] as [(String, Quantity, Medium, String)])
    func names(_ key: String, _ quantity: Quantity, _ medium: Medium, _ name: String) {
        let record = KnownRecord(
            id: key, key: key, quantity: quantity, kind: .number, standing: .present)
        #expect(record.name(.of(quantity), medium) == name)
    }
}
