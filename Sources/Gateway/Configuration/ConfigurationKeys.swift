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

/// Which of some names a mistyped one was meant to be.
enum NearestName {
    /// The nearest of `known`, if no more than a third of its letters must be changed.
    static func of(_ name: String, among known: [String]) -> String? {
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
