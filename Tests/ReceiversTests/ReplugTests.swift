import Glibc
import TestSupport
import Testing
import Wire

@testable import Receivers

extension ReceiverTests {
    /// How often each stick is pulled out and put in again.
    private static let replugs = 500

    /// A named port: a link that leads to another terminal each time.
    @Test func isTakenAgainBehindALinkHoweverOften() {
        timing.quiet = .milliseconds(2)
        let stick = PlayedStick(.im871a, at: path, on: loop)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        replug(plugIn: { _ in stick.plugIn() }, pullOut: { _ in stick.unplug() }) {
            stick.say(ScriptedStick.im871a.first)
        }
        receiver.stop()
    }

    /// A stick that is looked for: its port is ttyUSB0 and ttyUSB1 in turn.
    @Test(arguments: ScriptedStick.all)
    func isTakenAgainUnderAnotherNameHoweverOften(script: ScriptedStick) throws {
        timing.quiet = .milliseconds(2)
        let row = try #require(StickCatalogue.row(for: script.kind))
        let usb = try #require((row.usb + row.genericUSB).first)
        directory.makeDirectory("dev")
        let names = ["ttyUSB0", "ttyUSB1"]
        let sticks = names.map { PlayedStick(script, at: "\(directory.path)/dev/\($0)", on: loop) }
        let receiver = receiver(script.kind, port: nil)
        receiver.start()
        let ports = replug(
            plugIn: { round in
                directory.addUSB(
                    names[round % 2], vendor: Hex.text(usb.vendor), product: Hex.text(usb.product),
                    name: usb.word, serial: "01")
                sticks[round % 2].plugIn()
            },
            pullOut: { round in
                sticks[round % 2].unplug()
                directory.removeUSB(names[round % 2])
            }
        ) { sticks.forEach { $0.say(script.first) } }
        #expect(ports.count == 2)
        receiver.stop()
    }

    /// Each time a telegram is heard, how soon `RecoveryTimesTests` tells; and in the end no
    /// descriptor is left open.
    ///
    /// - Returns: the ports it was found at.
    @discardableResult
    private func replug(
        plugIn: (Int) -> Void, pullOut: (Int) -> Void, say: () -> Void
    ) -> Set<String> {
        var before = 0
        var ports: Set<String> = []
        for round in 0..<Self.replugs {
            plugIn(round)
            #expect(turn { identities.count == 1 })
            say()
            #expect(turn { frames.count == 1 })
            // Others run beside this test: the first rounds let them begin.
            if round == 10 { before = descriptors() }
            pullOut(round)
            #expect(turn { losses.count == 1 })
            guard losses.count == 1 else { return ports }
            ports.formUnion(identities.map(\.port))
            events = []
        }
        // One left open each time would be as many as rounds; others open fewer.
        #expect(descriptors() < before + Self.replugs / 2)
        return ports
    }

    private func descriptors() -> Int { SystemFile.entries(of: "/proc/self/fd").count }
}

extension Hex {
    fileprivate static func text(_ number: UInt16) -> String {
        text([UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]).lowercased()
    }
}
