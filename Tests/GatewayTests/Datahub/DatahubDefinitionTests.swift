import TestSupport
import Testing
import Wire

@testable import Gateway

/// Definition files of energy2mqtt for LoRaWAN devices.
@Suite struct DatahubDefinitionTests {
    static let whole = """
        manufacturer: Acme
        model: Thermo 2
        support_url: https://acme.example
        aliases:
          - !DevEUI "^00112233[0-9A-F]{8}$"
          - !ProductId 4711
          - !DataField [kind, thermo]
          - !DevAndData ["^AA", kind, "2"]
        data_fields:
          - platform: sensor
            name: temperature
            friendly_name: Temperature
            unit_of_measurement: "°C"
            device_class: temperature
            state_class: measurement
            value_template: "{{ value_json.temperature }}"
            map_key: t1
            e2m_extra_keys: { suggested_display_precision: 1, icon: "mdi:home", other: x }
          - { platform: binary_sensor, name: window, device_class: window, payload_on: true,
              payload_off: 0, e2m_persist: no }
        timings:
          max_eventtime: 3600
          max_devtime: 2h
        options:
          has_gps: true
          ignore_generated_values: true
          has_command_topic: true
        """

    private func read(_ text: String) -> (DatahubDefinition?, [ConfigurationFault]) {
        DatahubDefinitionReader.read(Array(text.utf8), id: "acme/thermo2")
    }

