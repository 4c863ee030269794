import Gateway
import Glibc

/// Works an outbox until it is killed: `OutboxTorture <file> [full <octets> | kill <number>]`.
///
/// With `full` no file can grow beyond so many octets; with `kill` the program dies in the middle
/// of that write to a file, 1 being the first.
///
/// Appends messages of five meters, each with its own running number in the payload, sends some,
/// has all but the newest of each meter acknowledged, and writes. After each write it says what is
/// on disk for certain, the newest number of each meter: `+ 12 9 14 11 10`. The clocks are played,
/// so all goes as fast as the disk.
@main struct OutboxTorture {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { exit(2) }
        let number = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
        switch arguments.dropFirst(2).first {
        case "full":
            let size = rlim_t(number)
            // Beyond it a write fails, as on a full disk, instead of ending the program.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: size, rlim_max: size)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        case "kill": FatalWrite.install(at: number)
        default: break
        }
        var limits = DurableOutbox.Limits()
        // Tight, so that thinning and dropping are killed too.
        limits.octetsPerDay = 200 << 10
        limits.octets = 400 << 10
        var now = ContinuousClock.now
        let outbox = DurableOutbox(path: arguments[1], limits: limits, now: now) { notice in
            say("\(notice)\n")
        }
        // Goes on where the last one was killed.
        var numbers = [Int64](repeating: 0, count: 5)
        var time: Int64 = 1_800_000_000
        while true {
            let old = outbox.nextBatch(limit: 100)
            if old.isEmpty { break }
            for message in old.map(\.message) {
                guard let meter = Int(message.retentionKey) else { exit(3) }
                numbers[meter] = Self.number(of: message)
                time = max(time, message.time)
            }
        }
        outbox.spill(now: now)
        func newest(_ message: OutgoingMessage) -> Int64 {
            Int(message.retentionKey).map { numbers[$0] } ?? 0
        }

        var random = SystemRandomNumberGenerator()
        while true {
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let meter = Int.random(in: 0..<5, using: &random)
                numbers[meter] += 1
                time += 7
                let digits = String(numbers[meter])
                let number = String(repeating: "0", count: 10 - digits.utf8.count) + digits
                let payload = Array((number + String(repeating: "x", count: 270)).utf8)
                outbox.append(
                    OutgoingMessage(
                        topic: "meters", payload: payload, retentionKey: String(meter), time: time),
                    now: now)
            }
            if Bool.random(using: &random) {
                let batch = outbox.nextBatch(limit: Int.random(in: 1...60, using: &random))
                for entry in batch where Self.number(of: entry.message) < newest(entry.message) {
                    outbox.acknowledged(entry.id, now: now)
                }
            }
            if Int.random(in: 0..<4, using: &random) == 0 { outbox.spill(now: now) }
            now += .seconds(60)
            outbox.writeIfDue(now: now)
            say("+ \(numbers.map(String.init).joined(separator: " "))\n")
        }
    }

    static func number(of message: OutgoingMessage) -> Int64 {
        Int64(String(decoding: message.payload.prefix(10), as: UTF8.self)) ?? 0
    }

    static func say(_ text: String) {
        let utf8 = Array(text.utf8)
        // The test is gone: so are we.
        if write(1, utf8, utf8.count) < 0 { exit(1) }
    }
}
