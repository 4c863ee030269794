import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

@Suite struct StateLayoutTests {
    static let sections: StateSections = [
        "formats": Array(0...255), "": [], "Zähler": Array("12345678".utf8),
    ]

    @Test func laysOutAsDocumented() {
        let octets = StateLayout.octets(of: ["ab": [0xC0, 0xC1]])
        #expect(
            octets.dropLast(4) == [
                0x6F, 0x6D, 0x73, 0x73, 1, 0, 1, 0, 2, 0x61, 0x62, 2, 0, 0, 0, 0xC0, 0xC1,
            ])
    }

    @Test func checkValueOfTheSum() { #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926) }

    @Test func readsWhatItWrote() throws {
        let octets = StateLayout.octets(of: Self.sections)
        #expect(try StateLayout.sections(of: octets) == Self.sections)
        #expect(try StateLayout.sections(of: StateLayout.octets(of: [:])) == [:])
    }

    @Test func refusesEachPrefixAndFlippedBit() {
        let octets = StateLayout.octets(of: Self.sections)
        for length in 0..<octets.count {
            #expect(throws: StateLayoutError.self) {
                try StateLayout.sections(of: Array(octets.prefix(length)))
            }
        }
        for place in octets.indices {
            for bit in 0..<8 {
                var altered = octets
                altered[place] ^= 1 << bit
                #expect(throws: StateLayoutError.self) { try StateLayout.sections(of: altered) }
            }
        }
    }

    /// Lengths that lie, under a sum that is right.
    @Test func refusesWrongLengths() throws {
        var random = SeededGenerator(state: 9)
        for _ in 0..<2000 {
            var octets = Array(StateLayout.octets(of: Self.sections).dropLast(4))
            for _ in 0..<3 {
                octets[Int.random(in: 6..<octets.count, using: &random)] = random.next()
            }
            let sum = CRC32.of(octets)
            for shift in [0, 8, 16, 24] { octets.append(UInt8(truncatingIfNeeded: sum >> shift)) }
            _ = try? StateLayout.sections(of: octets)
        }
    }

    static let bad: [([UInt8], StateLayoutError)] = [
        ([], .notAStateFile), (Array("omss".utf8), .damaged),
        (Array("{\"json\": 1}".utf8), .notAStateFile),
        (Array("omss".utf8) + [2, 0, 0, 0, 1, 2, 3, 4], .newer(version: 2)),
        ([UInt8](repeating: 0, count: StateLayout.limit + 1), .tooLong),
    ]

    @Test(arguments: bad)
    func namesTheFault(_ octets: [UInt8], _ error: StateLayoutError) {
        #expect(throws: error) { try StateLayout.sections(of: octets) }
    }

    @Test func leavesOutWhatIsTooLong() throws {
        let octets = StateLayout.octets(of: [
            "a": [1], "b": [UInt8](repeating: 0, count: StateLayout.limit), "c": [3],
        ])
        #expect(try StateLayout.sections(of: octets) == ["a": [1], "c": [3]])
    }
}

@Suite struct StateFileTests {
    let directory: TemporaryDirectory
    let path: String
    let notices = OutboxBench.Notices()
    let start = ContinuousClock.now

    init() throws {
        directory = TemporaryDirectory(inMemory: true)
        path = directory.file("state")
    }

    func file() -> StateFile {
        StateFile(path: path, now: start) { [notices] in notices.all.append($0) }
    }

    @Test func keepsSectionsOverARestart() {
        var file = file()
        #expect(file.load() == [:] && file.nextWrite == nil)
        file.stop { ["a": [1]] }
        #expect(directory.files == [])
        file.changed()
        file.writeIfDue(now: start + .seconds(599)) { ["a": [1]] }
        #expect(directory.files == [] && file.nextWrite == start + .seconds(600))
        file.writeIfDue(now: start + .seconds(600)) { ["a": [1]] }
        #expect(directory.files == ["state"] && file.nextWrite == nil)
        file.changed()
        file.stop(now: start + .seconds(601)) { ["a": [2], "b": []] }
        var again = self.file()
        #expect(again.load() == ["a": [2], "b": []])
        #expect(directory.files == ["state"] && notices.all.isEmpty)
    }

