/// The sections of the file that are read here, and their keys.
///
/// The reader takes no other key, messages suggest these, and the documentation has all of them.
enum Section: String, CaseIterable {
    case mqtt, oms, receivers, inputs, forward, fleet, httpd, storage
    case datahub = "zenner_datahub"

    /// energy2mqtt's own: accepted and not used.
    static let ignored = ["db", "modbus", "tibber", "victron", "knx"]
}

enum MQTTKey: String, CaseIterable {
    case host, port, user
    case password = "pass"
    case clientName = "client_name"
    case homeAssistant = "ha_enabled"
    case discovery = "discovery_version"
    case baseTopic = "base_topic"
    case units
    case allowsRestart = "allow_restart"
    case tls
    case tlsAuthorities = "tls_ca"
    case tlsCertificate = "tls_cert"
    case tlsKey = "tls_key"
    case version = "protocol"
    case keepAlive = "keep_alive"
    case quality = "qos"
    case retain
}

enum TelegramTopicKey: String, CaseIterable {
    case topic
}

enum ForwardKey: String, CaseIterable {
    case topic, form, meters
}

enum FleetKey: String, CaseIterable {
    case role, topic, meters
}

enum MeterSettingsKey: String, CaseIterable {
    case name, id, key
}

enum ReceiverKey: String, CaseIterable {
    case name, stick, port, serial, modes
    // Where telegrams come from something else than a stick.
    case command, address, file, format, speed
    case repeats = "repeat"
}

enum HTTPServerKey: String, CaseIterable {
    case enabled, port, bind
    case wholeIDs = "whole_ids"
}

enum StorageKey: String, CaseIterable {
    case discoveredDevicesPath = "discovered_devices_path"
    case path
    case queueMegabytes = "queue_megabytes"
    case queueDays = "queue_days"
}

enum DatahubKey: String, CaseIterable {
    case name, enabled
    case brokerHost = "broker_host"
    case brokerPort = "broker_port"
    case brokerUser = "broker_user"
    case brokerPassword = "broker_pass"
    case brokerTLS = "broker_tls"
    case brokerTLSAuthorities = "broker_tls_ca"
    case clientName = "client_name"
    case baseTopic = "base_topic"
    /// Required by energy2mqtt and used by neither.
    case updateInterval = "update_interval"
    case http, capture
}

enum DatahubEndpointKey: String, CaseIterable {
    case path, user
    case password = "pass"
    case token
}

/// What other programs, or people, call a section or key of ours.
enum OtherName {
    /// The first of ours that is known where `name` stands.
    static func ours(_ name: String, among known: [String]) -> String? {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return names.first { $0.theirs.contains(plain) && known.contains($0.ours) }?.ours
    }

    private static let names: [(ours: String, theirs: Set<String>)] = [
        ("oms", ["meters", "meter", "devices", "wmbus"]),
        ("mqtt", ["broker", "mosquitto"]),
        ("receivers", ["sticks", "dongle", "dongles"]),
        ("user", ["username", "login", "mqttuser"]),
        ("pass", ["password", "passwd", "pwd", "secret"]),
        ("host", ["server", "broker", "address", "hostname", "url"]),
        ("client_name", ["clientid", "client"]),
        ("base_topic", ["topic", "prefix", "topicprefix", "basetopic"]),
        ("ha_enabled", ["homeassistant", "discovery", "hadiscovery"]),
        ("tls", ["ssl"]), ("tls_ca", ["cafile", "ca"]),
        ("id", ["ident", "meterid", "number", "serial", "address", "deviceid"]),
        ("key", ["aeskey", "aes", "encryptionkey", "password"]),
        ("stick", ["type", "kind", "driver", "model"]),
        ("port", ["device", "path", "tty", "serialport"]),
    ]

    /// The section that a key belongs to which stands beside the sections.
    static func section(ofKey key: String) -> String? {
        if MQTTKey(rawValue: key) != nil { return Section.mqtt.rawValue }
        if MeterSettingsKey(rawValue: key) != nil { return Section.oms.rawValue }
        return ReceiverKey(rawValue: key) == nil ? nil : Section.receivers.rawValue
    }
}

/// Which of some names a mistyped one was meant to be.
public enum NearestName {
    /// The nearest of `known`, if no more than a third of its letters must be changed.
    public static func of(_ name: String, among known: [String]) -> String? {
        let name = Array(name.lowercased().utf8.prefix(64))
        let ranked = known.map { (name: $0, distance: distance(name, Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= best.name.utf8.count / 3 ? best.name : nil
    }

    /// Letters to put in, take out, change, or swap with their neighbour (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var least = min(
                    last[column + 1] + 1, current[column] + 1,
                    last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
