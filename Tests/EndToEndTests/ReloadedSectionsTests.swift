import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// Each section of the configuration changed while the program runs, and the files of meters'
/// definitions: it is used at once, and no telegram is lost.
@Suite(.serialized) struct ReloadedSectionsTests {
    @Test func webServer() throws {
        let house = try ListeningHouse()
        let ports = try (0..<2).map { _ in try FreePort.find() }
        #expect(house.get("/healthz", ports[0]) == nil)

        try house.change("httpd", "httpd: {port: \(ports[0])}")
        try house.wait { house.get("/readyz", ports[0])?.status == 200 }
        let metrics = "oms2mqtt_meter_readings_total{meter=\"\(house.numbered.name(0))\",id="
        #expect(house.get("/metrics", ports[0])?.body.contains(metrics + "\"07DMQ") == false)
        try house.change("httpd", "httpd: {port: \(ports[0]), whole_ids: true}")
        #expect(house.get("/metrics", ports[0])?.body.contains(metrics + "\"07DMQ") == true)

        // Who is connected to the former port is not left there.
        let client = try #require(HTTPClient(port: ports[0]))
        client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.answer()?.status == 200)
        try house.change("httpd", "httpd: {port: \(ports[1])}")
        try house.wait { house.get("/healthz", ports[1])?.status == 200 }
        #expect(client.isClosed())
        #expect(house.get("/healthz", ports[0]) == nil)
        try house.change("httpd", "httpd: {port: \(ports[1]), bind: 0.0.0.0}")
        try house.wait { house.get("/healthz", ports[1])?.status == 200 }

