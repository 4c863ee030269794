import Glibc
import TestSupport
import Testing
import Wire

/// Three gateways with overlapping reception and three decoders, all of them programs of their own,
/// on one mosquitto with its usual limits.
@Suite(.serialized) struct FleetTests {
    /// Meters enough that none sends twice within the time that copies may be late.
    static let numbered = NumberedTelegrams(meters: 900)
    static let transmissions = 2700

    final class Gateway {
        let datagrams: Datagrams
        let program: Program

        init(_ name: String, broker: UInt16, in directory: TemporaryDirectory) throws {
            datagrams = try Datagrams()
            program = try FleetTests.start(
                name, "gateway, meters: all", broker, in: directory,
                lines: [
                    "receivers: [{name: stick, stick: udp, address: 127.0.0.1:\(datagrams.port)}]"
                ])
        }
    }

    static func start(
        _ name: String, _ fleet: String, _ broker: UInt16, in directory: TemporaryDirectory,
        lines: [String]
    ) throws -> Program {
        mkdir(directory.file(name), 0o700)
        let text =
            [
                "mqtt: {host: 127.0.0.1, port: \(broker), client_name: \(name)}",
                "httpd: {enabled: false}", "storage: {path: \(directory.file(name))}",
                "fleet: {role: \(fleet)}",
            ] + lines
        directory.write(text.joined(separator: "\n") + "\n", to: "\(name).yaml")
        return try Program(
            Household.executable, ["run", "--config", directory.file("\(name).yaml")])
    }

    /// When each of `count` numbered telegrams was heard by what its publications say, in seconds,
    /// once all are there; it is told which are not.
    private func publications(of count: Int, heardBy subscriber: Program) -> [Int: [Double]] {
        var publications: [Int: [Double]] = [:]
        var seen = 0
        try? subscriber.wait {
            let lines = subscriber.lines
            for line in lines[seen...] {
                guard let number = NumberedTelegrams.number(in: line) else { continue }
                publications[number, default: []].append(Self.secondOfDay(line) ?? .nan)
            }
            seen = lines.count
            return publications.count >= count
        }
        let missing = (0..<count).filter { publications[$0] == nil }
        #expect(missing.isEmpty)
        return publications
    }

