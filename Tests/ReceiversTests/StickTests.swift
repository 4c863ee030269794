import Testing
import Wire

@testable import Receivers

/// What holds for every stick; what only one does is in its own file.
@Suite struct StickTests {
    @Test(arguments: ScriptedStick.all)
    func isIdentifiedAndConfigured(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
        #expect(dialogue.failures == [])
        #expect(dialogue.notices == [])
        #expect(dialogue.frames == [])
    }

    @Test(arguments: ScriptedStick.all)
    func isIdentifiedWhileItStreams(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(stick)
        dialogue.interjection = stick.first
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
        let answers = dialogue.written.count
        #expect(answers >= 2)
        let heard = stick.isDeafWhileAsked ? 1 : answers
        #expect(dialogue.frames == Array(repeating: stick.firstFrame, count: heard))
    }

    @Test(arguments: ScriptedStick.all)
    func isIdentifiedOctetByOctetBehindGarbage(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(stick)
        dialogue.interjection = stick.garbage + stick.second
        dialogue.comesOctetByOctet = true
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
    }

    @Test(arguments: ScriptedStick.all)
    func givesUpWithoutAnswer(stick: ScriptedStick) throws {
        var silent = stick
        silent.answers = []
        var dialogue = try Dialogue(silent)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .noAnswer(stick.kind, port: "/dev/stick", attempts: stick.attempts)
            ])
        #expect(dialogue.reports == [])
    }

    @Test(arguments: ScriptedStick.all)
    func deliversTwoFramesInOneRead(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(listening: stick)
        dialogue.hear(stick.first + stick.second)
        #expect(dialogue.frames == [stick.firstFrame, stick.secondFrame])
        #expect(dialogue.skipped == 0)
    }

    @Test(arguments: ScriptedStick.all)
    func deliversOctetByOctet(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(listening: stick)
        dialogue.comesOctetByOctet = true
        dialogue.hear(stick.first + stick.second)
        #expect(dialogue.frames == [stick.firstFrame, stick.secondFrame])
        #expect(dialogue.conversation.patience == nil)
    }

    @Test(arguments: ScriptedStick.all)
    func findsFramesBetweenGarbage(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(listening: stick)
        dialogue.hear(stick.garbage + stick.first + stick.garbage + stick.second)
        dialogue.pause()
        #expect(dialogue.frames == [stick.firstFrame, stick.secondFrame])
    }

    @Test(arguments: ScriptedStick.all)
    func dropsDamagedFrame(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(listening: stick)
        dialogue.hear(stick.damaged + stick.second)
        dialogue.pause()
        #expect(dialogue.frames == [stick.secondFrame])
        #expect(dialogue.skipped == stick.damaged.count - stick.marks)
    }

    @Test(arguments: ScriptedStick.checked)
    func findsFrameBehindEachTruncatedOne(stick: ScriptedStick) throws {
        let listening = try Dialogue(listening: stick)
        // The mark that opens the next message of an iU891A ends one that lost its own.
        let whole = stick.first.count - (stick.kind == .iu891a ? 1 : 0)
        for length in 1..<whole {
            var dialogue = listening
            dialogue.hear(stick.first.prefix(length) + stick.second)
            dialogue.pause()
            #expect(dialogue.frames == [stick.secondFrame], "cut to \(length)")
        }
    }

    @Test(arguments: ScriptedStick.all)
    func doesNotDependOnHowOctetsAreCut(stick: ScriptedStick) throws {
        let stream =
            stick.garbage + stick.first + stick.second + stick.damaged + stick.second
            + stick.garbage + stick.first + stick.garbage
        let listening = try Dialogue(listening: stick)
        var whole = listening
        whole.hear(stream)
        whole.pause()
        #expect(whole.frames.count == 4)
        var generator = SeededGenerator(state: 1)
        for round in 0..<200 {
            var cut = listening
            for piece in stream.pieces(upTo: 1 + round, &generator) { cut.hear(piece) }
            cut.pause()
            #expect(cut.frames == whole.frames)
            #expect(cut.skipped == whole.skipped)
        }
    }

    /// Each octet of a frame set to other values: the frame is not delivered but as it was sent,
    /// and the next ones are.
    @Test(arguments: [ScriptedStick.im871a, .amb8465, .iu891a])
    func deliversNothingDamaged(stick: ScriptedStick) throws {
        var listening = try Dialogue(listening: stick)
        listening.hear(stick.second)
        let marks = stick.marks / 2
        for index in stick.first.indices.dropFirst(marks).dropLast(marks) {
            for value in UInt8.min...UInt8.max where value != stick.first[index] {
                var damaged = stick.first
                damaged[index] = value
                var dialogue = listening
                dialogue.hear(damaged + stick.second + stick.first)
                dialogue.pause()
                #expect(
                    dialogue.frames == [stick.secondFrame, stick.secondFrame, stick.firstFrame],
                    "octet \(index) set to \(value)")
            }
        }
    }

    /// Any octets at all, with a whole frame behind them: no trap, and the frame is found.
    @Test(arguments: ScriptedStick.all)
    func survivesNoise(stick: ScriptedStick) throws {
        var generator = SeededGenerator(state: 2)
        let listening = try Dialogue(listening: stick)
        for _ in 0..<200 {
            var dialogue = listening
            dialogue.hear((0..<700).map { _ in UInt8.random(in: 0...255, using: &generator) })
            dialogue.pause()
            dialogue.hear(stick.first)
            dialogue.pause()
            #expect(dialogue.frames.last == stick.firstFrame)
        }
    }

    @Test(arguments: ScriptedStick.all)
    func isAskedWhenSilent(stick: ScriptedStick) throws {
        var dialogue = try Dialogue(listening: stick)
        var deaf = dialogue
        dialogue.fallSilent()
        #expect(dialogue.failures == [])
        guard !stick.isDeafWhileAsked else {
            #expect(dialogue.actions == [])
            return
        }
        #expect(dialogue.actions.last == .waitNoMore)

        deaf.stick.answers = []
        deaf.fallSilent()
        #expect(deaf.failures == [.stoppedAnswering(stick.kind, port: "/dev/stick")])
    }

    @Test(arguments: ScriptedStick.all, ScriptedStick.all)
    func isToldFromOthers(stick: ScriptedStick, other: ScriptedStick) {
        let expected = stick.kind == other.kind || !other.hasChecksum ? nil : other.kind
        let answers = other.answers.flatMap(\.answer)
        #expect(StickCatalogue.recognise(answers, except: stick.kind) == expected)
        let stream = other.garbage + other.first + other.second
        #expect(StickCatalogue.recognise(stream, except: stick.kind) == expected)
    }
}
