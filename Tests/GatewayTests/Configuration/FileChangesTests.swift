import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

@Suite(.serialized) struct FileChangesTests {
    let loop = EventLoop()
    let directory = TemporaryDirectory()

    private final class Count { var value = 0 }

    private func watch(_ names: [String]) throws -> (FileChanges, Count) {
        let count = Count()
        let changes = FileChanges(names.map(directory.file), limit: 1 << 20, loop: loop) {
            count.value += 1
        }
        return (try #require(changes), count)
    }

    private func rename(_ old: String, _ new: String) {
        #expect(Glibc.rename(directory.file(old), directory.file(new)) == 0)
    }

    /// However a file is written, it is told once.
    @Test(arguments: ["in place", "renamed", "renamed away first", "removed", "linked"])
    func isTold(_ how: String) throws {
        directory.write("one", to: "e2m.yaml")
        if how == "linked" {
            directory.write("one", to: "versions/1")
            directory.write("two", to: "versions/2")
            unlink(directory.file("e2m.yaml"))
            directory.link("e2m.yaml", to: "versions/1")
        }
        let (changes, count) = try watch(["e2m.yaml"])
        switch how {
        case "in place": directory.write("two", to: "e2m.yaml")
        case "renamed":
            directory.write("two", to: ".e2m.yaml.swp")
            rename(".e2m.yaml.swp", "e2m.yaml")
        case "renamed away first":
            rename("e2m.yaml", "e2m.yaml~")
            directory.write("two", to: "e2m.yaml")
        case "removed": unlink(directory.file("e2m.yaml"))
        default:
            directory.link("new", to: "versions/2")
            rename("new", "e2m.yaml")
        }
        loop.turn(until: { count.value > 0 })
        #expect(count.value == 1)
        // Nothing more: the same contents, written again, are no change.
        if how == "in place" { directory.write("two", to: "e2m.yaml") }
        let end = loop.now + FileChanges.quiet * 2
        while loop.now < end { loop.turn(atMost: .milliseconds(20)) }
        #expect(count.value == 1)
        withExtendedLifetime(changes) {}
    }

    @Test func aFileBesidesAndANeighbour() throws {
        directory.write("one", to: "e2m.yaml")
        let (changes, count) = try watch(["e2m.yaml", "keys/gas"])
        directory.write("noise", to: "outbox.db")
        directory.write("key", to: "keys/gas")
        loop.turn(until: { count.value > 0 })
        directory.write("another key", to: "keys/gas")
        loop.turn(until: { count.value > 1 })
        #expect(count.value == 2)
        withExtendedLifetime(changes) {}
    }
}