    /// Of `"received_at":"2026-11-25T07:04:09.120Z"`.
    private static func secondOfDay(_ line: String) -> Double? {
        let parts = line.split(separator: #""received_at":""#, maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let time = parts[1].prefix { $0 != "Z" }.drop { $0 != "T" }.dropFirst()
        let numbers = time.split(separator: ":").compactMap { Double($0) }
        return numbers.count == 3 ? numbers.reduce(0) { $0 * 60 + $1 } : nil
    }

    /// Which were published twice. What one gateway heard so much later than another is no copy.
    private func twice(_ publications: [Int: [Double]]) -> [Int: [Double]] {
        publications.filter { _, times in
            zip(times.sorted(), times.sorted().dropFirst()).contains { !($1 - $0 > 3) }
        }
    }

    @Test func oneDecoderIsKilledAndNothingIsLostOrTwice() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let meters = (0..<Self.numbered.meters).map {
            "  - {name: \(Self.numbered.name($0)), id: \(Self.numbered.id($0))}"
        }
        let decoders = try ["d1", "d2", "d3"].map {
            try Self.start(
                $0, "decoder", broker.port, in: directory,
                lines: ["receivers: []", "oms:"] + meters)
        }
        for decoder in decoders {
            _ = try decoder.line { $0.contains("Decoders in the fleet: d1, d2, d3.") }
        }
        let gateways = try ["g1", "g2", "g3"].map {
            try Gateway($0, broker: broker.port, in: directory)
        }
        for gateway in gateways { _ = try gateway.program.line { $0.contains("is open") } }

        var random = SeededGenerator(state: 4)
        /// Copies that are still on their way: when they arrive, at which gateway.
        var late: [(step: Int, gateway: Int, number: Int)] = []
        var firstSent: [Int: ContinuousClock.Instant] = [:]
        for step in 0..<Self.transmissions + 300 {
            if step < Self.transmissions {
                let hearing = (0..<3).filter { _ in Int.random(in: 0..<10, using: &random) < 7 }
                for gateway in hearing.isEmpty ? [Int.random(in: 0..<3, using: &random)] : hearing {
                    let delay = Int.random(in: 0..<300, using: &random)
                    late.append((step + delay, gateway, step))
                }
            }
            for copy in late where copy.step == step {
                let now = ContinuousClock.now
                // Behind a pause of the machine it would be a transmission of its own.
                let isCopy = firstSent[copy.number].map { $0 + .seconds(2) > now } ?? true
                guard isCopy else { continue }
                firstSent[copy.number] = firstSent[copy.number] ?? now
                gateways[copy.gateway].datagrams.send(Hex.text(Self.numbered.frame(copy.number)))
            }
            late.removeAll { $0.step == step }
            if step == Self.transmissions / 2 { #expect(decoders[1].end(SIGKILL) == -SIGKILL) }
            usleep(4000)
        }

        let publications = publications(of: Self.transmissions, heardBy: subscriber)
        // The last copies are waited for 3.5 s; one that was published twice would be there too.
        #expect(twice(publications).isEmpty)
        let several = subscriber.lines.count { $0.contains(#""receivers":{"g"#) }
        #expect(several > Self.transmissions / 2)
        for program in [decoders[0], decoders[2]] + gateways.map(\.program) {
            #expect(program.end(SIGTERM) == 0)
        }
    }

    /// What it had not published gateways send again.
    @Test func theOnlyDecoderIsKilledAndStartedAgain() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let numbered = NumberedTelegrams(meters: 300)
        let meters = (0..<300).map { "  - {name: \(numbered.name($0)), id: \(numbered.id($0))}" }
        func decoder() throws -> Program {
            try Self.start(
                "d1", "decoder", broker.port, in: directory,
                lines: ["receivers: []", "oms:"] + meters)
        }
        let first = try decoder()
        _ = try first.line { $0.contains("Decoders in the fleet: d1.") }
        let gateways = try ["g1", "g2"].map { try Gateway($0, broker: broker.port, in: directory) }
        for gateway in gateways { _ = try gateway.program.line { $0.contains("is open") } }
        var second: Program?
        for number in 0..<1200 {
            for gateway in gateways { gateway.datagrams.send(Hex.text(numbered.frame(number))) }
            if number == 500 { #expect(first.end(SIGKILL) == -SIGKILL) }
            if number == 700 { second = try decoder() }
            usleep(8000)
        }
        let publications = publications(of: 1200, heardBy: subscriber)
        // At most what was published in the moment of its death.
        #expect(twice(publications).count < 10)
        for program in [second].compactMap(\.self) + gateways.map(\.program) {
            #expect(program.end(SIGTERM) == 0)
        }
    }

    /// Without a decoder nobody would read what gateways send: it waits.
    @Test func telegramsWaitForTheFirstDecoder() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let numbered = NumberedTelegrams(meters: 20)
        let gateway = try Gateway("g1", broker: broker.port, in: directory)
        _ = try gateway.program.line { $0.contains("is open") }
        _ = try gateway.program.line { $0.contains("Connected") }
        for number in 0..<20 { gateway.datagrams.send(Hex.text(numbered.frame(number))) }
        let meters = (0..<20).map { "  - {name: \(numbered.name($0)), id: \(numbered.id($0))}" }
        let decoder = try Self.start(
            "d1", "decoder", broker.port, in: directory, lines: ["receivers: []", "oms:"] + meters)
        try subscriber.wait {
            Set(subscriber.lines.compactMap { NumberedTelegrams.number(in: $0) }).count == 20
        }
        #expect(decoder.end(SIGTERM) == 0)
        #expect(gateway.program.end(SIGTERM) == 0)
    }
}
