import TestSupport
import Testing

@testable import Gateway

/// Whatever the file holds, reading it comes to an end with a configuration or a reason for none.
@Suite struct ConfigurationFuzzTests {
    static let keys = KeySource { _ in nil }

    /// Reads `octets`; whether a configuration came of it.
    @discardableResult
    private func check(_ octets: [UInt8]) -> Bool {
        let (configuration, faults) = ConfigurationFile.read(octets, keys: Self.keys)
        let lastLine = octets.reduce(1) { $1 == 0x0A || $1 == 0x0D ? $0 + 1 : $0 }
        var line = 0
        var isRight = configuration != nil || faults.contains { $0.severity == .error }
        // The last one may be about all those that did not fit.
        for fault in faults.dropLast() {
            isRight = isRight && fault.line >= line && !fault.message.isEmpty
            line = fault.line
        }
        // YAML breaks lines at more characters than these.
        if !octets.contains(where: { $0 >= 0x80 }) { isRight = isRight && line <= lastLine }
        if !isRight { Issue.record("\(faults): \(String(decoding: octets, as: UTF8.self))") }
        return configuration != nil
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

    /// A hundred thousand changed files in all.
    @Test(
        arguments: [ConfigurationSamples.original, ConfigurationSamples.whole]
            + sections(ConfigurationSamples.whole))
    func mutations(_ sample: String) {
        let isWhole = sample.hasPrefix("mqtt:") && sample.contains("\noms:")
        let sections = Self.sections(ConfigurationSamples.whole).count
        let rounds = isWhole ? 5_000 : 90_000 / sections
        let octets = Array(sample.utf8)
        let marks = Array("\0\t\n\r :-?[]{}&*!|>'\"%@#,~\\\u{FEFF}ä".utf8) + [0x80, 0xFF]
        var generator = SeededGenerator(state: 1)
        var usable = 0
        for _ in 0..<rounds {
            var changed = octets
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<changed.count, using: &generator)
                let end = min(place + Int.random(in: 1...40, using: &generator), changed.count)
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: changed[place] = marks.randomElement(using: &generator) ?? 0
                case 2: changed.insert(marks.randomElement(using: &generator) ?? 0, at: place)
                case 3: changed.removeSubrange(place..<end)
                case 4: changed.insert(contentsOf: changed[place..<end], at: place)
                default:
                    let other = Int.random(in: 0...changed.count, using: &generator)
                    changed.insert(contentsOf: changed[place..<end], at: other)
                }
                if changed.isEmpty { changed = [0x0A] }
            }
            if check(changed) { usable += 1 }
        }
        // Neither all nor none: the changes reach beyond the YAML reader.
        #expect((rounds / 20...rounds - rounds / 20).contains(usable))
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
