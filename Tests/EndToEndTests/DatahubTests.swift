import Glibc
import TestSupport
import Testing
import Wire

/// The whole program with a Datahub that posts and publishes at once, and with clients that mean no
/// good, while a stick hears telegrams.
@Suite(.serialized) struct DatahubTests {
    private static let path = "/datahub/house"
    private static let login = "Authorization: Basic aHViOm9wZW4=\r\n"

    private let port: UInt16
    private let theirs: RealBroker
    private let house: ListeningHouse
    /// Whose telegrams come by the Datahub alone.
    private let far = NumberedTelegrams(meters: 5, first: 0x2000_0000)

    init() throws {
        port = try FreePort.find()
        theirs = try RealBroker()
        house = try ListeningHouse(
            [
                "httpd": "httpd: {port: \(port)}",
                "datahub": """
                zenner_datahub:
                  - name: house
                    http: {path: \(Self.path), user: hub, pass: open}
                    broker_host: 127.0.0.1
                    broker_port: \(theirs.port)
                """,
            ], meters: (0..<5).map(far.id))
        try house.wait { try house.lines { $0.contains("Connected to the broker") }.count == 2 }
        try house.wait { house.get("/healthz", port)?.status == 200 }
    }

    // MARK: What the Datahub sends

    /// All that a message may have.
    private static func whole(_ device: String, _ counter: Int, at time: Int) -> String {
        #"{"type":"lora","uid":"5f0c7a11","tenant":"house-7","data":{"ownernumber":"\#(device)","#
            + #""uuid":"u-1","rssi":-97,"lora":{"lsnr":7.5,"frame_counter":\#(counter),"fport":2,"#
            + #""dev_addr":"26012346"},"raw":{"encrypted":"AQID"},"unmapped":{"volume":2850\#(counter)"#
            + #".270,"battery_low":false,"valve":"on","history":[12,11],"temperature":{"value":21.5}"#
            + #"}},"ts":{"eventtime":\#(time),"device":[\#(time),1]},"geo":{"type":"Point","#
            + #""coordinates":[13.4050,52.5200]},"gateways":[["AA555A0000000001",-97,7.5]]}"#
    }

    /// What energy2mqtt makes of it.
    private static func expected(_ counter: Int) -> String {
        #"{"volume":2850\#(counter).270,"battery_low":"OFF","valve":"ON","history":12,"#
            + #""temperature":21.5,"rssi":-97,"snr":7.5,"devaddr":"26012346","location":{"#
            + #""longitude":13.4050,"latitude":52.5200,"gps_accuracy":null},"received_at":"#
    }

    private func telegram(_ number: Int) -> String {
        #"{"type":"omsraw","data":{"raw":{"encrypted":"\#(Hex.text(far.frame(number)))"}}}"#
    }

    private static func post(_ body: some Collection<UInt8>, _ headers: String = login) -> [UInt8] {
        Array(
            "POST \(path) HTTP/1.1\r\nHost: a\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
                .utf8) + body
    }

    /// How often each message is on a topic that begins like this, by its payload's beginning.
    private func counts(on topic: String, of payloads: [String]) -> [Int] {
        let lines = house.subscriber.lines.filter { $0.hasPrefix(topic) }
        return payloads.map { payload in lines.count { $0.contains(" " + payload) } }
    }

