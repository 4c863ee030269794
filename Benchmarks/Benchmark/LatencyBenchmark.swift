import Simulator
import Synchronization

/// How long a reading takes from the stick's last octet to a subscriber of the broker, through the
/// real program.
struct LatencyBenchmark {
    let program: String
    private static let telegrams = 10_000
    private static let rate = 400.0

    func run() throws {
        print(
            "From the stick's last octet to a subscriber, \(Self.telegrams) telegrams,"
                + " \(Int(Self.rate)) a second\n")
        var rows = [["stick", "telegrams", "median ms", "p99 ms", "slowest ms"]]
        for stick in [StickModel.im871a, .amb8465, .cul] {
            let delays = try delays(of: stick).sorted()
            guard !delays.isEmpty else {
                rows.append([stick.rawValue, "0", "-", "-", "-"])
                continue
            }
            func milliseconds(_ share: Double) -> String {
                let place = Int(Double(delays.count - 1) * share)
                return (delays[place] / .milliseconds(1)).text(2)
            }
            rows.append([
                stick.rawValue, String(delays.count), milliseconds(0.5), milliseconds(0.99),
                milliseconds(1),
            ])
        }
        printTable(rows)
    }

    private func delays(of stick: StickModel) throws -> [Duration] {
        let sent = SendingTimes()
        let gateway = try MeasuredGateway(program, stick: stick, meters: 20, rate: Self.rate) {
            number in
            guard number < Self.telegrams else { return false }
            sent.note(number)
            return true
        }
        var delays: [Duration] = []
        gateway.subscribe(patience: .seconds(10)) { number in
            if let start = sent.time(of: number) { delays.append(start.duration(to: .now)) }
            return delays.count < Self.telegrams
        }
        return delays
    }
}

/// When each telegram was sent; noted on the stick's thread, asked on the subscriber's.
private final class SendingTimes: Sendable {
    private let times = Mutex<[Int: ContinuousClock.Instant]>([:])

    func note(_ number: Int) { times.withLock { $0[number] = .now } }
    func time(of number: Int) -> ContinuousClock.Instant? { times.withLock { $0[number] } }
}
