import Decoder
import Testing
import Wire

@testable import Gateway

/// From records to entities.
@Suite struct DiscoveryTests {
    struct Case: CustomTestStringConvertible {
        var meter: SampleMeter
        /// `key | name | device class | unit | state class | decimals | marks`; a name of `-` is
        /// null; marks: E enabled, D diagnostic.
        var entities: [String]

        init(_ meter: SampleMeter, _ entities: [String]) {
            self.meter = meter
            self.entities = entities
        }

        var testDescription: String { meter.name }
    }

    static let statusEntities = [
        "problem | Problem | problem | | | | ED", "battery_low | Battery | battery | | | | ED",
        "status | Status | enum | | | | D",
    ]
    static let commonEntities = [
        "rssi | Signal strength | signal_strength | dBm | measurement | | D",
        "last_seen | Last seen | timestamp | | | | D",
    ]

    static let cases = [
        Case(
            SampleMeter(
                "Water", type: 0x07,
                "0C13 02431800 4C13 70181500 426C 3F3C 023B 7800 8C2013 00000000 04933C 05000000"),
            [
                "volume | - | water | m³ | total | 3 | E",
                "volume_storage1 | Volume storage 1 | water | m³ | | 3 |",
                "date_storage1 | Date storage 1 | | | | | D",
                "volume_flow | Flow | volume_flow_rate | m³/h | measurement | 3 | E",
                "volume_tariff2 | Volume tariff 2 | water | m³ | total | 3 |",
                "volume_backward | Volume backward | water | m³ | total | 3 |",
            ]),
        Case(
            SampleMeter("Gas", type: 0x03, "0C14 27048502 046D 32371F15 02FD17 0000"),
            [
                "volume | - | gas | m³ | total | 2 | E",
                "date_time | Meter's clock | | | | | D",
                "error_flags | Error flags | | | | | D",
                "error_flags_problem | Error | problem | | | | ED",
            ]),
        Case(
            SampleMeter(
                "Heat", type: 0x04,
                "0C06 07120400 0C13 65359301 042B 540B0000 025A 1B02 025E 5301 0261 C800"
                    + " 4C06 12810300 142B 50C30000 0422 10000000"),
            [
                "energy | - | energy | kWh | total | 0 | E",
                "volume | Volume | volume | m³ | total | 3 | E",
                "power | Power | power | W | measurement | 0 | E",
                "flow_temperature | Flow temperature | temperature | °C | measurement | 1 | E",
                "return_temperature | Return temperature | temperature | °C | measurement | 1 | E",
                "temperature_difference | Temperature difference | | K | measurement | 2 | E",
                "energy_storage1 | Energy storage 1 | energy | kWh | | 0 |",
                "power_max | Power maximum | power | W | | 0 |",
                "on_time | On time | duration | s | total_increasing | 0 | D",
            ]),
        Case(
            SampleMeter("Joule", type: 0x0C, "040F 07000000 0430 01000000"),
            [
                "energy | - | energy | MJ | total | 0 | E",
                // 1 J/h: no unit of power that Home Assistant has.
                "power | Power | | MJ/h | measurement | 6 | E",
            ]),
        Case(
            SampleMeter(
                "Electricity", type: 0x02,
                "0403 94CC1801 04833C 57834F00 042B 2CFCFFFF 02FD48 1009 02FDC8FC01 1009"
                    + " 04FB02 01000000 841003 11000000"),
            [
                "energy | - | energy | kWh | total | 3 | E",
                "energy_backward | Energy fed in | energy | kWh | total | 3 | E",
                "power | Power | power | W | measurement | 0 | E",
                "voltage | Voltage | voltage | V | measurement | 1 | E",
                "voltage_l1 | Voltage L1 | voltage | V | measurement | 1 |",
                "reactive_energy | Reactive energy | | kvarh | total | 0 |",
                "energy_tariff1 | Energy tariff 1 | energy | kWh | total | 3 |",
            ]),
        Case(
            SampleMeter("Radiator", type: 0x08, "0C6E 04120000 4C6E 77330000 02FD74 E80B"),
            [
                "hca_units | - | | | total_increasing | 0 | E",
                "hca_units_storage1 | Heat cost units storage 1 | | | | 0 |",
                "remaining_battery_life | Remaining battery life | duration | d | measurement | 0 | D",
            ]),
        Case(
            SampleMeter("Room", type: 0x1B, "0266 D600 02FB1A D601 0268 3C0F"),
            [
                "external_temperature | Temperature | temperature | °C | measurement | 1 | E",
                "relative_humidity | Humidity | humidity | % | measurement | 1 | E",
                "pressure | Pressure | pressure | bar | measurement | 3 | E",
            ]),
        Case(
            SampleMeter("Warm water", type: 0x06, "0C13 02431800 025A 1B02 0265 D600"),
            [
                "volume | - | water | m³ | total | 3 | E",
                "flow_temperature | Water temperature | temperature | °C | measurement | 1 | E",
                "external_temperature | External temperature | temperature | °C | measurement | 2 | E",
            ]),
        // Nobody knows what is counted, yet it is all there is to see.
        Case(
            SampleMeter(
                "Pulses", type: 0x00, "0EFD3A 214365870900 8E40FD3A 070000000000 02FD08 0500"),
            [
                "dimensionless | Dimensionless | | | | 0 | E",
                "dimensionless_subunit1 | Dimensionless subunit 1 | | | | 0 |",
                "access_number | Access number | | | | 0 | D",
            ]),
        Case(
            SampleMeter("Air", type: 0x1B, "0266 D600 02 7C 03 4D5050 9001"),
            [
                "external_temperature | Temperature | temperature | °C | measurement | 1 | E",
                "plain_text_unit | Plain text unit | | PPM | | 0 | E",
            ]),
        // Without a header there is no status; a real's places are those of its value; octets of
        // the maker's make no entity.
        Case(
            SampleMeter(
                "Real", type: 0x07, "0513 00004841 02FF20 0102 0FAABBCC", status: nil),
            ["volume | - | water | m³ | total | 4 | E"]),
        // Invalid or not set: there is nothing to show yet.
        Case(SampleMeter("Nothing", type: 0x07, "0413 FFFFFFFF 426C FFFF"), []),
    ]

