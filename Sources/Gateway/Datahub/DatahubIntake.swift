import Wire

/// What became of one message of a Datahub: exactly one of these for each.
enum DatahubOutcome {
    case published(DatahubReading)
    /// A wireless M-Bus telegram, for the pipeline.
    case telegram(RadioFrame)
    /// The topic was cleared: there is no message.
    case cleared
    /// It was received before, another way or again.
    case duplicate
    /// Older than its kind of device may be late.
    case tooOld(device: String, seconds: Int64)
    /// More than five minutes ahead of this computer's clock.
    case fromTheFuture(device: String, seconds: Int64)
    /// A newer message of the device was there before.
    case outOfOrder
    /// Made up by the Datahub, and not wanted.
    case generated
    case notUnderstood(JSONValue)
    case refused(DatahubBodyError)
}

/// A device's values, as they are published.
struct DatahubReading {
    var device: String
    /// The object on `devs/zridh_lora/<device>`.
    var json: [UInt8]
    /// When the network heard the device.
    var time: WallTime
    /// What the device's clock says, if the message tells.
    var deviceTime: Int64?
    var tenant: String
}

/// Takes messages of all Datahubs: reads them, judges their times, fills in what they lack, and
/// counts. No clock, no log, no port.
struct DatahubIntake {
    /// Seconds that a message may be ahead: clocks differ.
    static let mostAhead: Int64 = 5 * 60
    /// A message without time that comes again within so many seconds is the same.
    static let sameWithin: Int64 = 10 * 60

    var definitions: DatahubDefinitions
    var devices: DatahubDevices
    /// By the Datahub's name.
    private(set) var statistics: [String: DatahubStatistics] = [:]

    init(definitions: DatahubDefinitions, devices: DatahubDevices = DatahubDevices()) {
        self.definitions = definitions
        self.devices = devices
    }

    /// - Parameters:
    ///   - octets: an MQTT payload or an HTTP body.
    ///   - datahub: its name in the configuration.
    mutating func receive(
        _ octets: [UInt8], from datahub: String, at now: WallTime
    ) -> DatahubOutcome {
        let outcome = outcome(of: octets, from: datahub, at: now)
        statistics[datahub, default: DatahubStatistics()].count(outcome)
        return outcome
    }

    private mutating func outcome(
        of octets: [UInt8], from datahub: String, at now: WallTime
    ) -> DatahubOutcome {
        do {
            switch try DatahubBody(reading: octets) {
            case .empty: return .cleared
            case .telegram(let frame): return .telegram(frame)
            case .unknown(let json): return .notUnderstood(json)
            case .message(let message): return take(message, from: datahub, at: now)
            }
        } catch { return .refused(error) }
    }

    private mutating func take(
        _ message: DatahubMessage, from datahub: String, at now: WallTime
    ) -> DatahubOutcome {
        let definition = definitions.definition(of: message.device, message.values)
        var device = devices[message.device] ?? DatahubDevice()
        let key = message.identity
        let since = message.eventTime == nil ? now.seconds - Self.sameWithin : .min
        if device.hasTaken(key, since: since) { return .duplicate }
        let oldestDeviceTime = now.seconds - definition.mostDeviceAge
        statistics[datahub, default: DatahubStatistics()].count(
            deviceMessage: message.isLoRaWAN,
            deviceTimeIsOld: message.deviceTime.map { $0 < oldestDeviceTime } ?? false)

        let event = message.eventTime ?? now.seconds
        if event > now.seconds + Self.mostAhead {
            return .fromTheFuture(
                device: message.device,
                seconds: event.subtractingReportingOverflow(now.seconds).partialValue)
        }
        // Also what is dropped is known when it comes again: it counts once.
        device.take(key, at: now.seconds)
        defer { devices.keep(device, of: message.device) }
        if event < now.seconds - definition.mostEventAge {
            let (age, overflow) = now.seconds.subtractingReportingOverflow(event)
            return .tooOld(device: message.device, seconds: overflow ? .max : age)
        }
        if event < device.lastEvent { return .outOfOrder }
        if message.isGenerated, definition.ignoresGenerated { return .generated }

        let values = Self.values(of: message, definition, before: device)
        device.datahub = datahub
        device.learn(message, values, event: event, at: now)
        return .published(
            DatahubReading(
                device: message.device, json: Self.json(of: values, message, definition, event),
                time: WallTime(seconds: event), deviceTime: message.deviceTime,
                tenant: message.tenant))
    }

