import TestSupport
import Testing

@testable import ConfigurationFuzz
@testable import Gateway

/// Whatever the file holds, reading it comes to an end with a configuration or a reason for none.
@Suite struct ConfigurationFuzzTests {
    private static let keys = KeySource { _ in nil }

    private func check(_ octets: [UInt8]) {
        if ConfigurationFuzz.isUsable(octets) == nil {
            Issue.record("\(String(decoding: octets, as: UTF8.self))")
        }
    }

    /// The sections of a file, each by itself: more changes in the same time, all in one section.
    private static func sections(_ sample: String) -> [String] {
        var sections: [String] = []
        for line in sample.split(separator: "\n") {
            let begins = line.first.map { $0 != " " && $0 != "-" && $0 != "#" } ?? false
            if begins || sections.isEmpty { sections.append("") }
            sections[sections.count - 1] += line + "\n"
        }
        return sections
    }

    /// A hundred thousand changed files in a process of its own, see `ConfigurationFuzz.swift`.
    @Test func mutations() throws {
        let directory = TemporaryDirectory()
        let whole = ConfigurationSamples.whole
        let samples = [ConfigurationSamples.original, whole] + Self.sections(whole)
        for (place, sample) in samples.enumerated() {
            directory.write(sample, to: "\(place).yaml")
        }
        let count = 100_000
        let status = try Subprocess.run(
            Subprocess.built("ConfigurationFuzz"),
            [directory.file("result"), "\(count)"]
                + samples.indices.map { directory.file("\($0).yaml") })
        let result = String(decoding: directory.read("result"), as: UTF8.self)
        #expect(status == 0, "\(result)")
        let numbers = result.split(separator: " ").compactMap { Int($0) }
        try #require(numbers.count == 3)
        // Neither all nor none: the changes reach beyond the YAML reader.
        #expect((count / 20...count - count / 20).contains(numbers[0]))
        // What is allocated once and kept came before; 40 octets for each file would be seen.
        let grown = numbers[2] - numbers[1]
        #expect(grown < 2048, "it grew by \(grown) KiB")
    }

    @Test(arguments: [ConfigurationSamples.original, ConfigurationSamples.whole])
    func everyPrefix(_ sample: String) {
        let octets = Array(sample.utf8)
        for count in 0...octets.count { check(Array(octets.prefix(count))) }
    }

    /// Files near the limits, which shall not take more than their size in time.
    @Test(
        arguments: [
            ("receivers:\n", " - {}\n"), ("oms:\n", " - {name: a, id: 12345678}\n"),
            ("oms:\n", " - {nmae: a, ident: 1, kye: 1}\n"), ("mqtt:\n", " hosts: a\n"),
            ("", "a-section-that-nobody-knows: a\n"), ("zenner_datahub:\n", " - {http: {}}\n"),
            ("zenner_datahub:\n", " - {name: a, broker_host: a}\n"),
            ("receivers:\n - modes:\n", "   - t1\n"),
        ])
    func large(_ head: String, _ line: String) {
        check(Array((head + String(repeating: line, count: 7_000)).utf8))
    }

    @Test func manyMetersAreRead() {
        let items = (0..<5_000).map { " - {name: meter \($0), id: \(10_000_000 + $0)}\n" }
        let (configuration, faults) = ConfigurationFile.read(
            Array(("oms:\n" + items.joined()).utf8), keys: Self.keys)
        #expect(configuration?.meters.count == 5_000)
        #expect(faults == [])
    }

    @Test func noise() {
        var generator = SeededGenerator(state: 2)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...200, using: &generator)
            check((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }
}
