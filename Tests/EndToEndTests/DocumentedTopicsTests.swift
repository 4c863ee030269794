import Glibc
import TestSupport
import Testing

/// The table of `docs/mqtt.md` against the whole program: each topic in it is published, retained
/// where it says so, and nothing else is.
@Suite struct DocumentedTopicsTests {
    /// A row: a topic, and whether it is retained.
    private static func table() -> [String: Bool] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        guard let file = fopen("/\(root)/docs/mqtt.md", "r") else { return [:] }
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 17)
        let count = fread(&octets, 1, octets.count, file)
        let text = String(decoding: octets.prefix(count), as: UTF8.self)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { $0.split(separator: "|").map { $0.drop { $0 == " " } } }
        return Dictionary(
            rows.compactMap { cells -> (String, Bool)? in
                guard cells.count == 3, let topic = cells[0].split(separator: "`").first,
                    topic.contains("/"), ["yes ", "no "].contains(String(cells[1]))
                else { return nil }
                return (String(topic), cells[1] == "yes ")
            }
        ) { first, _ in first }
    }

    @Test func theTableIsReal() throws {
        let table = Self.table()
        #expect(table.count > 10)
        let broker = try RealBroker()
        let port = try FreePort.find()
        let directory = TemporaryDirectory()
        // With the retained flag as it was published.
        let words = [
            "-oL", "mosquitto_sub", "-V", "5", "--retain-as-published", "-p", "\(broker.port)",
            "-t",
            "#", "-F", "%r %t", "-d",
        ]
        let subscriber = try Program("stdbuf", words)
        _ = try subscriber.line { $0.hasPrefix("Subscribed") }
        directory.write(
            """
            mqtt: {host: 127.0.0.1, port: \(broker.port)}
            httpd: {port: \(port)}
            storage: {path: \(directory.path)}
            receivers: []
            oms: [{name: gas, id: 03ELS3312345678, key: 0102030405060708090A0B0C0D0E0F11}]
            zenner_datahub: [{name: house, http: {path: /datahub/house, token: abc}}]

            """, to: "e2m.yaml")
        let program = try Program(
            Household.executable, ["run", "--config", directory.file("e2m.yaml")])
        _ = try program.line { $0.contains("Web server at") }
        _ = try program.line { $0.contains("Connected to the broker") }
        let body =
            #"{"type":"lora","data":{"ownernumber":"00956906ABCDEF01","unmapped":{"volume":1}}}"#
        let client = try #require(HTTPClient(port: port))
        client.send(
            "POST /datahub/house HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer abc\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(client.answer()?.status == 204)
        // OMS Vol. 2, annex N.
        let telegram =
            "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC9"
            + "9D6D69EBF3"
        var isHeard = false
        var pending = 0
        try program.wait {
            // Again until the topic is subscribed.
            pending += 1
            if !isHeard, pending % 100 == 1 {
                let words = [
                    "-p", "\(broker.port)", "-t", "energy2mqtt/oms_input", "-m", telegram,
                ]
                _ = try? Program("mosquitto_pub", words).ended()
            }
            isHeard = program.lines.contains { $0.contains("'gas'") }
            return isHeard
        }
        var seen: [String: Bool] = [:]
        func look() -> Bool {
            for line in subscriber.lines where line.hasPrefix("0 ") || line.hasPrefix("1 ") {
                var topic = String(line.dropFirst(2))
                if topic.hasPrefix("homeassistant/"), topic.hasSuffix("/config") {
                    topic = "homeassistant/…/config"
                }
                // What the test itself sends.
                if topic != "energy2mqtt/oms_input" { seen[topic] = line.hasPrefix("1") }
            }
            return table.keys.allSatisfy { seen[$0] != nil }
        }
        try? program.wait { look() }
        for (topic, isRetained) in table.sorted(by: { $0.key < $1.key }) {
            #expect(seen[topic] == isRetained, "\(topic) as documented")
        }
        for topic in seen.keys.sorted() where !topic.contains("00956906ABCDEF01") {
            #expect(table[topic] != nil, "\(topic) is published and not documented")
        }
        #expect(program.end() == 0)
    }
}
