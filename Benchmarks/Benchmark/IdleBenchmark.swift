import Glibc
import Simulator
import TestSupport

/// What the program costs in an ordinary house: one stick, and twenty meters that send once in four
/// minutes each; and while nothing is heard at all. All meters are known by then.
struct IdleBenchmark {
    let program: String
    private static let meters = 20
    private static let seconds = 30

    private struct Case {
        var name: String
        /// Telegrams a second.
        var rate = 0.0
        var isAllOn = false
    }

    func run() throws {
        print("The program at rest, \(Self.seconds) s, \(Self.meters) meters, one stick\n")
        let rate = Double(Self.meters) / 240
        let words = "1 in \(Int(1 / rate)) s"
        let cases = [
            Case(name: "none"), Case(name: words, rate: rate),
            Case(name: "\(words), everything on", rate: rate, isAllOn: true),
        ]
        let gateways = try cases.map(gateway)
        // The last that is done for a new meter is to tell Home Assistant its values once more.
        sleep(170)
        for gateway in gateways { try scrape(gateway) }
        let before = gateways.map { ($0.figures.processorTime, $0.figures.wakeUps) }
        sleep(UInt32(Self.seconds))
        for gateway in gateways { try scrape(gateway) }
        var rows = [
            [
                "telegrams", "processor %", "wake-ups/s", "resident MiB", "private anonymous MiB",
            ]
        ]
        for (row, (gateway, (time, wakeUps))) in zip(cases, zip(gateways, before)) {
            let figures = gateway.figures
            let spent = figures.processorTime - time
            rows.append([
                row.name, (100 * (spent / .seconds(Self.seconds))).text(3),
                (Double(figures.wakeUps - wakeUps) / Double(Self.seconds)).text(2),
                (Double(figures.residentKiB) / 1024).text(1),
                (Double(figures.privateAnonymousKiB) / 1024).text(1),
            ])
        }
        printTable(rows)
    }

    private func gateway(_ row: Case) throws -> MeasuredGateway {
        try MeasuredGateway(
            program, stick: .im871a, meters: Self.meters, rate: row.rate, atOnce: Self.meters,
            isAllOn: row.isAllOn
        ) { number in row.rate > 0 || number < Self.meters }
    }

    /// Asks for the metrics, as Prometheus does, where the web server is on.
    private func scrape(_ gateway: MeasuredGateway) throws {
        guard let port = gateway.webPort else { return }
        let client = HTTPClient(port: port)
        client?.send("GET /metrics HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        guard client?.answer()?.status == 200 else { throw NoMetrics() }
    }

    private struct NoMetrics: Error, CustomStringConvertible {
        let description = "the web server gives no metrics"
    }
}
