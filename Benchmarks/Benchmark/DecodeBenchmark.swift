import Decoder
import Gateway
import Glibc
import Wire

/// What decoding costs: each stage by itself, and the program as a filter of JSON lines with 10,
/// 1,000 and 100,000 meters.
struct DecodeBenchmark {
    let program: String
    private static let telegrams = 100_000

    func run() throws {
        let samples = try Self.samples(meters: 1000, count: 10_000)
        let octets = samples.reduce(0) { $0 + $1.octets.count }
        print(
            "Decoding, CPU time a telegram (mean \(octets / samples.count) octets, 1,000 meters)\n")
        try printStages(samples)
        try printKinds(samples)
        printCipher()
        try printFilter()
    }

    static func samples(meters: Int, count: Int) throws -> [MixedTelegrams.Sample] {
        let stream = MixedTelegrams(meters: meters)
        return try (0..<count).map { try stream.sample($0) }
    }

    /// `{"telegram":"hex","key":"hex" or null}`
    static func line(of sample: MixedTelegrams.Sample) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("telegram")
        json.hex(sample.octets.span)
        json.key("key")
        if let key = sample.key { json.hex(key.span) } else { json.null() }
        json.endObject()
        return json.bytes
    }
}

// Stages, in this process
extension DecodeBenchmark {
    private func printStages(_ samples: [MixedTelegrams.Sample]) throws {
        var rows = [["stage", "ns", "allocations"]]
        for (name, cost) in try stages(samples) {
            rows.append([
                name, (Double(cost.nanoseconds) / Double(samples.count)).text(0),
                (Double(cost.allocations) / Double(samples.count)).text(2),
            ])
        }
        printTable(rows)
    }

    private func stages(_ samples: [MixedTelegrams.Sample]) throws -> [(String, Cost)] {
        let decoder = TelegramDecoder()
        let offline = OfflineDecoder()
        let readingJSON = ReadingJSON()
        let keys = samples.map { $0.key.flatMap { MeterKey(octets: $0) } }
        let lines = samples.map(Self.line)
        var json = JSONWriter(reserving: 1 << 16)

        var frames: [LinkLayerFrame] = []
        var telegrams: [Telegram] = []
        var readings: [Reading] = []
        for collection in 0..<2 {
            frames.removeAll(keepingCapacity: collection > 0)
            telegrams.removeAll(keepingCapacity: collection > 0)
            readings.removeAll(keepingCapacity: collection > 0)
            frames.reserveCapacity(samples.count)
            telegrams.reserveCapacity(samples.count)
            readings.reserveCapacity(samples.count)
            for (sample, key) in zip(samples, keys) {
                let frame = try LinkLayerFrame(parsing: RadioFrame(octets: sample.octets))
                let telegram = try decoder.open(
                    frame, headers: try TelegramHeaders(parsing: frame), key: key)
                var records: [DataRecord] = []
                let end = decoder.readRecords(of: telegram, into: &records)
                frames.append(frame)
                telegrams.append(telegram)
                readings.append(Reading(telegram: telegram, records: records, recordsEnd: end))
            }
        }

        var octets = samples.map(\.octets)
        for index in octets.indices { octets[index].reserveCapacity(256) }
        let link = try Cost.of {
            for index in octets.indices {
                var taken: [UInt8] = []
                swap(&taken, &octets[index])
                _ = try LinkLayerFrame(parsing: RadioFrame(octets: taken))
            }
        }
        let open = try Cost.of {
            for index in frames.indices {
                let frame = frames[index]
                _ = try decoder.open(
                    frame, headers: try TelegramHeaders(parsing: frame), key: keys[index])
            }
        }
        var records: [DataRecord] = []
        let parse = Cost.of {
            for telegram in telegrams {
                records.removeAll(keepingCapacity: true)
                _ = decoder.readRecords(of: telegram, into: &records)
            }
        }
        let write = Cost.of {
            for reading in readings {
                json.removeAll()
                readingJSON.append(reading, to: &json)
            }
        }
        let whole = Cost.of {
            for line in lines {
                json.removeAll()
                offline.appendJSON(ofLine: line.span, to: &json)
            }
        }
        return [
            ("link layer: CRCs, address", link), ("open: headers, cipher", open),
            ("records", parse), ("JSON out", write), ("JSON line to JSON line", whole),
        ]
    }