    /// The values under the names that they are published with, first those of the message and then
    /// those that it lacks.
    private static func values(
        of message: DatahubMessage, _ definition: DatahubDefinition, before: DatahubDevice
    ) -> (now: [DatahubValue.Named], before: [DatahubValue.Named]) {
        var seen: Set<String> = []
        let now = message.values.map { (name: definition.name(of: $0.name), value: $0.value) }
            .filter { seen.insert($0.name).inserted }
        return (now, before.namedValues.filter { !seen.contains($0.name) })
    }

    private static func json(
        of values: (now: [DatahubValue.Named], before: [DatahubValue.Named]),
        _ message: DatahubMessage, _ definition: DatahubDefinition, _ event: Int64
    ) -> [UInt8] {
        var json = JSONWriter()
        let reception = message.reception
        json.beginObject()
        let filled = values.before.filter { definition.persists($0.name) }
        for (name, value) in values.now + filled
        where !reception.contains(where: { $0.name == name }) && name != "received_at" {
            json.key(name)
            json.value(value)
        }
        for (name, value) in reception {
            json.key(name)
            json.value(value)
        }
        json.key("received_at")
        json.string(WallTime(seconds: event).description)
        json.endObject()
        return json.bytes
    }
}

extension DatahubMessage {
    /// What tells this message from all others of the device, however it comes.
    fileprivate var identity: UInt64 {
        let time = eventTime.map(String.init) ?? ""
        if let number = frameCounter ?? uid {
            return FNV1a.hash("\(number) \(time)".utf8)
        }
        var json = JSONWriter()
        for (name, value) in values {
            json.string(name)
            json.value(value)
        }
        return FNV1a.hash(json.bytes + Array(time.utf8))
    }

    /// What is published beside the values.
    fileprivate var reception: [DatahubValue.Named] {
        var result: [DatahubValue.Named] = []
        if let signalStrength { result.append(("rssi", .number(signalStrength))) }
        if let signalToNoise { result.append(("snr", .number(signalToNoise))) }
        if let deviceAddress { result.append(("devaddr", .string(deviceAddress))) }
        if let location {
            result.append(
                (
                    "location",
                    .object([
                        ("longitude", .number(location.longitude)),
                        ("latitude", .number(location.latitude)),
                        ("gps_accuracy", location.accuracy.map { .number($0) } ?? .null),
                    ])
                ))
        }
        return result
    }
}

extension DatahubDevice {
    /// The last values.
    var namedValues: [DatahubValue.Named] {
        guard let members = try? JSONValue(parsing: values.span).members else { return [] }
        return members.map { ($0.key, $0.value) }
    }

    fileprivate mutating func learn(
        _ message: DatahubMessage,
        _ values: (now: [DatahubValue.Named], before: [DatahubValue.Named]), event: Int64,
        at now: WallTime
    ) {
        if message.eventTime != nil { lastEvent = event }
        lastHeard = now.seconds
        typeName = message.typeName ?? typeName
        if message.signalStrength != nil { hasSignalStrength = true }
        if message.signalToNoise != nil { hasSignalToNoise = true }
        // A device that always has other names loses the old ones.
        self.values =
            Self.object(values.now + values.before) ?? Self.object(values.now) ?? []
    }

    private static func object(_ values: [DatahubValue.Named]) -> [UInt8]? {
        var json = JSONWriter()
        json.beginObject()
        for (name, value) in values {
            json.key(name)
            json.value(value)
        }
        json.endObject()
        return json.bytes.count <= mostValues ? json.bytes : nil
    }
}

// What outlasts a restart
extension DatahubIntake {
    /// A device with what its definition says of it, for Home Assistant.
    func description(of id: String) -> (device: DatahubDevice, definition: DatahubDefinition)? {
        guard let device = devices[id] else { return nil }
        return (device, definitions.definition(of: id, device.namedValues))
    }
}
