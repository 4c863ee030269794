import Decoder
import Glibc
import Testing
import Wire

@testable import Gateway

/// Discovery of real meters, where the folder with their telegrams is at hand.
@Suite struct DiscoveryCorpusTests {
    @Test(arguments: [
        ("telegrams.jsonl", PublishedUnits.decided), ("telegrams.jsonl", .original),
        ("derived.jsonl", .decided),
    ])
    func allPayloadsAreValid(_ file: String, _ units: PublishedUnits) throws {
        let paths = ["../shared/vectors/", "../../shared/vectors/"].map { $0 + file }
        guard let octets = paths.firstMap({ try? AtomicFile.read($0, limit: 16 << 20) }),
            !octets.isEmpty
        else {
            print("No corpus at \(paths[0]): its telegrams are not checked.")
            return
        }
        var devices = 0
        var entities = 0
        var faults: [String] = []
        for line in octets.split(separator: 0x0A) {
            let json = try JSONValue(parsing: Array(line).span)
            guard let hex = json["telegram_hex"]?.string, let telegram = try? Hex.octets(hex),
                let reading = try? OfflineDecoder(units: units).reading(
                    of: telegram, key: json["key"]?.string.flatMap { MeterKey(hex: $0) })
            else { continue }
            devices += 1
            entities += try Discovery.device(reading, name: "My meter", units: units).entities.count
            faults += try Discovery.faults(reading, name: "My meter", units: units)
                .map { (json["id"]?.string ?? "") + " " + $0 }
        }
        print("\(file), \(units): \(devices) devices with \(entities) entities.")
        for fault in faults.prefix(20) { print("  \(fault)") }
        #expect(faults.isEmpty)
        #expect(devices > 0)
    }
}

extension [String] {
    fileprivate func firstMap<Value>(_ transform: (String) -> Value?) -> Value? {
        for element in self {
            if let value = transform(element) { return value }
        }
        return nil
    }
}
