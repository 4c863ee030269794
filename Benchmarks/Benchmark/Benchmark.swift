/// Measures, and prints what it measured; nothing is asserted. `make bench` runs it.
///
///     Benchmark [name] [path of the program]
///
/// Without a name all of them run.
@main
enum Benchmark {
    /// By the name that is given on the command line.
    private static let all: [(name: String, run: @Sendable (_ program: String) throws -> Void)] = [
        ("decode", { try DecodeBenchmark(program: $0).run() }),
        ("latency", { try LatencyBenchmark(program: $0).run() }),
        ("broker", { try BrokerBenchmark(program: $0).run() }),
        ("idle", { try IdleBenchmark(program: $0).run() }),
    ]

    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let program = words.dropFirst().first ?? ".build/release/oms2mqtt"
        let chosen = all.filter { words.isEmpty || $0.name == words.first }
        if chosen.isEmpty {
            print("Benchmarks are: \(all.map(\.name).joined(separator: ", ")).")
        }
        for benchmark in chosen {
            do { try benchmark.run(program) } catch { print(error) }
        }
    }
}