    @Test func bothWaysAtOnce() throws {
        var now = time_t()
        time(&now)
        let devices = (0..<40).map { "00956906ABCDEF\(10 + $0)" }
        let messages =
            devices.enumerated().map { Self.whole($1, $0, at: Int(now)) }
            + (0..<5).map(telegram)
        house.directory.write(messages.shuffled().joined(separator: "\n") + "\n", to: "messages")
        let publishing = try Program(
            "sh",
            [
                "-c",
                "exec mosquitto_pub -p \(theirs.port) -q 1 -t R/lora/x/value -l <"
                    + house.directory.file("messages"),
            ])
        let client = try #require(HTTPClient(port: port))
        for message in messages.shuffled() {
            client.send(Self.post(Array(message.utf8)))
            #expect(client.answer()?.status == 204)
        }
        #expect(publishing.ended() == 0)

        let all = #""received_all":50,"received_valid":50,"received_lorawan":40,"#
        try house.wait {
            house.subscriber.lines.contains {
                $0.hasPrefix("energy2mqtt/devs/zridh_manager/house {\(all)")
                    && $0.contains(#""data_published":40,"received_telegrams":10,"duplicates":40,"#)
            }
        }
        for (counter, device) in devices.enumerated() {
            let found = counts(
                on: "energy2mqtt/devs/zridh_lora/\(device) ", of: [Self.expected(counter)])
            #expect(found == [1])
        }
        let own = house.subscriber.lines.filter { $0.hasPrefix("energy2mqtt/raw ") }
        #expect(own.count { $0.contains(#""protocol":"zridh_lora""#) } == 40)
        let numbers = house.subscriber.lines.filter {
            $0.hasPrefix("energy2mqtt/devs/OMS/\(far.id(0).prefix(8))")
        }.compactMap { NumberedTelegrams.number(in: $0) }
        #expect(numbers.sorted() == Array(0..<5))
        try house.end(connections: 2)
    }

    @Test func whatIsWrongIsSaid() throws {
        let message = Array(Self.whole("00956906ABCDEF01", 1, at: 1).utf8)
        let large = [UInt8](repeating: 0x20, count: (256 << 10) + 1)
        for (body, headers, status) in [
            (message, "", 401), (message, "Authorization: Basic aHViOm9wZW5=\r\n", 401),
            (message, "Authorization: Bearer open\r\n", 401), (Array("{".utf8), Self.login, 400),
            ([], Self.login, 400), (large, Self.login, 413), (message, Self.login, 204),
        ] as [([UInt8], String, Int)] {
            let client = try #require(HTTPClient(port: port))
            client.send(Self.post(body, headers))
            #expect(client.answer()?.status == status)
        }
        // One that asks too often waits, and others do not.
        let greedy = try #require(HTTPClient(port: port, from: 0x010203))
        var last: HTTPClient.Answer?
        for _ in 0..<400 where last?.status != 429 {
            greedy.send(Self.post(message))
            last = greedy.answer()
        }
        #expect(last?.status == 429)
        #expect(last?.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
        #expect(house.get("/healthz", port)?.status == 200)
        try house.end(connections: 2)
    }

    /// Clients that send an octet a second, that open what they can, and that promise bodies: they
    /// are left when their time is over, others are served, and nothing of them stays.
    @Test func hostileClients() throws {
        let program = try #require(house.program)
        let message = Self.whole("00956906ABCDEF01", 1, at: 1)
        for _ in 0..<20 { #expect(house.get("/metrics", port)?.status == 200) }
        let descriptors = program.openDescriptors
        let memory = program.residentKiB

        let slow = try (0..<8).map {
            try #require(HTTPClient(port: port, from: 0x020000 + UInt32($0)))
        }
        for (place, client) in slow.enumerated() where place.isMultiple(of: 2) {
            client.send(Self.post(Array(repeating: 0x20, count: 1000)).prefix(120))
        }
        // Each promises a body of the largest size and keeps an octet of it; some may not log in.
        let promising = try (0..<30).map {
            try #require(HTTPClient(port: port, from: 0x030000 + UInt32($0)))
        }
        for (place, client) in promising.enumerated() {
            let body = [UInt8](repeating: 0x20, count: 256 << 10)
            client.send(Self.post(body, place < 7 ? Self.login : "").dropLast())
        }
        var open = Array(repeating: true, count: slow.count)
        var greedy: [HTTPClient] = []
        var most = 0
        try house.wait {
            for (place, client) in slow.enumerated() where open[place] {
                open[place] = client.send(place.isMultiple(of: 2) ? "1" : "G")
            }
            if greedy.count < 200, let another = HTTPClient(port: port) { greedy.append(another) }
            most = max(most, program.residentKiB - memory)
            // The Datahub, from an address of its own.
            let client = HTTPClient(port: port, from: 0x040506)
            client?.send(Self.post(Array(message.utf8)))
            let answer = client?.answer()
            #expect(answer?.status == 204, "\(answer?.body ?? "no answer")")
            usleep(1_000_000)
            return open.allSatisfy { !$0 }
        }
        #expect(most < 8 << 10, "it grew by \(most) KiB")
        withExtendedLifetime(promising) {}
        greedy.removeAll()
        try house.wait { program.openDescriptors <= descriptors }
        try house.end(connections: 2)
    }
}
