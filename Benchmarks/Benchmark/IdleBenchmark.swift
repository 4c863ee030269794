import Glibc
import Simulator

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
        for rate in [0.0, Double(Self.meters) / 240] {
            // The first telegrams come fast, so that each meter is known and announced.
            let gateway = try MeasuredGateway(
                program, stick: .im871a, meters: Self.meters, rate: rate > 0 ? rate : 100
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
            let (time, wakeUps) = (gateway.figures.processorTime, gateway.figures.wakeUps)
            sleep(UInt32(Self.seconds))
            let spent = gateway.figures.processorTime - time
            rows.append([
                rate > 0 ? "1 in \(Int(1 / rate)) s" : "none",
                (100 * (spent / .seconds(Self.seconds))).text(3),
                (Double(gateway.figures.wakeUps - wakeUps) / Double(Self.seconds)).text(2),
                (Double(gateway.figures.residentKiB) / 1024).text(1),
                (Double(gateway.figures.privateAnonymousKiB) / 1024).text(1),
            ])
        }
        printTable(rows)
    }
}
