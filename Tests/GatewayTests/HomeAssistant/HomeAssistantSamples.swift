import Decoder
import Testing
import Wire

@testable import Gateway

/// Readings of invented meters, made of records in hex, and what Home Assistant is told of them.
struct SampleMeter {
    var name: String
    var number: UInt32 = 0x1234_5678
    var version: UInt8 = 0x33
    var type: UInt8
    /// Data records, in clear.
    var records: String
    /// CI 7A with a status octet, or CI 78 without a header.
    var status: UInt8? = 0
    /// The number of the radio that sends for it and is configured; nil: it sends itself.
    var radio: UInt32?

    init(
        _ name: String, type: UInt8, _ records: String, number: UInt32 = 0x1234_5678,
        status: UInt8? = 0
    ) {
        self.name = name
        self.type = type
        self.records = records
        self.number = number
        self.status = status
    }

    var telegram: [UInt8] {
        var octets: [UInt8] = [0, 0x44, 0x93, 0x15]
        withUnsafeBytes(of: (radio ?? number).littleEndian) { octets += $0 }
        octets += [version, radio == nil ? type : 0x37]
        if radio != nil {
            octets += [0x72]
            withUnsafeBytes(of: number.littleEndian) { octets += $0 }
            octets += [0x93, 0x15, version, type, 0x2A, status ?? 0, 0x00, 0x00]
        } else if let status {
            octets += [0x7A, 0x2A, status, 0x00, 0x00]
        } else {
            octets += [0x78]
        }
        octets += (try? Hex.octets(records.filter { $0 != " " })) ?? []
        octets[0] = UInt8(octets.count - 1)
        return octets
    }

    func reading() throws -> Reading { try OfflineDecoder().reading(of: telegram, key: nil) }

    /// With the fields of a reading that was heard by radio.
    static func json(_ reading: Reading, units: PublishedUnits = .decided) -> [UInt8] {
        var json = JSONWriter()
        ReadingJSON(units: units).append(
            reading,
            reception: Reception(
                time: WallTime(seconds: 1_700_000_000), receiver: "cellar", signalStrength: -71.5),
            to: &json)
        return json.bytes
    }

    func settings() throws -> MeterSettings { try MeterSettings(name: name, id: id) }

    var id: String {
        let digits = String(radio ?? number, radix: 16)
        return "ELS" + Hex.text([version]) + String(repeating: "0", count: 8 - digits.count)
            + digits
    }
}

/// What a publisher that was told of readings has for Home Assistant.
enum Discovery {
    static func topics() throws -> Topics { try Topics() }

    /// The device that one reading makes.
    static func device(
        _ reading: Reading, name: String, units: PublishedUnits = .decided
    ) throws -> DiscoveredDevice {
        var meter = KnownMeter(address: reading.telegram.meter, sender: reading.telegram.sender)
        meter.learn(reading, hasSignalStrength: true, units: units)
        return meter.device(
            name: name, gateway: GatewayHealth.deviceID(try topics()), topics: try topics())
    }

    /// The faults of a device in both forms and all versions, against the reading it is made of.
    static func faults(
        _ reading: Reading, name: String, units: PublishedUnits = .decided
    ) throws -> [String] {
        let device = try device(reading, name: name, units: units)
        let json = SampleMeter.json(reading, units: units)
        let states = [device.stateTopic: try JSONValue(parsing: json.span)]
        return DiscoveryForm.allCases.flatMap { form in
            DiscoveryValidator.Version.allCases.flatMap { version in
                DiscoveryValidator.faults(
                    in: device.messages(form), version, states: states, present: present(reading))
            }
        }
    }

    /// Keys of the records that the meter's definition calls registers or measurements.
    private static func present(_ reading: Reading) -> Set<String> {
        let octets = reading.telegram.octets.span
        var keys: Set<String> = []
        for index in reading.records.indices {
            var name = TextBuffer(reserving: 64)
            let kind = reading.appendName(of: index, to: &name)?.kind
            guard kind == .register || kind == .measurement else { continue }
            name.removeAll()
            RecordName.append(of: index, in: reading.records, octets: octets, to: &name)
            keys.insert(name.text)
        }
        return keys
    }
}
