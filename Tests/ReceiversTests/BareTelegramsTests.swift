import Testing
import Wire

@testable import Receivers

/// Telegrams with no check sum on the line, one of them cut short and the next one right behind:
/// together they are as long as one.
@Suite struct BareTelegramsTests {
    struct Bare: CustomTestStringConvertible, Sendable {
        var stick: ScriptedStick
        var hasRSSI: Bool

        var testDescription: String { "\(stick.name), \(hasRSSI ? "with" : "without") RSSI" }

        func octets(_ frame: [UInt8]) -> [UInt8] {
            hasRSSI
                ? [UInt8(truncatingIfNeeded: frame.count)] + frame.dropFirst() + [0x06] : frame
        }
    }

    static let sticks = [false, true].flatMap { hasRSSI in
        [
            Bare(
                stick: AMB8465Tests.stick(output: 0, rssi: hasRSSI ? 1 : 0), hasRSSI: hasRSSI),
            Bare(stick: RC1180Tests.stick(others: [0x05: hasRSSI ? 1 : 0]), hasRSSI: hasRSSI),
        ]
    }

    /// A third one, shorter than the others.
    static let short = hex("1444AE0C785634120107 7A2A000000 0C1327048502 2F")

    /// Both meters were heard before.
    private func acquainted(_ bare: Bare) throws -> Dialogue {
        var dialogue = try Dialogue(listening: bare.stick)
        dialogue.hear(bare.octets(n21) + bare.octets(t2))
        #expect(dialogue.frames.map(\.octets) == [n21, t2])
        return dialogue
    }

    @Test(arguments: sticks)
    func cutTelegramIsDroppedAndTheNextFound(bare: Bare) throws {
        let first = bare.octets(n21)
        let second = bare.octets(t2)
        let before = try acquainted(bare)
        for length in 1..<first.count {
            var dialogue = before
            dialogue.hear(first.prefix(length) + second + first)
            dialogue.pause()
            #expect(
                dialogue.frames.dropFirst(2).map(\.octets) == [t2, n21], "cut to \(length)")
            #expect(dialogue.skipped == length)
        }
    }

    /// Nor does it matter how the octets reach the driver.
    @Test(arguments: sticks)
    func splitsChangeNothing(bare: Bare) throws {
        let before = try acquainted(bare)
        let first = bare.octets(n21)
        let second = bare.octets(t2)
        var generator = SeededGenerator(state: 5)
        for length in 1..<first.count {
            var stream = first.prefix(length) + second + second.prefix(second.count / 2)
            stream += first + second.prefix(length) + bare.octets(Self.short) + first
            var whole = before
            whole.hear(Array(stream))
            whole.pause()
            var cut = before
            for piece in Array(stream).pieces(upTo: 1 + length, &generator) { cut.hear(piece) }
            cut.pause()
            #expect(cut.frames == whole.frames, "cut to \(length)")
            #expect(cut.skipped == whole.skipped)
            #expect(whole.frames.count > 4)
        }
    }

    /// Halves without end: each is a fault, so that the stick is set right in time.
    @Test(arguments: sticks)
    func halvesAreCounted(bare: Bare) throws {
        var dialogue = try acquainted(bare)
        let halves = [n21, t2].map { bare.octets($0).prefix($0.count / 2) }
        for index in 0..<20 { dialogue.hear(Array(halves[index % 2])) }
        #expect(dialogue.frames.count == 2)
        let faults = dialogue.actions.count {
            if case .skip(_, .badLength) = $0 { true } else { false }
        }
        #expect(faults == 19)
    }

    /// A whole telegram is held back only while its end may be the beginning of a known one, and
    /// not for long.
    @Test(arguments: sticks)
    func endThatLooksLikeABeginning(bare: Bare) throws {
        var dialogue = try acquainted(bare)
        // A length, alone or with a C-field behind it.
        for ending in [[bare.octets(t2)[0]], [bare.octets(t2)[0], 0x44]] {
            var frame = n21
            frame.replaceSubrange(frame.count - ending.count..<frame.count, with: ending)
            let octets =
                bare.hasRSSI ? bare.octets(n21).dropLast(ending.count) + ending : frame
            let before = dialogue.frames.count
            dialogue.hear(Array(octets))
            #expect(dialogue.frames.count == before)
            #expect(dialogue.conversation.patience == .milliseconds(100))
            dialogue.pause()
            #expect(dialogue.frames.count == before + 1)
            dialogue.hear(Array(octets) + bare.octets(t2))
            #expect(dialogue.frames.count == before + 3)
            #expect(dialogue.frames.last?.octets == t2)
        }
        #expect(dialogue.skipped == 0)
    }

    /// What a meter puts into its telegrams may look like a beginning.
    static let innocent: [(name: String, place: Int, octets: [UInt8])] = [
        ("an extended link layer with the address of a known meter", 10, [0x8E] + t2.prefix(10)),
        ("the same with a session number", 10, [0x8F] + t2.prefix(10)),
        ("a known address without a length", 12, Array(t2[1..<10])),
        ("a known address behind another length", 12, [0x20] + t2[1..<10]),
        ("a known address behind another C-field", 12, [t2[0], 0x46] + t2[2..<10]),
        ("a meter that was never heard", 12, Array(short.prefix(10))),
        ("the long header's order", 10, [0x72] + t2[4..<8] + t2[2..<4] + t2[8..<10]),
    ]

    @Test(arguments: sticks, innocent)
    func genuineTelegramStaysWhole(
        bare: Bare, content: (name: String, place: Int, octets: [UInt8])
    ) throws {
        var dialogue = try acquainted(bare)
        var frame = n21
        var octets = content.octets
        // On the line the length counts the RSSI.
        if bare.hasRSSI, octets[0] == t2[0] { octets[0] += 1 }
        if bare.hasRSSI, octets.dropFirst().first == t2[0] { octets[1] += 1 }
        frame.replaceSubrange(content.place..<content.place + octets.count, with: octets)
        dialogue.hear(bare.octets(frame) + bare.octets(t2))
        #expect(dialogue.frames.dropFirst(2).map(\.octets) == [frame, t2], "\(content.name)")
        #expect(dialogue.skipped == 0)
    }

    /// The meters heard last are known, and no more than memory is set apart for.
    @Test(arguments: sticks)
    func manyMeters(bare: Bare) throws {
        var dialogue = try acquainted(bare)
        func telegram(_ number: UInt8) -> [UInt8] {
            var frame = n21
            frame[4] = number
            return frame
        }
        func glued(_ frame: [UInt8]) -> [UInt8] {
            bare.octets(Self.short).prefix(16) + bare.octets(frame)
        }
        for number in 0..<64 { dialogue.hear(bare.octets(telegram(UInt8(number)))) }
        let before = dialogue.frames.count
        dialogue.hear(glued(telegram(0)) + glued(telegram(63)))
        #expect(dialogue.frames.dropFirst(before).map(\.octets) == [telegram(0), telegram(63)])
        // Forgotten: taken for the end of the first.
        dialogue.hear(glued(t2))
        dialogue.pause()
        #expect(dialogue.frames.dropFirst(before + 2).map(\.octets).contains(t2) == false)
    }
}
