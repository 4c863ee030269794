import Decoder
import Gateway
import Glibc
import Testing
import Wire

/// Real meters' telegrams with expected values, where the folder with them is at hand.
@Suite struct CorpusTests {
    static let files = ["telegrams.jsonl", "derived.jsonl"]

    /// All that is expected is there, but for what `missing-by-meter.txt` has with its reason.
    @Test(arguments: files)
    func expectedValues(_ file: String) throws {
        guard let lines = try Corpus.lines(of: file) else { return }
        let decoder = OfflineDecoder()
        var missing: [Corpus.Value: [Measurement]] = [:]
        var found = 0
        for line in lines {
            let meter = line["meter_type_hint"]?.string ?? "other"
            let (there, missed) = score(line, decoder)
            found += there
            for value in missed {
                missing[Corpus.Value(meter: meter, key: value.key), default: []].append(value)
            }
        }
        let count = missing.values.reduce(0) { $0 + $1.count }
        print("\(file): \(found) of \(found + count) expected values")
        let listed = try Corpus.missingByMeter(of: file)
        for value in Set(missing.keys).union(listed.keys).sorted() {
            let (now, then) = (missing[value] ?? [], listed[value] ?? 0)
            #expect(now.count <= then, "lost: \(now.map { "\($0) = \($0.expected)" })")
            #expect(
                now.count >= then,
                "fewer are missing: write \(now.count) into missing-by-meter.txt for \(value)")
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

    /// A payload of a maker's own is read by its own family, and nothing else is.
    @Test(arguments: files)
    func familiesReadTheirOwn(_ file: String) throws {
        let decoder = OfflineDecoder()
        var read: [String: Set<String>] = [:]
        for line in try Corpus.lines(of: file) ?? [] {
            guard let meter = line["meter_type_hint"]?.string,
                let family = decode(line, decoder)["payload_family"]?.string
            else { continue }
            read[family, default: []].insert(meter)
        }
        let several: [String: Set<String>] = [
            "diehl_real_data": ["hydrus", "sharky"], "gwf_status": ["gwfgas", "gwfwater"],
            "qundis_walk_by": ["qcaloric", "qheat", "qheatv2", "qwater", "qwaterv2"],
        ]
        for (family, meters) in read {
            #expect(meters.count == 1 || meters.isSubset(of: several[family] ?? []), "\(family)")
        }
    }

    /// The same records from a maker whom nobody knows: without a definition no value of them is
    /// lost, but for those that only a definition makes.
    @Test func unknownMakers() throws {
        let decoder = OfflineDecoder()
        let makes = Set(
            MeterCatalogue().all.filter {
                !$0.series.isEmpty || $0.fields.contains { !$0.sumOf.isEmpty }
            }
            .map(\.id))
        var compared = 0
        for line in try Corpus.lines(of: "telegrams.jsonl") ?? []
        where line["key"] == .null && line["has_link_crc"]?.bool == false {
            let known = decode(line, decoder)
            guard known["payload_family"] == nil,
                !makes.contains(known["meter_definition"]?.string ?? ""),
                let other = Corpus.ofUnknownMaker(line)
            else { continue }
            let unknown = decode(other, decoder)
            // Behind an adapter of another maker the meter is known all the same.
            guard unknown["meter_definition"] == nil else { continue }
            for value in Measurement.all(of: line) where value.isFound(in: known) {
                compared += 1
                #expect(value.isFound(in: unknown), "\(value) of \(unknown)")
            }
        }
        if compared > 0 { #expect(compared > 700) }
    }

    private func score(
        _ line: JSONValue, _ decoder: OfflineDecoder
    ) -> (found: Int, missed: [Measurement]) {
        let reading = decode(line, decoder)
        let all = Measurement.all(of: line)
        let missed = all.filter { !$0.isFound(in: reading) }
        return (all.count - missed.count, missed)
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

    /// A telegram with a maker's code that nobody has, in the link layer and in a long header.
    static func ofUnknownMaker(_ line: JSONValue) -> JSONValue? {
        guard line["format"]?.string == "wmbus", let text = line["telegram_hex"]?.string,
            var octets = try? Hex.octets(text), octets.count > 24
        else { return nil }
        let maker = Array(octets[2..<4])
        for place in 2..<24 where Array(octets[place..<place + 2]) == maker {
            octets.replaceSubrange(place..<place + 2, with: [0x4D, 0x05])
        }
        return .object([("telegram_hex", .string(Hex.text(octets))), ("key", .null)])
    }

    /// A value that meters of one kind have; the numbers in its key do not count.
    struct Value: Hashable, Comparable, CustomStringConvertible {
        var meter: String
        var key: String

        init(meter: String, key: String) {
            self.meter = meter
            self.key = key.split(separator: "_").map { Int($0) == nil ? String($0) : "*" }
                .joined(separator: "_")
        }

        var description: String { "\(meter) \(key)" }
        static func < (one: Value, other: Value) -> Bool { one.description < other.description }
    }

    /// How many of each are not there: `meter value number number why`, a number for each file.
    static func missingByMeter(of file: String) throws -> [Value: Int] {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let text = try #require(contents(of: "/\(folder)/missing-by-meter.txt"))
        let column = 2 + (CorpusTests.files.firstIndex(of: file) ?? 0)
        var numbers: [Value: Int] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ", maxSplits: 4)
            try #require(parts.count == 5, "a reason is missing: \(line)")
            let number = try #require(Int(parts[column]), "\(line)")
            numbers[Value(meter: String(parts[0]), key: String(parts[1]))] = number
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