    private func printKinds(_ samples: [MixedTelegrams.Sample]) throws {
        var rows = [["JSON line to JSON line", "octets", "ns", "allocations"]]
        let offline = OfflineDecoder()
        var json = JSONWriter(reserving: 1 << 16)
        for kind in MixedTelegrams.Kind.allCases {
            let chosen = samples.filter { $0.kind == kind }
            let lines = chosen.map(Self.line)
            let cost = Cost.of {
                for line in lines {
                    json.removeAll()
                    offline.appendJSON(ofLine: line.span, to: &json)
                }
            }
            let count = Double(chosen.count)
            rows.append([
                kind.rawValue, String(chosen.reduce(0) { $0 + $1.octets.count } / chosen.count),
                (Double(cost.nanoseconds) / count).text(0),
                (Double(cost.allocations) / count).text(2),
            ])
        }
        printTable(rows)
    }

    /// The cipher by itself, as OpenSSL measures it: what no decoder can go below.
    private func printCipher() {
        print("AES-128-CBC by openssl speed, 96 octets and no change of key:")
        fflush(nil)
        system(
            "openssl speed -elapsed -decrypt -bytes 96 -seconds 1 -evp aes-128-cbc 2>/dev/null"
                + " | tail -n 1")
        print()
    }
}

// The program
extension DecodeBenchmark {
    private func printFilter() throws {
        print("oms2mqtt decode --jsonl, \(Self.telegrams) lines, CPU time of the program\n")
        var rows = [
            ["meters", "jobs", "telegrams/CPU s", "µs CPU", "µs wall", "peak MiB", "errors"]
        ]
        for (meters, jobs) in [(10, 1), (1000, 1), (100_000, 1), (1000, 0)] {
            let input = try InputFile(
                lines: try Self.samples(meters: meters, count: Self.telegrams).map(Self.line))
            let run = try FilterRun(
                program, ["decode", "--jsonl", "--jobs", String(jobs)], input: input.path)
            let each = Double(run.nanoseconds) / Double(max(run.lines, 1))
            let wall = run.wall / .microseconds(max(run.lines, 1))
            rows.append([
                String(meters), jobs == 0 ? "all cores" : String(jobs), (1e9 / each).text(0),
                (each / 1000).text(2), wall.text(2), (Double(run.residentKiB) / 1024).text(1),
                String(run.errors),
            ])
        }
        printTable(rows)
        try printStart()
    }

    private func printStart() throws {
        let input = try InputFile(lines: try Self.samples(meters: 10, count: 1).map(Self.line))
        let starts = try (0..<20).map { _ in
            try FilterRun(program, ["decode", "--jsonl"], input: input.path).untilFirstLine
        }.sorted()
        let median = starts[starts.count / 2] / .milliseconds(1)
        let slowest = starts[starts.count - 1] / .milliseconds(1)
        print("Start to first answer: \(median.text(1)) ms (slowest of 20: \(slowest.text(1)))")
    }
}

/// Lines in a file that goes when this does.
private final class InputFile {
    let path: String

    init(lines: [[UInt8]]) throws {
        var template = Array("/tmp/oms2mqtt-benchmark-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0, let file = fdopen(descriptor, "w") else {
            throw FilterRun.Failure(description: "no file in /tmp")
        }
        for line in lines {
            fwrite(line, 1, line.count, file)
            putc(0x0A, file)
        }
        fclose(file)
    }

    deinit { unlink(path) }
}
