/// Metrics as Prometheus reads them, read strictly: what a server might forgive is a fault here.
/// Source: Prometheus, "Exposition formats", text-based format, version 0.0.4.
struct ExpositionFormat {
    struct Fault: Error, CustomStringConvertible {
        var line: Int
        var cause: String
        var description: String { "line \(line): \(cause)" }
    }

    struct Family {
        var kind: String
        var help: String
        var samples: [Sample] = []
    }

    struct Sample: Equatable {
        var labels: [String: String]
        var value: Double
    }

    private(set) var families: [String: Family] = [:]

    /// The value of a sample with exactly these labels.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families[name]?.samples.first { $0.labels == labels }?.value
    }

    init(_ text: String) throws(Fault) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.removeLast().isEmpty else {
            throw Fault(line: lines.count, cause: "the last line does not end")
        }
        var current = ""
        for (place, line) in lines.enumerated() {
            func fault(_ cause: String) -> Fault { Fault(line: place + 1, cause: cause) }
            let words = line.split(
                separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
            if line.hasPrefix("# HELP ") {
                current = String(words[2])
                guard Self.isName(current, colons: true) else { throw fault("no metric's name") }
                guard families[current] == nil else { throw fault("the family is there already") }
                guard words.count == 4, !words[3].isEmpty else { throw fault("no help") }
                families[current] = Family(kind: "", help: String(words[3]))
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, words[2] == current, families[current]?.kind == "" else {
                    throw fault("a type must follow its help")
                }
                guard ["counter", "gauge"].contains(words[3]) else { throw fault("no type") }
                guard (words[3] == "counter") == current.hasSuffix("_total") else {
                    throw fault("counters, and only those, end in _total")
                }
                families[current]?.kind = String(words[3])
            } else {
                let (name, sample) = try Self.sample(line, place + 1)
                guard name == current, families[name]?.kind != "" else {
                    throw fault("a sample outside of its family")
                }
                guard value(name, sample.labels) == nil else { throw fault("a sample twice") }
                guard families[name]?.kind == "gauge" || sample.value >= 0 else {
                    throw fault("a counter below 0")
                }
                families[name]?.samples.append(sample)
            }
        }
    }

    private static func isName(_ text: some StringProtocol, colons: Bool) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { octet in
            (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet)
                || (0x61...0x7A).contains(octet) || octet == UInt8(ascii: "_")
                || colons && octet == UInt8(ascii: ":")
        }
    }

    private static func sample(
        _ line: Substring, _ number: Int
    ) throws(Fault) -> (String, Sample) {
        func fault(_ cause: String) -> Fault { Fault(line: number, cause: cause) }
        let name = line.prefix { $0 != "{" && $0 != " " }
        guard isName(name, colons: true) else { throw fault("no metric's name") }
        var rest = line.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            repeat {
                rest = rest.dropFirst()
                let label = rest.prefix { $0 != "=" }
                guard isName(label, colons: false), labels[String(label)] == nil else {
                    throw fault("no label's name")
                }
                rest = rest.dropFirst(label.count + 1)
                guard rest.first == "\"" else { throw fault("no quote before a label's text") }
                rest = rest.dropFirst()
                var text = ""
                while let character = rest.popFirst(), character != "\"" {
                    guard character == "\\" else {
                        text.append(character)
                        continue
                    }
                    switch rest.popFirst() {
                    case "\\": text.append("\\")
                    case "\"": text.append("\"")
                    case "n": text.append("\n")
                    default: throw fault("no escape")
                    }
                }
                labels[String(label)] = text
            } while rest.first == ","
            guard rest.popFirst() == "}" else { throw fault("the labels do not end") }
        }
        guard rest.popFirst() == " ", let value = Double(rest) else { throw fault("no value") }
        return (String(name), Sample(labels: labels, value: value))
    }
}
