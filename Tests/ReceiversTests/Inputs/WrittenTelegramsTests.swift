import Glibc
import TestSupport
import Testing
import Wire

@testable import Receivers

@Suite struct WrittenTelegramsTests {
    private static let recording =
        RecordedTelegram.heading + "\n"
        + RecordedTelegram.line(
            time: "2026-11-25T07:04:09.120Z", frame: RadioFrame(octets: n21, format: .crcsRemoved),
            receiver: "cellar")

    @Test(arguments: [
        ("a recording", Array((recording + "\n").utf8)),
        ("without a last line's end", Array(recording.utf8)),
        ("hex, and a comment", Array("# mine\n\(Hex.text(n21))\n".utf8)),
        ("binary", n21),
    ])
    func forms(name: String, octets: [UInt8]) throws {
        let directory = TemporaryDirectory()
        try write(octets, to: directory.file("telegrams"))
        let written = try WrittenTelegrams(readingFile: directory.file("telegrams"))
        #expect(written.frames.map(\.octets) == [n21])
        #expect(written.skippedOctets == 0)
    }

    @Test func whatIsNoTelegramIsCounted() throws {
        let directory = TemporaryDirectory()
        try write(Array("not hex\n\(Hex.text(n21))\n".utf8), to: directory.file("telegrams"))
        let written = try WrittenTelegrams(readingFile: directory.file("telegrams"))
        #expect(written.frames.count == 1)
        #expect(written.skippedOctets == 7)
    }

    @Test func errors() throws {
        let directory = TemporaryDirectory()
        let missing = directory.file("none")
        #expect(throws: InputError.cannotOpen(path: missing, errno: ENOENT)) {
            try WrittenTelegrams(readingFile: missing)
        }
        #expect(throws: InputError.readFailed(path: directory.path, errno: EISDIR)) {
            try WrittenTelegrams(readingFile: directory.path)
        }
    }

    private func write(_ octets: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(octets, 1, octets.count, file) == octets.count)
        fclose(file)
    }
}
