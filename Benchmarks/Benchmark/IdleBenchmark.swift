import Glibc
import Simulator
import TestSupport

/// What the program costs in an ordinary house: one stick, and twenty meters that send once in four
/// minutes each; and while nothing is heard at all.
struct IdleBenchmark {
    let program: String
    private static let meters = 20
    private static let seconds = 30

    func run() throws {
        print("The program at rest, \(Self.seconds) s each, \(Self.meters) meters, one stick\n")
        var rows = [
            [
                "telegrams", "processor %", "wake-ups/s", "resident MiB", "private anonymous MiB",
            ]
        ]
        let rate = Double(Self.meters) / 240
        let cases = [
            ("none", 0, false), ("1 in \(Int(1 / rate)) s", rate, false),
            ("1 in \(Int(1 / rate)) s, everything on", rate, true),
        ]
        for (name, rate, isAllOn) in cases {
            let figures = try figures(rate: rate, isAllOn: isAllOn)
            rows.append([name] + figures)
        }
        printTable(rows)
    }

    /// - Parameter rate: telegrams a second; at 0 each meter is heard once before.
    private func figures(rate: Double, isAllOn: Bool = false) throws -> [String] {
        let gateway = try MeasuredGateway(
            program, stick: .im871a, meters: Self.meters, rate: rate > 0 ? rate : 100,
            isAllOn: isAllOn
        ) { number in rate > 0 || number < Self.meters }
        var taken = 0
        if rate == 0 {
            gateway.subscribe(patience: .seconds(5)) { _ in
                taken += 1
                return taken < Self.meters
            }
        }
        // What is done once at the start is not rest.
        sleep(10)
        try scrape(gateway)
        let (time, wakeUps) = (gateway.figures.processorTime, gateway.figures.wakeUps)
        sleep(UInt32(Self.seconds))
        try scrape(gateway)
        let spent = gateway.figures.processorTime - time
        return [
            (100 * (spent / .seconds(Self.seconds))).text(3),
            (Double(gateway.figures.wakeUps - wakeUps) / Double(Self.seconds)).text(2),
            (Double(gateway.figures.residentKiB) / 1024).text(1),
            (Double(gateway.figures.privateAnonymousKiB) / 1024).text(1),
        ]
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
