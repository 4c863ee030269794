import CLinux
import Glibc
import Simulator
import TestSupport
import Testing

@Suite struct PseudoTerminalTests {
    let directory = TemporaryDirectory()
    var link: String { directory.file("stick") }

    @Test func pluggingMakesTheLinkAndUnpluggingTakesIt() throws {
        let terminal = try PseudoTerminal(link: link)
        #expect(terminal.isPlugged)
        let host = try #require(Host(opening: link))
        #expect(isatty(host.descriptor) == 1)
        terminal.unplug()
        #expect(!terminal.isPlugged)
        #expect(access(link, F_OK) != 0)
        #expect(host.readToHangUp() == [])
        #expect(host.hasHungUp)
        try terminal.plug()
        #expect(Host(opening: link) != nil)
    }

    @Test func linkGoesWithTheTerminal() throws {
        do {
            let terminal = try PseudoTerminal(link: link)
            #expect(terminal.link == link)
        }
        var status = stat()
        #expect(lstat(link, &status) != 0)
    }

    /// As after a crash.
    @Test func linkLeftOverIsReplaced() throws {
        symlink("/dev/pts/no-such", link)
        let terminal = try PseudoTerminal(link: link)
        #expect(terminal.isPlugged)
        #expect(Host(opening: link) != nil)
    }

    @Test func anothersLinkStays() throws {
        let terminal = try PseudoTerminal(link: link)
        unlink(link)
        symlink("/dev/null", link)
        terminal.unplug()
        #expect(access(link, F_OK) == 0)
    }

    @Test func whatIsNoLinkStays() {
        directory.write("precious", to: link)
        #expect(throws: PseudoTerminalError.linkTaken(path: link)) {
            try PseudoTerminal(link: link)
        }
        #expect(access(link, F_OK) == 0)
    }

    @Test func noDirectory() {
        let path = directory.file("missing/stick")
        #expect(
            throws: PseudoTerminalError.noLink(path: path, reason: "No such file or directory")
        ) {
            try PseudoTerminal(link: path)
        }
    }

    /// Neither echo nor translated line ends, in both directions, before a host sets anything.
    @Test func lineIsRaw() throws {
        let terminal = try PseudoTerminal(link: link)
        let host = try #require(Host(opening: link))
        let octets = [0x00, 0x03, 0x04, 0x0A, 0x0D, 0x11, 0x13, 0x1A, 0x7F, 0xFF] as [UInt8]
        #expect(write(terminal.descriptor, octets, octets.count) == octets.count)
        #expect(host.read(octets.count) == octets)
        host.write(octets)
        var ready = pollfd(fd: terminal.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&ready, 1, 10_000) == 1)
        var received = [UInt8](repeating: 0, count: 64)
        let count = read(terminal.descriptor, &received, received.count)
        #expect(Array(received.prefix(max(count, 0))) == octets)
    }

    @Test func isDrainedWhenTheHostHasReadAll() throws {
        let terminal = try PseudoTerminal(link: link)
        #expect(terminal.isDrained)
        let host = try #require(Host(opening: link))
        #expect(write(terminal.descriptor, [1, 2, 3] as [UInt8], 3) == 3)
        // Readable means that the octets have arrived on the host's side.
        var ready = pollfd(fd: host.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&ready, 1, 10_000) == 1)
        #expect(!terminal.isDrained)
        #expect(host.read(3) == [1, 2, 3])
        #expect(terminal.isDrained)
    }

    /// Two hosts one after the other; the first claimed the port for itself.
    @Test func hostsComeAndGo() throws {
        let terminal = try PseudoTerminal(link: link)
        for round in 1...3 as ClosedRange<UInt8> {
            let host = try #require(Host(opening: link))
            #expect(linux_ioctl(host.descriptor, UInt(TIOCEXCL)) == 0)
            #expect(write(terminal.descriptor, [round], 1) == 1)
            #expect(host.read(1) == [round])
            terminal.releaseClaim()
            var claim: Int32 = -1
            let readClaim: UInt = 0x8004_5440  // TIOCGEXCL, which Swift does not import
            #expect(linux_ioctl_int(host.descriptor, readClaim, &claim) == 0)
            #expect(claim == 0)
        }
    }
}
