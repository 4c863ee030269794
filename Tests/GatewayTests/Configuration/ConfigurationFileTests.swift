import Decoder
import Receivers
import Testing
import Wire

@testable import Gateway

private let noKeys = KeySource { _ in nil }

private func read(_ text: String) -> (Configuration?, [ConfigurationFault]) {
    ConfigurationFile.read(Array(text.utf8), keys: noKeys)
}

@Suite struct ConfigurationFileTests {
    @Test func originalFileLoadsUnchanged() throws {
        let (configuration, faults) = read(ConfigurationSamples.original)
        #expect(faults == [])
        let c = try #require(configuration)
        #expect(c.mqtt.broker.host == "broker.example")
        #expect(c.mqtt.broker.user == "energy")
        #expect(c.mqtt.broker.password == "0012345")
        #expect(c.mqtt.broker.clientID == "energy2mqtt")
        #expect(c.mqtt.discovery == .devices)
        #expect(
            c.meters == [
                try MeterSettings(
                    name: "Gas", id: "3ELS3312345678",
                    key: MeterKey(hex: "0102030405060708090A0B0C0D0E0F11")),
                try MeterSettings(
                    name: "Heat", id: "04ACM0187654321",
                    key: MeterKey(hex: "11111111111111111111111111111111")),
            ])
        #expect(c.receivers == [ReceiverSettings(name: "receiver")])
        #expect(c.httpd == HTTPServerSettings())
        #expect(c.storage == StorageSettings())
        let hub = try #require(c.datahubs.first)
        #expect(hub.enabled == false)
        #expect(hub.broker?.host == "datahub.example")
        #expect(hub.broker?.port == 8883)
        #expect(hub.broker?.password == "007")
        #expect(hub.broker?.clientID == "energy2mqtt-datahub")
        #expect(hub.baseTopic == "tenant/one")
        #expect(hub.http == nil)
    }

    @Test func everyKeyIsRead() throws {
        let (configuration, faults) = read(ConfigurationSamples.whole)
        #expect(
            faults.map(\.description) == [
                "39: warning: zenner_datahub[2].http: the web server is switched off, so nothing "
                    + "is received here: write 'enabled: true' under 'httpd'",
                "42: warning: zenner_datahub[3].http: the web server is switched off, so nothing "
                    + "is received here: write 'enabled: true' under 'httpd'",
                "44: warning: zenner_datahub[4].http: the web server is switched off, so nothing "
                    + "is received here: write 'enabled: true' under 'httpd'",
            ])
        let c = try #require(configuration)
        var mqtt = MQTTSettings()
        mqtt.broker = BrokerSettings(
            host: "192.0.2.1", port: 8884, user: "me", password: "secret: #1", clientID: "house",
            tls: TLSSettings(authorities: "/ca.pem", certificate: "/me.pem", key: "/me.key"))
        mqtt.homeAssistant = false
        mqtt.discovery = .entities
        mqtt.baseTopic = "house/meters"
        mqtt.units = .original
        mqtt.allowsRestart = true
        mqtt.broker.version = .five
        mqtt.broker.keepAlive = 30
        mqtt.delivery.quality = [.readings: 2, .raw: 0]
        mqtt.delivery.retained = [.readings: true]
        #expect(c.mqtt == mqtt)
        #expect(c.inputs == ["wmbus/+/telegram", "$share/house/bridges/#"])
        var forward = ForwardSettings(topic: "house/telegrams")
        forward.form = .marked
        forward.foreignMeters = true
        #expect(c.forward == forward)
        #expect(
            c.fleet == FleetSettings(role: .decoder, topic: "house/fleet", foreignMeters: true))
        #expect(c.meters == [try MeterSettings(name: "Water", id: "12345678")])
        #expect(
            c.receivers == [
                ReceiverSettings(
                    name: "cellar", kind: StickKind(rawValue: "im871a"), port: "/dev/ttyUSB0",
                    modes: [.t1, .c1]),
                ReceiverSettings(name: "cul", kind: StickKind(rawValue: "cul"), modes: [.s1]),
                ReceiverSettings(name: "cul-2", kind: StickKind(rawValue: "cul")),
                ReceiverSettings(name: "receiver"),
                ReceiverSettings(name: "receiver-2"),
            ])
        #expect(c.httpd.enabled == false)
        #expect(c.httpd.port == 80)
        #expect(c.httpd.bind == "::1")
        #expect(c.httpd.showsWholeIDs)
        #expect(c.storage.discoveredDevicesPath == "/var/lib/oms2mqtt/devices.yaml")
        #expect(c.datahubs.map(\.name) == ["by mqtt", "by http", "by token", "by path"])
        #expect(c.datahubs.map(\.capture) == [false, true, false, false])
        #expect(
            c.datahubs.first?.broker
                == BrokerSettings(
                    host: "hub.example", user: "energy2mqtt", password: "energy2mqtt",
                    clientID: "oms2mqtt-by mqtt"))
        #expect(
            c.datahubs.map(\.http) == [
                nil,
                DatahubEndpoint(
                    path: Secret("/datahub"), login: .basic(user: "me", password: Secret("open"))),
                DatahubEndpoint(path: Secret("/token"), login: .bearer(token: Secret("abc"))),
                DatahubEndpoint(path: Secret("/0123456789abcdef"), login: .secretPath),
            ])
    }

    @Test(arguments: ["mqtt:\n", "mqtt: {}\noms:\nreceivers:\n  -  {}\n", "db: 1\n", "{}"])
    func absentKeysHaveTheirDefaults(_ text: String) {
        let (configuration, faults) = read(text)
        #expect(configuration == Configuration())
        #expect(faults == [])
    }

    @Test func theClientIdIsNotThatOfEnergy2MQTT() {
        #expect(Configuration().mqtt.broker.clientID != "energy2mqtt")
    }

    @Test func anEmptyListMeansNoReceiver() {
        let (configuration, faults) = read("receivers: []")
        #expect(configuration?.receivers == [])
        #expect(faults == [])
    }

    @Test func aNameThatIsWrittenLaterIsNotGivenTwice() {
        let (configuration, faults) = read("receivers: [{stick: cul}, {name: cul}]")
        #expect(configuration?.receivers.map(\.name) == ["cul-2", "cul"])
        #expect(faults == [])
    }

    @Test(
        arguments: [
            ("true", true), ("True", true), ("YES", true), ("on", true), ("\"yes\"", true),
            ("false", false), ("No", false), ("OFF", false),
        ])
    func yesAndNo(_ word: String, _ value: Bool) {
        let (configuration, faults) = read("mqtt: {ha_enabled: \(word)}")
        #expect(configuration?.mqtt.homeAssistant == value)
        #expect(faults == [])
    }

    @Test(
        arguments: [
            ("{}", nil, 1883),
            ("{tls: true}", TLSSettings(), 8883),
            ("{tls: yes, port: 1234}", TLSSettings(), 1234),
            ("{tls_ca: /ca.pem}", TLSSettings(authorities: "/ca.pem"), 8883),
            ("{tls: no, tls_ca: /ca.pem}", nil, 1883),
        ] as [(String, TLSSettings?, UInt16)])
    func encryption(_ mqtt: String, _ tls: TLSSettings?, _ port: UInt16) {
        let (configuration, faults) = read("mqtt: \(mqtt)")
        #expect(configuration?.mqtt.broker.tls == tls)
        #expect(configuration?.mqtt.broker.port == port)
        #expect(faults == [])
    }

    // MARK: Where the file is

    @Test(
        arguments: [
            (nil, ["./config/e2m.yaml", "/etc/oms2mqtt/e2m.yaml"], "./config/e2m.yaml"),
            (nil, ["/etc/oms2mqtt/e2m.yaml", "/config/e2m.yaml"], "/config/e2m.yaml"),
            (nil, ConfigurationFile.usualPlaces, "./e2m.yaml"),
            (nil, [], nil),
            ("/my.yaml", ["./e2m.yaml"], "/my.yaml"),
        ] as [(String?, [String], String?)])
    func firstThatExists(_ option: String?, _ present: [String], _ expected: String?) {
        let found = ConfigurationFile.find(option: option) { present.contains($0) }
        #expect(found == expected)
    }

    @Test func inputsAreRead() throws {
        let (configuration, faults) = read(
            """
            mqtt: {host: broker.example}
            oms: [{name: a, id: 12345678}]
            receivers:
              - {stick: rtl_wmbus}
              - {stick: RTL_433, command: "rtl_433 -F csv", format: rtl_433}
              - {stick: tcp, address: "bridge.example:2323", name: attic}
              - {stick: tcp_listen, address: "[::]:9000", format: binary}
              - {stick: udp, address: "0.0.0.0:9000"}
              - {stick: stdin}
              - {stick: file, file: /run/fifo, format: hex}
              - {stick: replay, file: recorded.txt}
              - {stick: replay, file: recorded.txt, speed: 60, repeat: yes}
              - {stick: cul, port: "tcp://cul.example:2323"}
            """)
        #expect(faults == [])
        #expect(
            configuration?.receivers == [
                ReceiverSettings(
                    name: "rtl_wmbus", input: .rtlWMBus(command: InputSource.defaultRTLWMBus)),
                ReceiverSettings(
                    name: "rtl_433", input: .rtl433(command: "rtl_433 -F csv"), format: .rtl433),
                ReceiverSettings(
                    name: "attic",
                    input: .tcp(NetworkAddress(host: "bridge.example", port: 2323))),
                ReceiverSettings(
                    name: "tcp_listen", input: .tcpListen(NetworkAddress(host: "::", port: 9000)),
                    format: .binary),
                ReceiverSettings(
                    name: "udp", input: .udp(NetworkAddress(host: "0.0.0.0", port: 9000))),
                ReceiverSettings(name: "stdin", input: .standardInput),
                ReceiverSettings(name: "file", input: .file(path: "/run/fifo"), format: .hex),
                ReceiverSettings(
                    name: "replay",
                    input: .replay(path: "recorded.txt", speed: 1, repeats: false)),
                ReceiverSettings(
                    name: "replay-2",
                    input: .replay(path: "recorded.txt", speed: 60, repeats: true)),
                ReceiverSettings(
                    name: "cul", kind: StickKind(rawValue: "cul"), port: "tcp://cul.example:2323"),
            ])
    }
}
