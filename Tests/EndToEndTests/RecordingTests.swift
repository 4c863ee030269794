import Glibc
import Receivers
import Testing
import Wire

/// `oms2mqtt record` with the real program, and its recording replayed.
@Suite(.serialized) final class RecordingTests {
    /// The example of OMS Vol. 2, annex N, and another meter's telegram, which is not configured.
    static let own =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520E"
        + "DFF0EA6DEFC99D6D69EBF3"
    static let foreign =
        "2E44333003020100071B7A634820252F2F0265840842658308820165950802FB1AAE0142"
        + "FB1AAE018201FB1AA9012F"

    let directory: String

    init() throws {
        var template = Array("/tmp/oms2mqtt-recording-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        directory = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in ["e2m.yaml", "heard.txt", "recorded.txt"] { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    private func write(_ text: String, to name: String) {
        let descriptor = open("\(directory)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = Glibc.write(descriptor, text, text.utf8.count)
        close(descriptor)
    }

    /// Records from `receiver` (a YAML item) until all is read: the recording's lines.
    private func record(_ receiver: String, _ options: [String] = []) throws -> [String] {
        write(
            """
            oms:
              - {name: gas, id: 03ELS3312345678, key: 0102030405060708090A0B0C0D0E0F11}
            receivers:
              - \(receiver)
            """, to: "e2m.yaml")
        let program = try Program(
            Household.executable, ["record", "--config", "\(directory)/e2m.yaml"] + options)
        try program.wait { program.exitCode != nil }
        try program.wait { program.lines.contains { $0.contains(" recorded, ") } }
        #expect(program.exitCode == 0)
        #expect(program.lines.contains(RecordedTelegram.heading))
        return program.lines.filter { RecordedTelegram(line: $0.utf8) != nil }
    }

    private func frames(_ lines: [String]) -> [RadioFrame] {
        lines.compactMap { RecordedTelegram(line: $0.utf8)?.frame }
    }

    @Test func onlyOwnMetersAreRecorded() throws {
        write("!\(Self.own)\n!\(Self.foreign)\nT1;1;1;t;-70;;;0x\(Self.own)\n", to: "heard.txt")
        let receiver = "{stick: file, file: \(directory)/heard.txt, name: in the cellar}"
        let own = RadioFrame(octets: try Hex.octets(Self.own), format: .crcsRemoved)
        var strong = own
        strong.linkMode = .t1
        strong.signalStrength = -70
        let recorded = try record(receiver)
        #expect(frames(recorded) == [own, strong])
        #expect(recorded.allSatisfy { $0.hasSuffix(" in the cellar") })

        let all = try record(receiver, ["--all"])
        #expect(frames(all).count == 3)

        // Replayed it is the same again.
        write(([RecordedTelegram.heading] + recorded).joined(separator: "\n"), to: "recorded.txt")
        let replayed = try record("{stick: replay, file: \(directory)/recorded.txt, speed: 0}")
        #expect(frames(replayed) == [own, strong])
    }
}
