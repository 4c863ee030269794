import Testing

@testable import Gateway

/// What `docs/configuration.md` says is what the program does.
@Suite struct ConfigurationDocumentTests {
    let text: String

    init() throws {
        let above = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try SmallFile(reading: "/\(above)/docs/configuration.md", limit: 1 << 20)
        text = String(decoding: file.octets, as: UTF8.self)
    }

    private var examples: [String] {
        text.split(separator: "```yaml\n").dropFirst().map {
            String($0.split(separator: "\n```", omittingEmptySubsequences: false)[0])
        }
    }

    /// The page by its headings of the second level.
    private func part(_ section: Section) throws -> String {
        let parts = text.split(separator: "\n## ")
        return String(try #require(parts.first { $0.hasPrefix("`\(section.rawValue)`") }))
    }

    @Test func everyExampleIsSound() {
        #expect(examples.count == 14)
        for example in examples {
            let (configuration, faults) = ConfigurationFile.read(Array(example.utf8))
            #expect(configuration != nil)
            #expect(faults == [])
        }
    }

    @Test func theDefaultsAreThose() throws {
        let example = try #require(examples.last)
        let (configuration, _) = ConfigurationFile.read(Array(example.utf8))
        #expect(configuration == Configuration())
        for key in MQTTKey.allCases { #expect(example.contains("\n  \(key.rawValue):")) }
    }

    /// What the tables say is the default is what the program does without the key, and no key is
    /// explained that it does not know.
    @Test func theTablesAreReal() throws {
        var compared = 0
        for section in [Section.mqtt, .httpd, .storage] {
            for row in try part(section).split(separator: "\n").filter({ $0.hasPrefix("| `") }) {
                let cells = row.split(separator: "|").map { $0.split(separator: "`") }
                guard cells.count == 3 || cells.count > 3, cells[0].count > 1 else { continue }
                let key = String(cells[0][1])
                // Rows of other tables explain kinds of messages.
                guard Delivery.Kind(rawValue: key) == nil else { continue }
                let value = cells[1].count > 1 ? String(cells[1][1]) : nil
                guard let value, cells[1][0] == " " else { continue }
                let text = "\(section.rawValue): {\(key): \(value)}"
                let (found, faults) = ConfigurationFile.read(Array(text.utf8))
                #expect(faults == [], "\(text)")
                #expect(found == Configuration(), "\(text)")
                compared += 1
            }
        }
        #expect(compared >= 16)
    }

    @Test func theFaultShownIsTheOneGiven() throws {
        let short = try #require(examples.first).replacing("0F11", with: "0F1")
        let (configuration, faults) = ConfigurationFile.read(Array(short.utf8))
        let report = ConfigurationReport(
            file: "e2m.yaml", configuration: configuration, faults: faults)
        #expect(text.contains("```text\n\(report.lines.joined(separator: "\n"))\n```"))
    }

    @Test func everyKeyIsExplained() throws {
        func explains<Key: CaseIterable & RawRepresentable<String>>(
            _ section: Section, _: Key.Type
        ) throws {
            let part = try part(section)
            let rows = part.split(separator: "\n").filter { $0.hasPrefix("| `") }
            for key in Key.allCases {
                let name = "`\(key.rawValue)`"
                let isThere = rows.contains { row in
                    row.split(separator: "|").first { !$0.isEmpty }?.contains(name) == true
                }
                #expect(isThere, "\(section.rawValue).\(key.rawValue) is not explained")
            }
        }
        try explains(.mqtt, MQTTKey.self)
        try explains(.oms, MeterSettingsKey.self)
        try explains(.receivers, ReceiverKey.self)
        try explains(.mqtt, Delivery.Kind.self)
        try explains(.inputs, TelegramTopicKey.self)
        try explains(.forward, ForwardKey.self)
        try explains(.fleet, FleetKey.self)
        try explains(.httpd, HTTPServerKey.self)
        try explains(.storage, StorageKey.self)
        try explains(.datahub, DatahubKey.self)
        try explains(.datahub, DatahubEndpointKey.self)
    }

    @Test func everyPlaceAndIgnoredSectionIsNamed() {
        for place in ConfigurationFile.usualPlaces { #expect(text.contains("`\(place)`")) }
        for section in Section.ignored { #expect(text.contains("`\(section)`")) }
    }
}
