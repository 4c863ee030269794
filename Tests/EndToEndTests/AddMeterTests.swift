import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// A meter found, added and explained while the program runs, as its user does it.
@Suite(.serialized) struct AddMeterTests {
    private static let key = "0102030405060708090A0B0C0D0E0F11"

    /// What the program says, and its exit code.
    private func run(_ arguments: [String]) throws -> (code: Int32?, text: String) {
        let program = try Program(Household.executable, arguments)
        try program.wait { program.exitCode != nil && program.isReadToEnd }
        return (program.exitCode, program.lines.joined(separator: "\n"))
    }

    @Test func fromHeardToPublished() throws {
        let broker = try RealBroker()
        let links = TemporaryDirectory()
        let simulation = try StickSimulation(
            stick: .im871a, link: links.file("stick"),
            telegrams: [try Hex.octets(StickToSubscriberTests.annexN)],
            options: SimulationOptions(rate: 2, repeats: true))
        simulation.start()
        defer { simulation.stopAndWait() }
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/Gas")
        let gateway = RunningGateway(
            broker: broker.port, receivers: ["{stick: im871a, port: \(links.file("stick"))}"],
            meters: [("Heat", "07DMQ0187654321")])
        let file = ["--config", gateway.directory.file("e2m.yaml")]
        #expect(try run(["explain", "Heat"] + file).text.contains("No oms2mqtt runs here"))
        let program = try gateway.start()
        _ = try program.line { $0.contains("which is not configured") }

        let unheard = try run(["explain", "Heat"] + file)
        #expect(unheard.code == 1 && unheard.text.contains("not heard since the start, by im871a"))
        let foreign = try run(["explain", "12345678"] + file)
        #expect(foreign.text.contains("oms2mqtt add-meter NAME --id 03ELS3312345678 --key-stdin"))

        let before = gateway.directory.read("e2m.yaml")
        let add = ["add-meter", "Gas", "--id", "els 12345678"] + file
        let wrong = String(repeating: "A", count: 32)
        let refused = try run(add + ["--key", wrong])
        #expect(refused.code == 1 && refused.text.contains("the key does not open its telegram"))
        #expect(gateway.directory.read("e2m.yaml") == before)
        let added = try run(add + ["--key", Self.key])
        #expect(added.code == 0)
        #expect(added.text.contains("Added 'Gas' (03ELS3312345678)"))
        #expect(added.text.contains("The key opens its telegrams."))
        #expect(added.text.contains("takes the meter up by itself"))
        #expect(try run(add + ["--key", Self.key]).text.contains("is this one already"))

        try subscriber.wait { subscriber.lines.contains { $0.contains("28504.27") } }
        let explained = try run(["explain", "gas"] + file)
        #expect(explained.code == 0 && explained.text.contains("Its readings are published"))
        let json = try JSONValue(parsing: try run(["explain", "Gas", "--json"] + file).text)
        #expect(json["verdict"]?.string == "published")
        #expect(json["receivers"]?.elements?.first?["name"]?.string == "im871a")
        #expect(program.end(SIGTERM) == 0)
        #expect(!gateway.directory.files.contains("oms2mqtt.sock"))
        for text in program.lines + [refused.text, added.text, foreign.text, explained.text] {
            #expect(!text.contains(Self.key) && !text.contains(wrong))
        }
    }

    /// Broken files without end, read on demand: nothing grows.
    @Test(arguments: [
        (["--key-stdin"], "There is no key: give its 32 hex digits, or leave the option out."),
        (["--key", "01 02"], "the key has 4 digits, 32 are needed"),
    ])
    func whatIsNoKeyIsNotWritten(options: [String], message: String) throws {
        let directory = TemporaryDirectory()
        let path = directory.file("e2m.yaml")
        let (code, text) = try run(
            ["add-meter", "--config", path, "Gas", "--id", "12345678"] + options)
        #expect(code == 1)
        #expect(text.contains(message), "\(text)")
        #expect(access(path, F_OK) != 0)
    }

    @Test func wmbusmetersWordForNoKeyIsUnderstood() throws {
        let directory = TemporaryDirectory()
        let path = directory.file("e2m.yaml")
        #expect(
            try run(["add-meter", "--config", path, "Gas", "--id", "12345678", "--key", "NOKEY"])
                .code == 0)
        #expect(try run(["add-meter", "--config", path, "Gas 2", "--id", "12345678"]).code == 1)
    }

    @Test func memoryStaysFlat() throws {
        let gateway = RunningGateway(
            broker: try FreePort.find(), receivers: ["{stick: tcp, address: \"127.0.0.1:1\"}"],
            meters: (0..<20).map { ("meter-\($0)", "ELS \(10_000_000 + $0)") })
        let whole = String(decoding: gateway.directory.read("e2m.yaml"), as: UTF8.self)
        let program = try gateway.start()
        _ = try program.line { $0.contains("oms2mqtt starts") }
        var count = 0
        func reload(_ rounds: Int) throws {
            for _ in 0..<rounds {
                // Each time in other words: what repeats is not logged.
                count += 1
                let meter = "name: m-\(count), id: 1"
                let text = whole.replacing("name: meter-0, id: ELS 10000000", with: meter)
                gateway.directory.write(text, to: ".new")
                rename(gateway.directory.file(".new"), gateway.directory.file("e2m.yaml"))
                let said = program.lines.count
                kill(program.process, SIGHUP)
                try program.wait { program.lines.count > said }
            }
        }
        try reload(200)
        let grown = try leastGrowth(of: program.process, limit: 1 << 20) { try reload(800) }
        print("\(count) broken configurations: \(grown) octets more than before the last 800")
        #expect(grown < 1 << 20)
        #expect(program.end(SIGTERM) == 0)
    }
}
