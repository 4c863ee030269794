import Gateway
import Glibc
import Testing
import Wire

/// Real meters' telegrams with expected values, where the folder with them is at hand.
@Suite struct CorpusTests {
    static let files = ["telegrams.jsonl", "derived.jsonl"]

    /// Values of standard telegrams that are known not to be there, each with its reason in
    /// `known-misses.txt`. The list may only shrink.
    @Test(arguments: files)
    func standardTelegrams(_ file: String) throws {
        guard let lines = try Corpus.lines(of: file) else { return }
        let known = try Corpus.knownMisses()
        let standard = lines.filter {
            $0["plain_oms"]?.bool == true && $0["format"]?.string == "wmbus"
        }
        let (found, missed) = score(standard, OfflineDecoder())
        let unknown = missed.filter { known[$0.description] == nil }
        print(
            "\(file): \(found) of \(found + missed.count) expected values, \(unknown.count) unexplained"
        )
        for miss in unknown { print("  missing: \(miss) = \(miss.expected)") }
        #expect(unknown.isEmpty)
        let present = Set(missed.map(\.description))
        let own = Set(standard.compactMap { $0["id"]?.string })
        let stale = known.keys.filter { key in
            own.contains(String(key.prefix { $0 != " " })) && !present.contains(key)
        }
        #expect(stale.isEmpty, "these values are there now: take them out of known-misses.txt")
    }

    /// Values of all telegrams, by meter: those that are not there are printed, and their number may
    /// only fall. `missing-by-meter.txt` has it for each file and meter.
    @Test(arguments: files)
    func allTelegrams(_ file: String) throws {
        guard let lines = try Corpus.lines(of: file) else { return }
        let listed = try Corpus.missingByMeter()
        let decoder = OfflineDecoder()
        var missing: [String: [Measurement]] = [:]
        var total = 0
        for line in lines {
            let meter = line["meter_type_hint"]?.string ?? "other"
            let (found, missed) = score([line], decoder)
            total += found + missed.count
            if !missed.isEmpty { missing[meter, default: []] += missed }
        }
        let count = missing.values.reduce(0) { $0 + $1.count }
        print("\(file): \(total - count) of \(total) values of all telegrams")
        for (meter, values) in missing.sorted(by: { $0.key < $1.key }) {
            print("  \(file) \(meter) \(values.count)")
            for value in values { print("    missing: \(value) = \(value.expected)") }
        }
        let meters = Set(missing.keys).union(listed.keys.filter { $0.file == file }.map(\.meter))
        for meter in meters.sorted() {
            let now = missing[meter]?.count ?? 0
            let then = listed[Corpus.Meter(file: file, meter: meter)] ?? 0
            #expect(now <= then, "\(meter) has lost values that it had")
            #expect(now >= then, "fewer are missing: write \(now) into missing-by-meter.txt")
        }
    }

    /// A key that stands twice in a reading hides one of its values.
    @Test(arguments: files)
    func noKeyStandsTwice(_ file: String) throws {
        let decoder = OfflineDecoder()
        for line in try Corpus.lines(of: file) ?? [] {
            let keys = decode(line, decoder).members?.map(\.key) ?? []
            let twice = Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys.sorted()
            #expect(twice == [], "\(line["id"]?.string ?? "")")
        }
    }

    private func score(
        _ lines: [JSONValue], _ decoder: OfflineDecoder
    ) -> (found: Int, missed: [Measurement]) {
        var found = 0
        var missed: [Measurement] = []
        for line in lines {
            let reading = decode(line, decoder)
            for measurement in Measurement.all(of: line) {
                if measurement.isFound(in: reading) {
                    found += 1
                } else {
                    missed.append(measurement)
                }
            }
        }
        return (found, missed)
    }

    private func decode(_ line: JSONValue, _ decoder: OfflineDecoder) -> JSONValue {
        var request = JSONWriter()
        request.beginObject()
        request.key("telegram")
        request.string(line["telegram_hex"]?.string ?? "")
        request.key("key")
        if let key = line["key"]?.string { request.string(key) } else { request.null() }
        request.endObject()
        var answer = JSONWriter()
        decoder.appendJSON(ofLine: request.span, to: &answer)
        return (try? JSONValue(parsing: answer.span)) ?? .null
    }
}

/// The corpus' files, outside the repository.
enum Corpus {
    private static let folders = ["../shared/vectors/", "../../shared/vectors/"]

    /// The lines of a file; nil, said aloud, where there is none.
    static func lines(of file: String) throws -> [JSONValue]? {
        guard let text = folders.lazy.compactMap({ contents(of: $0 + file) }).first else {
            print("No corpus at \(folders[0])\(file): its telegrams are not checked.")
            return nil
        }
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// `<telegram> <key>` to the reason why that value is not there.
    static func knownMisses() throws -> [String: String] {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        var reasons: [String: String] = [:]
        for line in contents(of: "/\(folder)/known-misses.txt")?.split(separator: "\n") ?? [] {
            guard !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: " ", maxSplits: 2)
            if parts.count == 3 { reasons["\(parts[0]) \(parts[1])"] = String(parts[2]) }
        }
        return reasons
    }

    struct Meter: Hashable {
        var file: String
        var meter: String
    }

    /// How many values of a file's meter are not there.
    static func missingByMeter() throws -> [Meter: Int] {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        var numbers: [Meter: Int] = [:]
        for line in contents(of: "/\(folder)/missing-by-meter.txt")?.split(separator: "\n") ?? []
        where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            guard parts.count == 3, let number = Int(parts[2]) else { continue }
            numbers[Meter(file: String(parts[0]), meter: String(parts[1]))] = number
        }
        return numbers
    }

    private static func contents(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            octets += chunk[..<count]
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
