import Decoder
import Glibc
import Receivers
import Testing
import Wire

@testable import Gateway

/// What the README shows is what comes out.
@Suite struct ReadmeTests {
    @Test func theExampleIsReal() throws {
        let text = try Readme.text()
        let parts = text.split(separator: "`")
        let hex = try #require(parts.first { $0.hasPrefix("2E4493157856341233037A2A") })
        let shown = try #require(
            text.split(separator: "<!-- example: annex-n -->").last?
                .split(separator: "```").first { $0.hasPrefix("json\n") })
        let key = try #require(MeterKey(hex: "0102030405060708090A0B0C0D0E0F11"))
        let reading = try OfflineDecoder().reading(of: try Hex.octets(String(hex)), key: key)
        var json = JSONWriter()
        ReadingJSON().append(
            reading,
            reception: Reception(
                time: WallTime(seconds: 1_795_590_249, nanoseconds: 120_000_000),
                receiver: "im871a", signalStrength: -71),
            to: &json)
        #expect(try JSONValue(parsing: json.text) == JSONValue(parsing: String(shown.dropFirst(5))))
    }

    @Test func theConfigurationIsSound() throws {
        let yaml = try #require(
            Readme.text().split(separator: "```").first { $0.hasPrefix("yaml\n") })
        let (configuration, faults) = ConfigurationFile.read(Array(yaml.dropFirst(5).utf8))
        #expect(faults.isEmpty)
        #expect(configuration?.meters.map(\.name) == ["gas"])
        #expect(configuration?.receivers.first?.modes == [.t1, .c1])
    }
}

enum Readme {
    static func text(_ path: String = "README.md") throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = try #require(fopen("/\(root)/\(path)", "r"))
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&octets, 1, octets.count, file)
        return String(decoding: octets.prefix(count), as: UTF8.self)
    }
}
