import Glibc
import Simulator
import TestSupport
import Testing

/// A program whose stick hears numbered telegrams all the time.
final class ListeningHouse {
    let numbered = NumberedTelegrams(meters: 3)
    let broker: RealBroker
    let directory = TemporaryDirectory()
    let subscriber: Program
    private let stick: StickSimulation
    private(set) var program: Program?
    private var sections: [String: String] = [:]
    private var changes = 0
    private let others: [String]

    /// - Parameters:
    ///   - sections: lines beside those of broker, receivers and meters, by name.
    ///   - others: ids of further meters, which are called as their ids.
    init(_ sections: [String: String] = [:], meters others: [String] = []) throws {
        self.others = others
        broker = try RealBroker()
        subscriber = try broker.everything()
        let numbered = numbered
        stick = try StickSimulation(
            stick: .im871a, link: directory.file("stick"), options: SimulationOptions(rate: 100)
        ) { Transmission(frame: numbered.frame($0)) }
        stick.start()
        self.sections = ["httpd": "httpd: {enabled: false}"]
        self.sections.merge(sections) { $1 }
        mkdir(directory.file("state"), 0o700)
        write()
        // In the directory, where definitions of a Datahub's devices may be.
        let program = try Program(
            "sh",
            [
                "-c", "cd \"$1\"; shift; exec \"$@\"", "sh", directory.path, Household.executable,
                "run", "--config", directory.file("e2m.yaml"), "--meters",
                directory.file("meters.d"),
            ])
        self.program = program
        try goesOn()
    }

    deinit {
        stick.stopAndWait()
        _ = program?.end(SIGKILL)
    }

    private func write() {
        // One more each time, which is never heard: so the log tells of each change.
        let meters = (0..<3 + changes).map {
            "  - {name: \(numbered.name($0)), id: \(numbered.id($0))}"
        }
        let others = others.map { "  - {name: \($0), id: \($0)}" }
        var all = sections
        all["mqtt"] =
            all["mqtt"]
            ?? "mqtt: {host: 127.0.0.1, port: \(broker.port), client_name: house}"
        all["storage"] = all["storage"] ?? "storage: {path: \(directory.file("state"))}"
        all["receivers"] = "receivers: [{stick: im871a, port: \(directory.file("stick"))}]"
        all["oms"] = (["oms:"] + meters + others).joined(separator: "\n")
        let text = all.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n")
        directory.write(text + "\n", to: ".new")
        rename(directory.file(".new"), directory.file("e2m.yaml"))
    }

    /// Changes a section, and waits until that is used.
    func change(_ section: String, _ text: String?) throws {
        changes += 1
        sections[section] = text
        write()
        let words = "is used from now on. (meters: \(3 + others.count + changes),"
        try wait { try !lines { $0.contains(words) }.isEmpty }
    }

    func lines(where isWanted: (String) -> Bool) throws -> [String] {
        try #require(program).lines.filter(isWanted)
    }

    func wait(_ limit: Duration = patience, until condition: () throws -> Bool) throws {
        try #require(program).wait(limit) { (try? condition()) ?? false }
    }

    private var readings: [Int] {
        subscriber.lines.filter { $0.hasPrefix("energy2mqtt/devs/OMS/meter-") }
            .compactMap { NumberedTelegrams.number(in: $0) }
    }

    /// Readings still come.
    func goesOn() throws {
        let before = readings.count
        try wait { readings.count > before + 10 }
    }

    /// Stops it: each telegram was published once.
    func end(connections: Int = 1) throws {
        try goesOn()
        let program = try #require(program)
        #expect(program.end(SIGTERM) == 0)
        let counts = Dictionary(grouping: readings) { $0 }
        let lost = (0...(readings.max() ?? 0)).filter { counts[$0] == nil }
        #expect(lost == [])
        #expect(counts.filter { $0.value.count > 1 }.keys.sorted() == [])
        #expect(program.lines.count { $0.contains(" listens for ") } == 1)
        #expect(program.lines.count { $0.contains("Connected to the broker") } == connections)
    }

    /// The answer to a request; nil: nobody takes it.
    func ask(_ port: UInt16, _ request: String) -> HTTPClient.Answer? {
        guard let client = HTTPClient(port: port) else { return nil }
        client.send(request)
        return client.answer()
    }

    func get(_ path: String, _ port: UInt16) -> HTTPClient.Answer? {
        ask(port, "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    }
}
