import Decoder
import Glibc
import TestSupport
import Testing

@testable import Gateway

@Suite struct RunningConfigurationTests {
    let directory = TemporaryDirectory()
    static let keys = KeySource { _ in nil }

    static let head = """
        mqtt: {host: broker.example}
        receivers: [{stick: cul, port: /dev/ttyUSB0}]
        oms:
          - name: Water
            id: 07ELS3312345678

        """
    static let second = """
          - name: Heat
            id: 04ACM0187654321
            key: 11111111111111111111111111111111

        """

    private var path: String { directory.file("e2m.yaml") }

    private func running(_ text: String) -> RunningConfiguration {
        write(text.utf8)
        let (found, _) = ConfigurationFile.load(path, keys: Self.keys)
        return RunningConfiguration(
            path: path, configuration: found ?? Configuration(), keys: Self.keys)
    }

    private func write(_ octets: some Sequence<UInt8>) {
        directory.write(octets, "e2m.yaml")
        chmod(path, 0o640)
    }

    private func names(_ running: RunningConfiguration) -> [String] {
        running.configuration.meters.map(\.name)
    }

    @Test func aSoundFileIsTaken() {
        var running = running(Self.head)
        #expect(running.readAgain() == .same(wasRefused: false))
        let before = running.configuration
        write((Self.head + Self.second).utf8)
        #expect(running.readAgain() == .taken(from: before, notes: []))
        #expect(names(running) == ["Water", "Heat"])
        write((Self.head + "# a remark\n" + Self.second).utf8)
        #expect(running.readAgain() == .same(wasRefused: false))
    }

    /// A part that cannot be used from the start on is a fault until it is mended.
    @Test func aPartThatIsNotUsed() {
        let broken = Self.second.replacing("11111111111111111111111111111111", with: "1111")
        var running = running(Self.head + broken)
        #expect(names(running) == ["Water"])
        #expect(running.fault?.line == 8)
        // What runs, and is known, is no reason to refuse another change.
        write((Self.head + broken + "httpd: {port: 8000}\n").utf8)
        guard case .taken = running.readAgain() else { return #expect(Bool(false)) }
        #expect(running.fault?.line == 8)
        write((Self.head + Self.second).utf8)
        _ = running.readAgain()
        #expect(running.fault == nil)
        write((Self.head + broken).utf8)
        guard case .refused = running.readAgain() else { return #expect(Bool(false)) }
        #expect(running.refusal?.line == 8)
    }

    /// What makes a file unfit, with the line and a word of the message.
    static let broken: [(file: String, line: Int, word: String)] = [
        ("", 0, "empty"),
        ("# nothing\n", 0, "empty"),
        ("oms: [\n", 2, "brackets"),
        (head + "  - name: Heat\n    id: 12\n", 7, "has 8 digits"),
        (head + second.replacing("11111111\n", "1\n"), 8, "25 digits"),
        (head.replacing("broker.example", "mqtt://broker"), 1, "without 'mqtt://'"),
        (head.replacing("cul", "cux"), 2, "word is not known"),
        (String((head + second).prefix(90)), 4, "the value is missing"),
        (String((head + second).prefix(14)), 1, "never closed"),
        (String((head + second).prefix(28)), 1, "end the line"),
        (head, 5, "run 'systemctl reload oms2mqtt'"),
    ]

    @Test(arguments: broken)
    func aBrokenFileIsNot(_ file: String, _ line: Int, _ word: String) {
        var running = running(Self.head + Self.second)
        write(file.utf8)
        guard case .refused(let faults) = running.readAgain() else {
            Issue.record("it was taken")
            return
        }
        #expect(faults.first?.line == line, "\(faults)")
        #expect(faults.first?.message.contains(word) == true, "\(faults)")
        #expect(running.fault == faults.first)
        #expect(names(running) == ["Water", "Heat"])
        // Said once.
        #expect(running.readAgain() == .refused([]))
        // Another fault is told again, and the end of all of them too.
        write((Self.head + "  - name: Gas\n").utf8)
        #expect(running.readAgain() != .refused([]))
        #expect(running.readAgain() == .refused([]))
        #expect(running.readAgain(asked: true) != .refused([]))
        write((Self.head + Self.second).utf8)
        #expect(running.readAgain() == .same(wasRefused: true))
        #expect(running.fault == nil)
    }

    @Test func aFileThatIsGoneIsNotTaken() {
        var running = running(Self.head)
        directory.removeAll()
        #expect(running.readAgain() != .refused([]))
        #expect(running.fault?.message.contains("there is no file") == true)
        #expect(names(running) == ["Water"])
    }

    /// With a fault from the start on, other changes must still get through.
    @Test func faultsThatWereThereDoNotHinder() {
        let faulty = Self.head.replacing("12345678", "1234567")
        var running = running(faulty)
        #expect(names(running) == [])
        write(("# one line more\n" + faulty + Self.second).utf8)
        #expect(
            running.readAgain()
                == .taken(
                    from: {
                        var before = running.configuration
                        before.meters = []
                        return before
                    }(), notes: []))
        #expect(names(running) == ["Heat"])
    }

    /// No cut of a file changes what runs, unless a person asks for it.
    @Test func everyCut() {
        let whole = Array((Self.head + Self.second).utf8)
        var running = running(Self.head + Self.second)
        for count in 0..<whole.count - 1 {
            write(whole.prefix(count))
            #expect(running.readAgain() != .refused([]), "cut to \(count) octets")
            #expect(names(running) == ["Water", "Heat"], "cut to \(count) octets")
            write(whole)
            #expect(running.readAgain() == .same(wasRefused: true))
        }
        write(Self.head.utf8)
        let before = running.configuration
        #expect(running.readAgain(asked: true) == .taken(from: before, notes: []))
        #expect(names(running) == ["Water"])
    }

    @Test func keyFilesBelongToIt() {
        directory.write("11111111111111111111111111111111\n", to: "heat.key")
        let file = directory.file("heat.key")
        var running = running(
            Self.head + Self.second.replacing(String(repeating: "1", count: 32), "file:" + file))
        #expect(running.files == [path, file])
        let before = running.configuration
        directory.write("22222222222222222222222222222222\n", to: "heat.key")
        #expect(running.readAgain() != .same(wasRefused: false))
        #expect(running.configuration != before)
        // A key that cannot be used leaves the one before in use.
        let good = running.configuration
        directory.write("2222", to: "heat.key")
        #expect(running.readAgain() != .refused([]))
        #expect(running.configuration == good)
    }
}

extension String {
    fileprivate func replacing(_ old: String, _ new: String) -> String {
        guard let range = self.firstRange(of: old) else { return self }
        return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
