import Decoder
import Glibc
import Receivers
import TestSupport
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

    /// Every document is found from the first one, and every link leads somewhere.
    @Test func linksLeadSomewhere() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let documents = TemporaryDirectory.names(in: "\(root)/docs").filter { $0.hasSuffix(".md") }
        let readme = try Readme.text()
        for document in documents { #expect(readme.contains("(docs/\(document))"), "\(document)") }
        for (file, folder) in [("README.md", "")] + documents.map({ ("docs/\($0)", "docs/") }) {
            for link in try Readme.text(file).matches(of: /\]\(([^)#\s:]+)(#[^)\s]+)?\)/) {
                let target = folder + link.output.1
                #expect(access("\(root)/\(target)", F_OK) == 0, "\(file): \(target)")
                guard let anchor = link.output.2, target.hasSuffix(".md") else { continue }
                let headings = try Readme.text(target).split(separator: "\n").filter {
                    $0.hasPrefix("#") && Self.anchor(of: $0) == anchor.dropFirst()
                }
                #expect(headings.count == 1, "\(file): \(target)\(anchor)")
            }
        }
    }

    /// As it is linked to: small letters and digits, blanks as dashes, all else left out.
    private static func anchor(of heading: Substring) -> String {
        let text = heading.drop { $0 == "#" }.dropFirst().lowercased()
        return String(
            text.compactMap { character in
                if character == " " { return "-" }
                return character.isLetter || character.isNumber || "-_".contains(character)
                    ? character : nil
            })
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
