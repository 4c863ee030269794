/// What is known of ZENNER's devices: which DevEUIs are whose, and how late their messages may be.
///
/// They are written as a user's own file would be. How the devices name their values is not public:
/// a value that a device sends under one of these names has its class and unit in Home Assistant,
/// and a name that it never sends is never shown.
enum ZennerDefinitions {
    static func read() -> [DatahubDefinition] {
        texts.compactMap { DatahubDefinitionReader.read(Array($0.text.utf8), id: $0.id).0 }
    }

    static let texts: [(id: String, text: String)] = [
        (
            "zenner/gas",
            """
            manufacturer: ZENNER
            model: Gas meter
            aliases: [!DevEUI ^00956906]
            data_fields:
              - { name: volume, friendly_name: Volume, device_class: gas, state_class: total,
                  unit_of_measurement: m³ }
              - { name: temperature, friendly_name: Temperature, device_class: temperature,
                  state_class: measurement, unit_of_measurement: °C }
              - { name: battery_low, friendly_name: Battery, platform: binary_sensor,
                  device_class: battery }
              - { name: tamper, friendly_name: Tamper, platform: binary_sensor,
                  device_class: tamper }
            """
        ),
        (
            "zenner/co2",
            """
            manufacturer: ZENNER
            model: CO₂ sensor
            aliases: [!DevEUI ^04B648F33]
            data_fields:
              - { name: co2, friendly_name: CO₂, device_class: carbon_dioxide,
                  state_class: measurement, unit_of_measurement: ppm }
              - { name: temperature, friendly_name: Temperature, device_class: temperature,
                  state_class: measurement, unit_of_measurement: °C }
              - { name: humidity, friendly_name: Humidity, device_class: humidity,
                  state_class: measurement, unit_of_measurement: "%" }
              - { name: battery_low, friendly_name: Battery, platform: binary_sensor,
                  device_class: battery }
            """
        ),
        (
            "zenner/heat_cost_allocator",
            """
            manufacturer: ZENNER
            model: Heat cost allocator
            aliases: [!DevEUI ^04B648FD]
            timings: { max_eventtime: 24 h, max_devtime: 24 h }
            data_fields:
              - { name: hca_units, friendly_name: Heat cost units, state_class: total_increasing,
                  e2m_extra_keys: { icon: "mdi:radiator" } }
              - { name: radiator_temperature, friendly_name: Radiator temperature,
                  device_class: temperature, state_class: measurement, unit_of_measurement: °C }
              - { name: room_temperature, friendly_name: Room temperature,
                  device_class: temperature, state_class: measurement, unit_of_measurement: °C }
              - { name: battery_low, friendly_name: Battery, platform: binary_sensor,
                  device_class: battery }
              - { name: tamper, friendly_name: Tamper, platform: binary_sensor,
                  device_class: tamper }
            """
        ),
        (
            "zenner/smoke_detector",
            """
            manufacturer: ZENNER
            model: Smoke detector
            aliases: [!DevEUI ^04B6480B]
            timings: { max_eventtime: 24 h, max_devtime: 24 h }
            data_fields:
              - { name: smoke, friendly_name: Smoke, platform: binary_sensor, device_class: smoke }
              - { name: alarm, friendly_name: Alarm, platform: binary_sensor, device_class: smoke }
              - { name: test_alarm, friendly_name: Test, platform: binary_sensor }
              - { name: battery_low, friendly_name: Battery, platform: binary_sensor,
                  device_class: battery }
              - { name: fault, friendly_name: Fault, platform: binary_sensor,
                  device_class: problem }
              - { name: soiled, friendly_name: Soiled, platform: binary_sensor,
                  device_class: problem }
              - { name: obstructed, friendly_name: Obstructed, platform: binary_sensor,
                  device_class: problem }
              - { name: removed, friendly_name: Removed, platform: binary_sensor,
                  device_class: tamper }
            """
        ),
    ]
}