        // Another program has it.
        let taken = try FreePort.listen(backlog: 1)
        defer { close(taken.descriptor) }
        try house.change("httpd", "httpd: {port: \(taken.port)}")
        try house.wait {
            try house.lines { $0.contains("cannot use port \(taken.port)") }.count == 1
        }
        try house.goesOn()
        try house.change("httpd", "httpd: {enabled: false}")
        #expect(house.get("/healthz", ports[1]) == nil)
        try house.change("httpd", "httpd: {port: \(ports[1])}")
        try house.wait { house.get("/healthz", ports[1])?.status == 200 }
        try house.end()
    }

    /// A part that is not used since the start, and one that was right.
    @Test func whatIsNotUsedIsNotReady() throws {
        let port = try FreePort.find()
        let house = try ListeningHouse([
            "httpd": "httpd: {port: \(port)}", "inputs": "inputs: [{topic: a#b}]",
        ])
        func isReady(_ status: Int, _ text: String) throws {
            try house.wait {
                let answer = house.get("/readyz", port)
                return answer?.status == status && answer?.body.contains(text) == true
            }
        }
        try isReady(503, "e2m.yaml:2: inputs[1].topic: ")
        try house.change("inputs", "inputs: [{topic: a/b}]")
        try isReady(200, "Ready.")
        try house.end(connections: 2)
    }

    /// What a Datahub posts, or publishes at its own broker.
    private static func message(_ device: String, _ counter: Int) -> String {
        var now = time_t()
        time(&now)
        return #"{"type":"lora","data":{"ownernumber":"\#(device)","lora":{"frame_counter":"#
            + #"\#(counter)},"unmapped":{"a":\#(counter)}},"ts":{"eventtime":\#(now)}}"#
    }

    private static func post(_ body: String, _ path: String, _ token: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func datahubs() throws {
        let port = try FreePort.find()
        let house = try ListeningHouse(["httpd": "httpd: {port: \(port)}"])
        let theirs = try RealBroker()
        let device = "0011223344556677"
        func answer(_ counter: Int, _ token: String) -> Int? {
            house.ask(port, Self.post(Self.message(device, counter), "/datahub/a", token))?.status
        }
        func isPublished(_ counter: Int) -> Bool {
            house.subscriber.lines.contains {
                $0.hasPrefix("energy2mqtt/devs/zridh_lora/\(device) {\"a\":\(counter)}")
                    || $0.hasPrefix("energy2mqtt/devs/zridh_lora/\(device) {\"a\":\(counter),")
            }
        }
        try house.wait { house.get("/healthz", port)?.status == 200 }
        #expect(answer(1, "abc") == 404)

        // The first one.
        let posting = "  - {name: a, http: {path: /datahub/a, token: abc}}"
        try house.change("datahub", "zenner_datahub:\n\(posting)")
        #expect(answer(2, "abc") == 204)
        try house.wait { isPublished(2) }
        // One with a broker, and another token.
        let listening = "  - {name: b, broker_host: 127.0.0.1, broker_port: \(theirs.port)}"
        try house.change(
            "datahub", "zenner_datahub:\n\(posting.replacing("abc", with: "xyz"))\n\(listening)")
        #expect(answer(3, "abc") == 401)
        #expect(answer(3, "xyz") == 204)
        func publish(_ counter: Int) throws {
            let words = [
                "-p", "\(theirs.port)", "-q", "1", "-r", "-t", "R/lora/\(device)/value", "-m",
                Self.message(device, counter),
            ]
            #expect(try Program("mosquitto_pub", words).ended() == 0)
        }
        try publish(4)
        try house.wait { isPublished(4) }
        // The broker of the one that stays is not left for what changes at it, and at the other.
        let connected = try house.lines { $0.contains("Connected to the broker") }.count
        try house.change(
            "datahub", "zenner_datahub:\n\(listening.replacing("}", with: ", capture: true}"))")
        #expect(answer(5, "xyz") == 404)
        try publish(6)
        try house.wait { isPublished(6) }
        #expect(try house.lines { $0.contains("Connected to the broker") }.count == connected)
        // What its devices are: a file that comes, and that is broken.
        let definition = """
            manufacturer: Acme
            model: Thermo
            aliases:
              - !DevEUI "^00112233"
            data_fields:
              - {name: temperature, map_key: a}

            """
        func isNamed(_ counter: Int) -> Bool {
            house.subscriber.lines.contains {
                $0.hasPrefix(
                    "energy2mqtt/devs/zridh_lora/\(device) {\"temperature\":\(counter)")
            }
        }
        func write(_ text: String) throws {
            let used = try house.lines { $0.contains("definitions of a Datahub's devices are") }
            house.directory.write(text, to: "defs/lorawan/acme/thermo.yaml")
            try house.wait {
                try house.lines { $0.contains("definitions of a Datahub's devices are") }.count
                    > used.count
            }
        }
        try write(definition)
        try publish(8)
        try house.wait { isNamed(8) }
        try write(definition.replacing("data_fields:", with: "data_fields: ["))
        #expect(try !house.lines { $0.contains("error defs/lorawan/acme/thermo.yaml:") }.isEmpty)
        try publish(9)
        try house.wait { isNamed(9) }
        // None.
        try house.change("datahub", nil)
        try publish(7)
        try house.goesOn()
        #expect([1, 5, 7].allSatisfy { !isPublished($0) })
        try house.end(connections: connected)
    }

    @Test func definitions() throws {
        let port = try FreePort.find()
        let house = try ListeningHouse(["httpd": "httpd: {port: \(port)}"])
        func write(_ name: String, _ text: String) {
            house.directory.write(text + "\n", to: "meters.d/acme/.new")
            rename(
                house.directory.file("meters.d/acme/.new"),
                house.directory.file("meters.d/acme/\(name)"))
        }
        func definition(_ model: String, field: String) -> String {
            """
            maker: Acme
            model: \(model)
            detect:
              - { manufacturer: DMQ, version: 0x01, type: 0x07 }
            fields:
              - { name: \(field), quantity: volume, storage: 1, about: Invented }
            """
        }
        func isDefined(_ id: String?) -> Bool {
            let last = house.subscriber.lines.last { $0.hasPrefix("energy2mqtt/devs/OMS/") } ?? ""
            return id.map { last.contains(#""meter_definition":"\#($0)""#) }
                ?? !last.contains("meter_definition")
        }
        func isReady(_ text: String) -> Bool {
            let answer = house.get("/readyz", port)
            return answer?.body.contains(text) ?? false
        }
        #expect(isDefined(nil))
        #expect(isReady("Ready."))

        // The folders come with the first file.
        mkdir(house.directory.file("meters.d"), 0o700)
        mkdir(house.directory.file("meters.d/acme"), 0o700)
        write("flow.yaml", definition("Flow", field: "volume_before"))
        try house.wait { isDefined("acme/flow") }
        // Broken: the former one stays, and why is told.
        let place = house.directory.file("meters.d/acme/flow.yaml") + ":6: "
        write("flow.yaml", definition("Flow", field: "Volume before"))
        try house.wait { try !house.lines { $0.contains(place) }.isEmpty }
        try house.wait { try !house.lines { $0.contains("`oms2mqtt check` names all") }.isEmpty }
        #expect(isReady(place))
        try house.goesOn()
        #expect(isDefined("acme/flow"))
        // A second one that fits the same meters does not take them, whatever its name.
        write("a.yaml", definition("A", field: "volume_before"))
        try house.wait { try !house.lines { $0.contains("same meters as acme/flow") }.isEmpty }
        try house.goesOn()
        #expect(isDefined("acme/flow"))
        unlink(house.directory.file("meters.d/acme/flow.yaml"))
        try house.wait { isDefined("acme/a") }
        try house.wait { isReady("Ready.") }
        // On demand it is told again.
        write("b.yaml", "maker: [")
        let broken = house.directory.file("meters.d/acme/b.yaml")
        try house.wait { try house.lines { $0.contains(broken) }.count == 1 }
        kill(try #require(house.program).process, SIGHUP)
        try house.wait { try house.lines { $0.contains(broken) }.count == 2 }
        for name in ["a.yaml", "b.yaml"] {
            unlink(house.directory.file("meters.d/acme/\(name)"))
        }
        try house.wait { isDefined(nil) }
        try house.wait { isReady("Ready.") }
        try house.end()
    }

    /// Alone, as a fleet's gateway, as one of its decoders, and alone again.
    @Test func fleet() throws {
        let house = try ListeningHouse(["httpd": "httpd: {enabled: false}"])
        let meters = (0..<3).map {
            "  - {name: \(house.numbered.name($0)), id: \(house.numbered.id($0))}"
        }
        let decoder = try FleetTests.start(
            "d1", "decoder", house.broker.port, in: house.directory,
            lines: ["receivers: []", "oms:"] + meters)
        _ = try decoder.line { $0.contains("Decoders in the fleet: d1.") }
        func isConnected(_ count: Int) throws {
            try house.wait {
                try house.lines { $0.contains("Connected to the broker") }.count == count
            }
        }
        try house.change("fleet", "fleet: {role: gateway}")
        try isConnected(2)
        try house.goesOn()
        try house.change("fleet", "fleet: {role: decoder}")
        try isConnected(3)
        _ = try decoder.line { $0.contains("Decoders in the fleet: d1, house.") }
        try house.goesOn()
        try house.change("fleet", nil)
        try isConnected(4)
        try house.goesOn()
        #expect(decoder.end(SIGTERM) == 0)
        try house.end(connections: 4)
    }

    /// Readings that wait for a broker are moved with the directory.
    @Test func storage() throws {
        let house = try ListeningHouse()
        let (state, other) = (house.directory.file("state"), house.directory.file("other"))
        try house.change("storage", "storage: {path: \(state), queue_megabytes: 16}")
        #expect(house.directory.size("state/outbox.db") != nil)
        try house.change("mqtt", "mqtt: {host: 127.0.0.1, port: \(try FreePort.find())}")
        usleep(500_000)
        try house.change("storage", "storage: {path: \(other), queue_megabytes: 16}")
        try house.wait { try !house.lines { $0.contains("is in \(other) from now on") }.isEmpty }
        usleep(500_000)
        try house.change("mqtt", nil)
        try house.goesOn()
        // One that cannot be: a file is in its place.
        house.directory.write("", to: "file")
        try house.change("storage", "storage: {path: \(house.directory.file("file"))}")
        try house.wait { try !house.lines { $0.contains("\(other) is used as before") }.isEmpty }
        try house.end(connections: 2)
        #expect(house.directory.size("other/state.bin") != nil)
    }
}
