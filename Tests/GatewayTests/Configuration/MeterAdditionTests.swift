import Glibc
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite struct MeterAdditionTests {
    static let keys = KeySource { _ in nil }

    private func add(
        id: String = "12345678", key: String? = GasMeter.key,
        heard: [RadioFrame] = [GasMeter.frame],
        to file: String = "mqtt: {host: a}\n", isSure: Bool = false
    ) throws(MeterAddition.Failure) -> MeterAddition {
        var wish = MeterAddition.Wish(name: "Gas", id: id, key: key.map(Secret.init))
        wish.isSure = isSure
        return try MeterAddition(wish, heard: heard, to: Array(file.utf8), keys: Self.keys)
    }

    @Test func idAndKeyAreChecked() throws {
        let addition = try add()
        #expect(addition.meter.id == "03ELS3312345678")
        #expect(addition.findings == ["The key opens its telegrams."])
        let (configuration, faults) = ConfigurationFile.read(addition.octets, keys: Self.keys)
        #expect(configuration?.meters == [GasMeter.settings(id: "03ELS3312345678")])
        #expect(faults == [])
    }

    @Test func aKeyThatDoesNotFitIsRefused() throws {
        let wrong = String(repeating: "1", count: 32)
        #expect {
            try add(key: wrong)
        } throws: {
            "\($0)".contains("the key does not open its telegram") && !"\($0)".contains(wrong)
        }
        #expect(try add(key: wrong, isSure: true).findings.first?.contains("wrong") == true)
        #expect(try add(key: nil).findings.first?.contains("encrypted") == true)
        #expect(try add(heard: []).findings.first?.contains("No telegram") == true)
    }

    static let refused: [(id: String, key: String?, file: String, word: String)] = [
        ("1234", nil, "", "no meter id"),
        ("12345678", nil, "oms:\n - {name: G, id: ELS 12345678}\n", "'G' (ELS 12345678) is this"),
        ("12345678", nil, "oms:\n - {name: Gas, id: 87654321}\n", "has this name too"),
        ("12345678", "0102", "", "4 digits"),
        ("12345678", "file:/nowhere", "", "no file"),
        ("12345678", nil, "oms: [", "was not changed"),
        ("12345678", nil, "{mqtt: {}}\n", "by hand"),
    ]

    @Test(arguments: refused)
    func isRefused(_ id: String, _ key: String?, _ file: String, _ word: String) {
        for heard in [[], [GasMeter.frame]] {
            #expect {
                try add(id: id, key: key, heard: heard, to: file)
            } throws: {
                "\($0)".contains(word)
            }
        }
    }

    @Test func twoMetersWithOneNumber() {
        let heard = [GasMeter.clear(number: 0x1234_5678, version: 1), GasMeter.frame]
        #expect {
            try add(heard: heard)
        } throws: {
            "\($0)".contains("03ELS0112345678, 03ELS3312345678")
        }
    }

    @Test func theFileKeepsOwnerModeAndLink() throws {
        let directory = TemporaryDirectory()
        directory.write("one", to: "real/e2m.yaml")
        chmod(directory.file("real/e2m.yaml"), 0o604)
        let isRoot = geteuid() == 0
        if isRoot { chown(directory.file("real/e2m.yaml"), 12, 34) }
        directory.link("e2m.yaml", to: "real/e2m.yaml")
        let path = directory.file("e2m.yaml")
        try ConfigurationFile.save(Array("two".utf8), to: path, replacing: Array("one".utf8))
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(directory.read("real/e2m.yaml") == Array("two".utf8))
        stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o604)
        if isRoot { #expect(status.st_uid == 12 && status.st_gid == 34) }
        #expect {
            try ConfigurationFile.save([], to: path, replacing: Array("one".utf8))
        } throws: {
            "\($0)".contains("somebody else")
        }
        #expect(directory.read("e2m.yaml") == Array("two".utf8))
    }
}
