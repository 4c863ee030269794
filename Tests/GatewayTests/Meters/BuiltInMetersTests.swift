import Decoder
import Testing
import Wire

@testable import Gateway

/// The definitions of `meters/`, each tested by its own telegrams.
@Suite struct BuiltInMetersTests {
    private static let repository =
        "/"
        + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    private static let folder = MeterDefinitionFolder("\(repository)/meters")
    static let files = folder.files().0

    @Test(arguments: files.map(\.id))
    func hasNoFault(_ id: String) throws {
        let file = try #require(Self.files.first { $0.id == id })
        let (definition, faults) = MeterDefinitionReader.read(file.octets, id: id)
        #expect(faults == [])
        #expect(definition?.telegrams.isEmpty == false, "a telegram to test it with is missing")
        #expect(id.split(separator: "/").count == 2)
    }

    /// No meter fits two definitions equally well.
    @Test func fitOneMeterEach() {
        let (definitions, faults) = Self.folder.load()
        #expect(definitions.count == Self.files.count)
        #expect(faults.map { "\($0.path): \($0.fault)" } == [])
    }

    /// What the program has inside is what the files say: else run `make meters`.
    @Test func areInTheProgram() {
        #expect(BuiltInMeters.all.map(\.id.description) == Self.files.map(\.id))
        for (file, builtIn) in zip(Self.files, BuiltInMeters.all) {
            // The text ends before the line break that closes it.
            let text = builtIn.text.withUTF8Buffer { Array($0) }
            #expect(text == file.octets, "\(file.id) has changed")
        }
        for file in Self.files.indices {
            for detection in BuiltInMeters.definition(file)?.detections ?? [] {
                #expect(BuiltInMeters.files(of: detection.meter.manufacturer).contains(file))
            }
        }
        #expect(BuiltInMeters.files(of: ManufacturerCode(rawValue: 0)) == [])
    }

    @Test(arguments: files.map(\.id))
    func readsItsTelegrams(_ id: String) throws {
        let definition = try #require(MeterCatalogue().all.first { $0.id == id })
        #expect(definition.faultsOfTelegrams() == [])
        #expect(definition.telegrams.allSatisfy { !$0.reading.isEmpty })
    }

    /// The example of docs/adding-a-meter.md does what is said there.
    @Test func theDocumentsExample() throws {
        let file = try SmallFile(
            reading: "\(Self.repository)/docs/adding-a-meter.md", limit: 1 << 20)
        let text = String(decoding: file.octets, as: UTF8.self)
        let part = try #require(text.split(separator: "<!-- example: definition -->\n").last)
        let yaml = try #require(part.split(separator: "```").first { $0.hasPrefix("yaml\n") })
        let (definition, faults) = MeterDefinitionReader.read(
            Array(yaml.dropFirst(5).utf8), id: "acme/flow3")
        #expect(faults == [])
        let sample = try #require(definition)
        #expect(sample.faultsOfTelegrams() == [])
        #expect(PublishedFields(of: [sample]).untested(in: [sample]) == [])
        // The telegram is the one that is decoded before.
        #expect(text.split(separator: sample.telegrams[0].hex).count == 3)
        var json = JSONWriter()
        OfflineDecoder().appendJSON(
            of: Array(sample.telegrams[0].hex.utf8).span, key: nil, to: &json)
        let shown = ReadingText.lines(of: json.span).joined(separator: "\n")
        #expect(text.contains("```text\n\(shown)\n```"))
    }

    // MARK: Names and units

    /// Each field of a definition is read from one of its telegrams.
    @Test func testTheirFields() {
        let definitions = Self.folder.load().0
        let untested = PublishedFields(of: definitions).untested(in: definitions)
        #expect(untested == [], "no telegram in the definition's file has these fields")
    }

    /// A name and its unit stay for ever.
    @Test func keepNamesAndUnits() throws {
        let list = try SmallFile(
            reading: "\(Self.repository)/meters/fields.txt", limit: YAMLDocument.maximumSize)
        let released = PublishedFields(parsing: String(decoding: list.octets, as: UTF8.self))
        #expect(released.lines.count > 300)
        let missing = PublishedFields(of: Self.folder.load().0).missing(of: released)
        #expect(
            missing == [],
            "users build on these names and units: put the fields back as they were")
    }
}