    @Test(arguments: cases)
    func entities(_ c: Case) throws {
        let device = try Discovery.device(try c.meter.reading(), name: c.meter.name)
        let expected =
            c.entities + (c.meter.status == nil ? [] : Self.statusEntities) + Self.commonEntities
        #expect(device.entities.map(Self.text) == expected)
    }

    private static func text(_ entity: Entity) -> String {
        let marks = (entity.isEnabled ? "E" : "") + (entity.isDiagnostic ? "D" : "")
        let fields = [
            entity.key, entity.name ?? "-", entity.deviceClass?.rawValue ?? "", entity.unit ?? "",
            entity.stateClass?.rawValue ?? "", entity.decimals.map { String($0) } ?? "",
        ]
        return (fields.map { $0.isEmpty ? "|" : $0 + " |" }.joined(separator: " ") + " " + marks)
            .trimmedEnd
    }

    @Test(arguments: cases, PublishedUnits.allCases)
    func payloadsAreValid(_ c: Case, _ units: PublishedUnits) throws {
        let faults = try Discovery.faults(try c.meter.reading(), name: "My meter", units: units)
        #expect(faults == [])
    }

    @Test func theDeviceIsNamedInWords() throws {
        let meter = SampleMeter("Water kitchen", type: 0x07, "0C13 02431800")
        let message = try #require(
            Discovery.device(try meter.reading(), name: meter.name).messages(.devices).first)
        #expect(message.topic == "homeassistant/device/oms2mqtt_07ELS3312345678/config")
        #expect(message.retain)
        let json = try JSONValue(parsing: message.payload.span)
        let device = json["device"]
        #expect(device?["name"]?.string == "Water kitchen")
        #expect(device?["manufacturer"]?.string == "Elster")
        #expect(device?["model"]?.string == "Water meter")
        #expect(device?["serial_number"]?.string == "12345678")
        #expect(device?["via_device"]?.string == "oms2mqtt_gateway_energy2mqtt")
        #expect(json["state_topic"]?.string == "energy2mqtt/ha/oms2mqtt_07ELS3312345678")
        #expect(
            json["availability"]?.elements?.compactMap { $0["topic"]?.string } == [
                "energy2mqtt/status", "energy2mqtt/mgt/OMS/Water kitchen/availability",
            ])
        let volume = json["components"]?["volume"]
        #expect(volume?["unique_id"]?.string == "oms2mqtt_07ELS3312345678_volume")
        #expect(volume?["name"] == .null)
        #expect(volume?["value_template"]?.string == "{{ value_json.volume | default('') }}")
        #expect(volume?["expire_after"]?.integer == 86_400)
    }

    @Test func anEntitysMessageHasTheSameInItself() throws {
        let reading = try SampleMeter("Water", type: 0x07, "0C13 02431800").reading()
        let device = try Discovery.device(reading, name: "Water")
        let messages = device.messages(.entities)
        #expect(messages.count == device.entities.count)
        #expect(
            messages.first?.topic
                == "homeassistant/sensor/oms2mqtt_07ELS3312345678_volume/config")
        let problem = "homeassistant/binary_sensor/oms2mqtt_07ELS3312345678_problem/config"
        #expect(messages.contains { $0.topic == problem })
    }

    /// When the meter is silent, the time it was last heard is worth reading.
    @Test(arguments: DiscoveryForm.allCases)
    func lastSeenDependsOnTheGatewayAlone(_ form: DiscoveryForm) throws {
        let reading = try SampleMeter("Water", type: 0x07, "0C13 02431800").reading()
        let messages = try Discovery.device(reading, name: "Water").messages(form)
        let jsons = try messages.map { try JSONValue(parsing: $0.payload.span) }
        let lastSeen = try #require(
            jsons.compactMap { $0["components"]?["last_seen"] }.first
                ?? jsons.first { $0["unique_id"]?.string?.hasSuffix("_last_seen") == true })
        #expect(lastSeen["expire_after"] == nil)
        #expect(
            lastSeen["availability"]?.elements?.compactMap { $0["topic"]?.string }
                == ["energy2mqtt/status"])
    }

    @Test(arguments: [("446D 32371F15", true), ("446D 32371F15 0C13 02431800", false)])
    func oneEntityAtLeastIsEnabled(_ records: String, _ isLastSeen: Bool) throws {
        let reading = try SampleMeter("Water", type: 0x07, records, status: nil).reading()
        let entities = try Discovery.device(reading, name: "Water").entities
        #expect(entities.contains { $0.isEnabled })
        #expect(entities.first { $0.key == "last_seen" }?.isEnabled == isLastSeen)
    }

    /// What flowed since the due date begins anew each year: only the total is a counter.
    @Test func partsOfACounterAreNone() throws {
        let telegram = "1344685078563412 7462A2 06 9F31 7B00 000B 2D00".filter { $0 != " " }
        let reading = try OfflineDecoder().reading(of: Hex.octets(telegram), key: nil)
        let entities = try Discovery.device(reading, name: "Flat 3").entities
        func entity(_ key: String) -> Entity? { entities.first { $0.key == key } }
        #expect(entity("volume")?.stateClass == .total)
        #expect(entity("volume")?.deviceClass == .water)
        #expect(entity("volume_since_due_date")?.unit == "m³")
        #expect(entity("volume_since_due_date")?.stateClass == nil)
    }

    @Test func noNumberOfRecordsGrowsWithoutBound() throws {
        var meter: KnownMeter?
        for tariff in 0..<20 {
            // Each telegram has other tariffs and storage numbers: 4 bits of each in a DIFE.
            let records = (0..<16).map {
                "8C\(Hex.text([UInt8((tariff & 3) << 4 | $0)]))13 02431800"
                    + " 0CFF\(Hex.text([UInt8(tariff * 4)])) 02431800"
            }
            let reading = try SampleMeter(
                "W", type: 7,
                records.joined(separator: " ") + " CC\(Hex.text([UInt8(tariff)]))13 00000000"
            ).reading()
            meter =
                meter
                ?? KnownMeter(address: reading.telegram.meter, sender: reading.telegram.sender)
            meter?.learn(reading, hasSignalStrength: true, units: .decided)
        }
        let known = try #require(meter)
        #expect(known.records.count <= KnownMeter.mostRecords)
        #expect(known.records.count { $0.standing == .other } <= KnownMeter.mostOtherRecords)
    }

    @Test(arguments: [
        ("cellar", "cellar"), ("a-b_C9", "a-b_C9"), ("", "_"), ("Keller 1", "Keller_1_"),
        ("Müll/+#", "M__ll____"),
    ])
    func ids(_ text: String, _ beginning: String) {
        let id = DiscoveryID.of(text)
        if beginning == text {
            #expect(id == text)
        } else {
            #expect(id.hasPrefix(beginning) && id.utf8.count >= 8)
            #expect(
                id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "_-".contains($0) })
        }
    }

    @Test func heldAndReplayedTelegramsAreInTheGatewaysHealth() throws {
        let sample = SampleMeter("Water", type: 0x07, "0C13 02431800")
        let (meter, reading) = (try sample.settings(), try sample.reading())
        let replayed = Outcome.replayed(
            meter, reading.telegram.meter, .knownTelegram(accessNumber: 42))
        var counters = Counters()
        for outcome in [.held(meter, reading, []), replayed, replayed] {
            counters.count(outcome, from: "cellar", at: WallTime(seconds: 1))
        }
        let health = GatewayHealth(counters, receivers: [:], dropped: 0, lastTelegram: nil)
        let json = try JSONValue(parsing: health.message(Topics()).payload.span)
        let counts = ["telegrams", "readings", "not_read", "held", "replayed"].map {
            json[$0]?.integer
        }
        #expect(counts == [3, 0, 0, 1, 2])
    }

    @Test func theGatewayIsADeviceToo() throws {
        let topics = try Topics()
        let device = GatewayHealth.device(receivers: ["cellar", "Dach & Turm"], topics: topics)
        var health = GatewayHealth()
        health.receivers = ["cellar": true, "Dach & Turm": false]
        let message = health.message(topics)
        #expect(message.topic == "energy2mqtt/mgt/health" && message.retain)
        let state = try JSONValue(parsing: message.payload.span)
        for form in DiscoveryForm.allCases {
            for version in DiscoveryValidator.Version.allCases {
                let faults = DiscoveryValidator.faults(
                    in: device.messages(form), version, states: [topics.health: state])
                #expect(faults == [])
            }
        }
        #expect(device.id == "oms2mqtt_gateway_energy2mqtt")
        #expect(state["receivers"]?["cellar"] == .bool(true))
        #expect(state["receivers"]?[DiscoveryID.of("Dach & Turm")] == .bool(false))
        #expect(state["last_telegram"] == .null)
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