    /// Each prefix, and bits flipped at random: nothing is loaded, the file is kept, told once.
    @Test func startsAnewFromADamagedFile() throws {
        let whole = StateLayout.octets(of: StateLayoutTests.sections)
        var random = SeededGenerator(state: 2)
        var damaged = (0..<whole.count).map { Array(whole.prefix($0)) }
        for _ in 0..<300 {
            var octets = whole
            octets[Int.random(in: octets.indices, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            damaged.append(octets)
        }
        for octets in damaged {
            directory.removeAll()
            notices.all = []
            directory.write(octets, "state")
            var file = file()
            try #require(file.load() == [:] && notices.all.count == 1)
            try #require(directory.read("state.damaged-1") == octets)
            file.changed()
            file.stop { ["new": [1]] }
            var again = self.file()
            try #require(again.load() == ["new": [1]] && notices.all.count == 1)
        }
    }

    @Test func goesOnWhenItCannotBeWritten() {
        let missing = directory.file("no/state")
        var file = StateFile(path: missing, now: start) { [notices] in notices.all.append($0) }
        var now = start
        for _ in 0..<3 {
            file.changed()
            now += .seconds(600)
            file.writeIfDue(now: now) { ["a": [1]] }
            #expect(file.nextWrite == now + .seconds(600))
        }
        let cause = "\(missing) cannot be written (No such file or directory)."
        #expect(notices.all == [.stateNotWritten(cause: cause)])
        mkdir(directory.file("no"), 0o755)
        file.stop(now: now) { ["a": [1]] }
        #expect(notices.all.last == .stateWrittenAgain && notices.all.count == 2)
        unlink(missing)
        rmdir(directory.file("no"))
    }

    /// A state that changes each second, as with 50 meters, each with 120 octets or 2000, whether it
    /// is urgent or not.
    @Test(arguments: [120, 2000], [false, true])
    func aDayOfChangesWritesOneMiBAtMost(perMeter: Int, isUrgent: Bool) {
        let counter = Counter()
        let policy = WritePolicy(now: start)
        var file = StateFile(path: path, policy: policy, report: { _ in }) {
            (octets, _) throws(AtomicFile.Failure) in
            counter.octets += octets.count
            counter.writes += 1
        }
        var value: UInt32 = 0
        for second in 1...86_400 {
            value += 1
            file.changed(isUrgent: isUrgent)
            file.writeIfDue(now: start + .seconds(second)) {
                var sections: StateSections = [:]
                for meter in 0..<50 {
                    sections["meter \(meter)"] = [UInt8](
                        repeating: UInt8(truncatingIfNeeded: value), count: perMeter)
                }
                return sections
            }
        }
        // The first one comes early, so that little is lost in the first hour.
        #expect(counter.octets - counter.octets / counter.writes <= 1 << 20)
        #expect(perMeter > 120 || counter.octets <= 1 << 20)
        #expect(counter.writes > 6 && counter.writes <= 144 + (isUrgent ? 30 : 0))
    }

    /// What Home Assistant was told must not be forgotten with a power cut.
    @Test func whatIsUrgentIsWrittenAtOnce() {
        var file = file()
        file.changed()
        file.changed(isUrgent: true)
        file.writeIfDue(now: start + .seconds(1)) { ["a": [1]] }
        #expect(directory.files == ["state"] && file.nextWrite == nil)
        // The next in ten seconds; what is not urgent when it would have been.
        file.changed()
        #expect(file.nextWrite == start + .seconds(600))
        file.changed(isUrgent: true)
        #expect(file.nextWrite == start + .seconds(11))
        // A longer one less often, and an eighth of the day's octets at most.
        let long = [UInt8](repeating: 1, count: 50 << 10)
        file.writeIfDue(now: start + .seconds(11)) { ["a": long] }
        file.changed(isUrgent: true)
        #expect(file.nextWrite == start + .seconds(61))
        file.writeIfDue(now: start + .seconds(61)) { ["b": long] }
        file.changed(isUrgent: true)
        #expect(file.nextWrite == start + .seconds(600))
        file.writeIfDue(now: start + .seconds(600)) { ["c": long] }
        // There is another eighth on the next day.
        file.changed(isUrgent: true)
        file.writeIfDue(now: start + .seconds(86_401)) { ["d": long] }
        file.changed(isUrgent: true)
        #expect(file.nextWrite == start + .seconds(86_451))
    }

    /// One that cannot be written is not tried all the time.
    @Test func anUrgentWriteThatFailsIsTriedLater() {
        var file = StateFile(
            path: directory.file("no/state"), now: start, report: { _ in })
        file.changed(isUrgent: true)
        file.writeIfDue(now: start + .seconds(1)) { ["a": [1]] }
        #expect(file.nextWrite == start + .seconds(600))
    }

    /// The timer of what may wait gives way to what is urgent.
    @Test func theRunningProgramWritesWhatIsUrgent() {
        let loop = EventLoop()
        let storage = Storage(
            directory: directory.path, limits: .init(), loop: loop, report: { _ in })
        storage.changed { ["a": [1]] }
        storage.changed(isUrgent: true) { ["a": [2]] }
        let deadline = loop.now + .seconds(60)
        func look() {
            let isWritten = directory.files.contains("state.bin")
            guard !isWritten, loop.now < deadline else { return loop.stop() }
            loop.after(.milliseconds(50), look)
        }
        look()
        loop.run()
        #expect(directory.files.contains("state.bin"))
    }

    @Test func writesNothingThatIsInTheFileAlready() {
        let counter = Counter()
        var file = StateFile(path: path, policy: WritePolicy(now: start), report: { _ in }) {
            (_, _) throws(AtomicFile.Failure) in counter.writes += 1
        }
        for hour in 1...5 {
            file.changed()
            file.writeIfDue(now: start + .seconds(hour * 3600)) { ["a": [1]] }
        }
        #expect(counter.writes == 1)
    }

    /// The old file stays whole when the new one cannot be written to its end.
    @Test func aFailedWriteLeavesTheOldFile() throws {
        try AtomicFile.write([1, 2, 3], to: path)
        // A directory in the way of the new file.
        mkdir(path + ".new", 0o755)
        #expect(throws: AtomicFile.Failure.self) { try AtomicFile.write([4], to: path) }
        rmdir(path + ".new")
        #expect(try AtomicFile.read(path, limit: 10) == [1, 2, 3])
        #expect(try AtomicFile.read(path, limit: 1) == [1, 2])
        #expect(try AtomicFile.read(path + "?", limit: 1) == nil)
    }

    final class Counter {
        var octets = 0
        var writes = 0
    }
}