    @Test func aWholeFileIsRead() throws {
        let (found, faults) = read(Self.whole)
        #expect(faults == [])
        let definition = try #require(found)
        #expect(definition.manufacturer == "Acme")
        #expect(definition.model == "Thermo 2")
        #expect(definition.mostEventAge == 3600)
        #expect(definition.mostDeviceAge == 7200)
        #expect(definition.ignoresGenerated)
        #expect(definition.takesCommands)
        #expect(
            definition.fields == [
                DatahubField(
                    name: "temperature", source: "t1", platform: .sensor,
                    friendlyName: "Temperature", unit: "°C", deviceClass: .temperature,
                    stateClass: .measurement, icon: "mdi:home", decimals: 1,
                    template: "{{ value_json.temperature }}"),
                DatahubField(
                    name: "window", platform: .binarySensor, deviceClass: .window,
                    payloadOn: "ON", payloadOff: "0", persists: false),
            ])
    }

    /// A device, its values, and whether the file is for it.
    @Test(
        arguments: [
            ("0011223344556677", "{}", true), ("00112233aabbccdd", "{}", true),
            ("001122334455667", "{}", false), ("x0011223344556677", "{}", false),
            ("d", #"{"prod_id":4711}"#, true), ("d", #"{"prod_id":"4711"}"#, true),
            ("d", #"{"prod_id":{"value":4711}}"#, true), ("d", #"{"prod_id":471}"#, false),
            ("d", #"{"kind":"Thermo"}"#, true), ("d", #"{"kind":"thermos"}"#, false),
            ("AA01", #"{"kind":2}"#, true), ("AA01", #"{"kind":3}"#, false),
            ("BA01", #"{"kind":2}"#, false), ("AA01", "{}", false),
        ])
    func aliases(_ device: String, _ values: String, _ fits: Bool) throws {
        let body = Array(DatahubMessages.of(device, values))
        let message = try #require(DatahubMessage(JSONValue(parsing: body.span)))
        let definition = try #require(read(Self.whole).0)
        #expect(definition.matches(message.device, message.values) == fits)
    }

    /// Which of two names a device uses, the template tells.
    @Test(
        arguments: [
            ("", "new", "old"), ("{{ value_json.new }}", "new", "old"),
            ("{{ value_json.old | float }}", "old", "new"),
            ("{{ value_json.new + value_json.old }}", "new", "old"), ("{{ 1 }}", "new", "old"),
        ])
    func renaming(_ template: String, _ name: String, _ source: String) throws {
        let (definition, faults) = read(
            """
            manufacturer: A
            model: B
            aliases: [!DevEUI a]
            data_fields:
              - { name: new, map_key: old, value_template: "\(template)" }
            """)
        #expect(faults == [])
        let field = try #require(definition?.fields.first)
        #expect(field.name == name)
        #expect(field.source == source)
    }

    /// What is wrong in a file, by line, and whether the rest is used.
    @Test(
        arguments: [
            ("", 0, "the file is empty", false),
            ("manufacturer: A\nmodel: B", 1, "nothing says which devices", false),
            ("manufacturer: A\naliases: [!DevEUI a]", 1, "write 'model: ", false),
            ("model: B\nmanufacturer: A\naliases: a", 3, "write a list", false),
            ("model: B\nmanufacturer: A\naliases:\n- a", 4, "names no device", false),
            ("model: B\nmanufacturer: A\naliases:\n- !DevEUI [a, b]", 4, "names no device", false),
            ("model: B\nmanufacturer: A\naliases:\n- !DevEui a", 4, "names no device", false),
            ("model: B\nmanufacturer: A\naliases:\n- !DataField a", 4, "names no device", false),
            ("model: B\nmanufacturer: A\naliases:\n- !DevEUI '('", 4, "this is no pattern", false),
            ("model: B\nmanufacturer: A\naliases:\n- !DevEUI ''", 4, "1 to 200 characters", false),
            (head + "timings: { max_eventtime: soon }", 4, "this is no time", false),
            (head + "timings: { max_eventtime: 0 }", 4, "this is no time", false),
            (head + "timings: { max_eventtime: 9999999999999999999d }", 4, "no time", false),
            (head + "timings: 7", 4, "write keys below it", false),
            (head + "options: { has_gps: maybe }", 4, "neither yes nor no", false),
            (head + "data_fields: [7]", 4, "write keys below it", false),
            (head + "data_fields: [{platform: sensor}]", 4, "write 'name: ", false),
            (head + "data_fields: [{name: a}, {name: a}]", 4, "has the same name", false),
            (head + "data_fields: [{name: a, platform: switch}]", 4, "only sensor", true),
            (head + "data_fields: [{name: a, device_class: heat2}]", 4, "it is not used", true),
            (
                head + "data_fields: [{name: a, device_class: energy, unit_of_measurement: W}]", 4,
                "wants another unit", true
            ),
            (head + "data_fields: [{name: a, state_class: meas}]", 4, "it is not used", true),
            (head + "data_fields: [{name: a, frendly_name: x}]", 4, "'friendly_name'?", true),
            (head + "unknown: 1", 4, "not known", true),
            ("\tmodel: B", 1, "", false),
        ] as [(String, Int, String, Bool)])
    func faults(_ text: String, _ line: Int, _ words: String, _ isUsed: Bool) {
        let (definition, faults) = read(text)
        #expect((definition != nil) == isUsed)
        #expect(
            faults.contains { $0.line == line && "\($0)".contains(words) }, "\(faults)")
    }

    private static let head = "manufacturer: A\nmodel: B\naliases: [!DevEUI a]\n"

    @Test func theOwnFilesAreSound() throws {
        for (id, text) in ZennerDefinitions.texts {
            let (definition, faults) = DatahubDefinitionReader.read(Array(text.utf8), id: id)
            #expect(faults == [], "\(id)")
            #expect(definition != nil)
        }
        let definitions = DatahubDefinitions()
        for (device, model, age) in [
            ("00956906ABCDEF01", "Gas meter", 1200), ("04B648F330000001", "CO₂ sensor", 1200),
            ("04B648FD00000001", "Heat cost allocator", 86_400),
            ("04b6480b00000001", "Smoke detector", 86_400), ("04B6480A00000001", "", 1200),
        ] {
            let found = definitions.definition(of: device, [])
            #expect(found.model == model)
            #expect(found.mostEventAge == age)
        }
    }

    @Test func filesOfAFolderComeFirst() throws {
        let directory = TemporaryDirectory()
        directory.write(
            "manufacturer: Me\nmodel: Mine\naliases: [!DevEUI ^00956906]", to: "me/b.yaml")
        directory.write(
            "manufacturer: Me\nmodel: First\naliases: [!DevEUI ^00956906F]", to: "me/a.yaml")
        directory.write("model: [", to: "other/broken.yaml")
        directory.write("not a definition", to: "me/readme.txt")
        let (definitions, faults) = DatahubDefinitions.load([directory.path, "/nonexistent"])
        #expect(faults.map(\.path) == [directory.file("other/broken.yaml")])
        #expect(definitions.definition(of: "0095690600000000", []).model == "Mine")
        #expect(definitions.definition(of: "00956906FFFFFFFF", []).model == "First")
        #expect(definitions.definition(of: "04B648F330000001", []).model == "CO₂ sensor")
    }

    // MARK: Patterns

    @Test(
        arguments: [
            ("^04B648FD", "04B648FD00000001", true), ("^04B648FD", "004B648FD", false),
            ("04b648fd", "xx04B648FDxx", true), (#"^\d{4}$"#, "1234", true),
            (#"^\d{4}$"#, "123a", false), (#"^[\da]+$"#, "1a2", true), ("a|b", "xb", true),
            ("^(?:ab)+$", "abab", true), (".*", "", true), (#"a\.b"#, "a.b", true),
            (#"a\.b"#, "axb", false), ("^a{0,3}$", "aaa", true),
        ])
    func patterns(_ pattern: String, _ text: String, _ fits: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == fits)
    }

    @Test(
        arguments: [
            ("", RegularExpressionError.badLength),
            (String(repeating: "a", count: 201), .badLength), ("a\0b", .badLength),
            ("((a{100}){100}){100}", .tooManyRepetitions), ("a{2000}", .tooManyRepetitions),
            ("a{9223372036854775807}{2}", .tooManyRepetitions), ("(?i)a", .notSupported("(?")),
            ("(?=a)", .notSupported("(?")), (#"(a)\1"#, .notSupported(#"\1"#)),
        ])
    func refusedPatterns(_ pattern: String, _ expected: RegularExpressionError) {
        #expect(throws: expected) { try RegularExpression(pattern) }
    }

    /// Nothing that a file has stops the start for long.
    @Test func patternsOfAnyKindEnd() {
        var generator = SeededGenerator(state: 5)
        let pieces =
            ["(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", "\\", "\\d"]
            + ["a", "0", ",", "9", "(?:", "{1,9}", "-", ".", "ä", "[:alpha:]", "[.a.]"]
        var sound = 0
        for _ in 0..<5000 {
            let count = Int.random(in: 1...12, using: &generator)
            let pattern = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            guard let expression = try? RegularExpression(pattern) else { continue }
            sound += 1
            _ = expression.matches("04B648FD00000001")
        }
        #expect((500...4500).contains(sound))
    }
}

/// What `docs/datahub.md` says is so.
@Suite struct DatahubDocumentTests {
    let text: String

    init() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try SmallFile(reading: "/\(root)/docs/datahub.md", limit: 1 << 20)
        text = String(decoding: file.octets, as: UTF8.self)
    }

    @Test func theExamplesAreSound() {
        let examples = text.split(separator: "```yaml\n").dropFirst().map {
            Array($0.split(separator: "\n```", omittingEmptySubsequences: false)[0].utf8)
        }
        #expect(examples.count == 3)
        for example in examples.dropLast() {
            let (configuration, faults) = ConfigurationFile.read(example)
            #expect(configuration?.datahubs.count == 1)
            #expect(faults == [])
        }
        let (definition, faults) = DatahubDefinitionReader.read(examples.last ?? [], id: "a/b")
        #expect(definition != nil)
        #expect(faults == [])
    }

    @Test func everyCounterIsExplained() throws {
        let message = DatahubStatistics().message(of: "house", try Topics())
        let keys = try JSONValue(parsing: message.payload.span).members?.map(\.key) ?? []
        #expect(keys.count == 14)
        for key in keys { #expect(text.contains("\n| `\(key)` |"), "\(key)") }
    }

    @Test func theRequestThatIsShownIsTaken() throws {
        let body = try #require(
            text.split(separator: "-d \\\n  '").last?.split(separator: "'").first)
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        #expect(intake.receive(Array(body.utf8), from: "house", at: .now).word == "published")
    }
}
