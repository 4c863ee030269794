/// Measures, and prints what it measured; nothing is asserted. `make bench` runs it.
///
///     Benchmark [name] [path of the program]
@main
enum Benchmark {
    /// By the name that is given on the command line.
    private static let all: [(name: String, run: @Sendable (_ program: String) throws -> Void)] = [
        ("decode", { try DecodeBenchmark(program: $0).run() })
    ]

    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let name = words.first ?? "decode"
        let program = words.dropFirst().first ?? ".build/release/oms2mqtt"
        guard let chosen = all.first(where: { $0.name == name }) else {
            print("There is no benchmark '\(name)': \(all.map(\.name).joined(separator: ", ")).")
            return
        }
        do { try chosen.run(program) } catch { print(error) }
    }
}
