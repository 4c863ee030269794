import Decoder
import Glibc
import Testing

@testable import Gateway

/// A directory that is gone when the test ends.
private final class KeyDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/oms2mqtt-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names {
            unlink("\(path)/\(name)")
            rmdir("\(path)/\(name)")
        }
        rmdir(path)
    }

    private var names: [String] = []

    /// Writes a file and gives its path.
    func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
        names.append(name)
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let octets = Array(text.utf8)
        try #require(Glibc.write(descriptor, octets, octets.count) == octets.count)
        try #require(fchmod(descriptor, mode) == 0)
        return file
    }

    func makeDirectory(_ name: String) throws -> String {
        names.append(name)
        try #require(mkdir("\(path)/\(name)", 0o700) == 0)
        return "\(path)/\(name)"
    }

    func makePipe(_ name: String) throws -> String {
        names.append(name)
        try #require(mkfifo("\(path)/\(name)", 0o600) == 0)
        return "\(path)/\(name)"
    }
}

@Suite struct KeySourceTests {
    static let hex = "0102030405060708090A0B0C0D0E0F11"
    let key = MeterKey(hex: hex)
    private let directory: KeyDirectory

    init() throws { directory = try KeyDirectory() }

    private func source(_ variables: [String: String] = [:]) -> KeySource {
        KeySource { variables[$0] }
    }

    private func failure(_ text: String, _ source: KeySource) -> String? {
        do {
            _ = try source.key(text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [hex, hex.lowercased()])
    func fromTheTextItself(_ text: String) throws {
        #expect(try source().key(text).key == key)
    }

    @Test(arguments: ["\(hex)\n", " \(hex)\r\n", hex])
    func fromAFile(_ text: String) throws {
        let path = try directory.write(text, to: "key")
        let found = try source().key("file:\(path)")
        #expect(found == KeySource.Found(key: try #require(key), fileOpenToAll: nil))
    }

    @Test func fromAFileThatEveryoneMayRead() throws {
        let path = try directory.write(Self.hex, to: "key", mode: 0o644)
        #expect(try source().key("file:\(path)").fileOpenToAll == path)
        let yaml = "oms: [{name: a, id: 12345678, key: \"file:\(path)\"}]"
        let (configuration, faults) = ConfigurationFile.read(Array(yaml.utf8))
        #expect(configuration?.meters.first?.key == key)
        #expect(
            faults.map(\.description) == [
                "1: warning: oms[1].key: meter 'a': everyone on this computer can read the key in "
                    + "\(path): run 'chmod o= \(path)'"
            ])
    }

    @Test func fromAVariable() throws {
        #expect(try source(["KEY": " \(Self.hex)\n"]).key("env:KEY").key == key)
    }

    @Test func fromACredential() throws {
        // systemd closes the directory, not each file in it: no warning.
        _ = try directory.write(Self.hex, to: "water", mode: 0o444)
        let found = try source(["CREDENTIALS_DIRECTORY": directory.path]).key("credential:water")
        #expect(found == KeySource.Found(key: try #require(key), fileOpenToAll: nil))
    }

    @Test(
        arguments: [
            hex.lowercased(), "0x\(hex)", " \(hex)\n", "01020304-05060708-090A0B0C-0D0E0F11",
            "01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 11",
            "0X01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:11",
        ])
    func asPeopleHaveIt(_ text: String) throws {
        #expect(try source().key(text).key == key)
        let file = try directory.write(text, to: "key")
        #expect(try source().key("file:\(file)").key == key)
    }

    @Test func theEnvironmentOfTheProcess() {
        #expect(KeySource.process.variable("PATH") != nil)
        #expect(KeySource.process.variable("OMS2MQTT_NOT_SET") == nil)
    }

    @Test func whatIsWrongIsSaid() throws {
        let short = try directory.write("0102", to: "short")
        let large = try directory.write(String(repeating: " ", count: 5000), to: "large")
        let folder = try directory.makeDirectory("folder")
        let pipe = try directory.makePipe("pipe")
        let missing = "\(directory.path)/missing"
        let full = source(["EMPTY": "", "CREDENTIALS_DIRECTORY": directory.path])
        let cases = [
            ("", "the key has 0 digits, 32 are needed: copy it again from the meter's supplier"),
            ("0", "the key has 1 digit, 32 are needed: copy it again from the meter's supplier"),
            (
                Self.hex + "00",
                "the key has 34 digits, 32 are needed: copy it again from the meter's supplier"
            ),
            (
                "0O\(Self.hex.dropFirst(2))",
                "character 2 of the key is no hex digit (0-9, A-F): write the 32 digits alone"
            ),
            (
                "0x\(Self.hex.dropLast())_",
                "character 34 of the key is no hex digit (0-9, A-F): write the 32 digits alone"
            ),
            (
                "file:\(short)",
                "the key in the file \(short) has 4 digits, 32 are needed: "
                    + "copy it again from the meter's supplier"
            ),
            ("file:\(large)", "\(large) is larger than 4096 bytes: is it the right file?"),
            ("file:\(folder)", "\(folder) is no file: check the path"),
            ("file:\(pipe)", "\(pipe) is no file: check the path"),
            ("file:\(missing)", "there is no file \(missing): check the path"),
            ("file:key", "write the whole path of the key's file, as file:/etc/…"),
            ("env:NONE", "the variable NONE is not set: set it where the program is started"),
            (
                "env:EMPTY",
                "the key in the variable EMPTY has 0 digits, 32 are needed: "
                    + "copy it again from the meter's supplier"
            ),
            ("credential:../short", "write the credential's name alone, without '/'"),
            ("credential:", "write the credential's name alone, without '/'"),
            ("credential:missing", "there is no file \(missing): check the path"),
        ]
        for (text, expected) in cases {
            #expect(failure(text, full) == expected)
        }
        #expect(
            failure("credential:water", source()) == "there are no credentials: start the program "
                + "as a systemd service with LoadCredential=water:/path/of/the/key")
    }

    // MARK: The configuration file itself

    @Test(
        arguments: [
            ("mqtt: {user: a, pass: b}", 0o644, true),
            ("mqtt: {user: a, pass: b}", 0o640, false),
            ("mqtt: {user: a}", 0o644, false),
            ("oms: [{name: a, id: 12345678, key: \(hex)}]", 0o604, true),
            ("oms: [{name: a, id: 12345678, key: \"env:KEY\"}]", 0o644, false),
            ("zenner_datahub: [{name: a, broker_host: b, broker_pass: c}]", 0o644, true),
        ] as [(String, mode_t, Bool)])
    func warnsOfSecretsThatEveryoneMayRead(_ yaml: String, _ mode: mode_t, _ warns: Bool) throws {
        let path = try directory.write(yaml, to: "e2m.yaml", mode: mode)
        let (configuration, faults) = ConfigurationFile.load(
            path, keys: source(["KEY": Self.hex]))
        #expect(configuration != nil)
        let expected =
            "warning: everyone on this computer can read this file, and keys or passwords are in "
            + "it: run 'chmod o= \(path)'"
        #expect(faults.map(\.description) == (warns ? [expected] : []))
    }

    @Test func aFileOfMoreThanAMegabyteIsNotRead() throws {
        let text = String(repeating: "#", count: YAMLDocument.maximumSize + 1)
        let path = try directory.write(text, to: "e2m.yaml")
        let (configuration, faults) = ConfigurationFile.load(path)
        #expect(configuration == nil)
        #expect(
            faults.map(\.message) == [
                "\(path) is larger than 1048576 bytes: is it the right file?"
            ])
    }
}
