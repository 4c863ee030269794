import Simulator
import Testing
import Wire

/// A stick that is set up, and how a driver reads it.
struct ReadyStick: CustomTestStringConvertible, Sendable {
    var name: String
    var stick: any SimulatedStick
    var scanner: MessageScanner
    /// What sets it up after power-up.
    var commands: [UInt8]
    var format = FrameFormat.a

    init(
        _ name: String, _ stick: some SimulatedStick, _ scanner: MessageScanner,
        _ commands: [UInt8], format: FrameFormat = .a
    ) {
        self.name = name
        self.stick = stick
        self.scanner = scanner
        self.commands = commands
        self.format = format
        _ = self.stick.received(commands)
    }

    var testDescription: String { name }

    func message(_ frame: [UInt8]) throws -> [UInt8] {
        try #require(stick.indication(of: Transmission(frame: frame, format: format)))
    }

    static let all = [im871a, amb8465, cul, culFormatB, iu891a]
    static let im871a = ReadyStick(
        "iM871A", .im871a, .im871a, hex("A58103080003000A38000100C997"))
    static let amb8465 = ReadyStick(
        "AMB8465", .amb8465(.init(commandOutput: true, attachesRSSI: true)), .amb8465,
        hex("FF040109F3"))
    static let cul = ReadyStick("CUL", .cul, .cul, Array("X21\r\nbrc\r\n".utf8))
    static let culFormatB = ReadyStick(
        "CUL, format B", .cul, .cul, Array("X21\r\nbrc\r\n".utf8), format: .b)

    static let iu891a = ReadyStick(
        "iU891A", .iu891a, .iu891a, hex("C0090303020000000000000000003DC6C0"))

    /// A stick whose telegrams have no check sum on the line.
    static let unchecked = [
        ReadyStick(
            "iM871A without CRC", .im871a(.init(attachesCRC: false)), .im871a,
            hex("A58103080003000A38000100C997")),
        ReadyStick("AMB8465 transparent", .amb8465, .amb8465, hex("FF040109F3")),
        ReadyStick("RC1180", .rc1180, .amb8465, hex("00470A58")),
    ]
}

@Suite struct FaultTests {
    static let frames = [Sample.n21, Sample.second, Sample.frame(of: 11), Sample.frame(of: 180)]

    @Test(arguments: ReadyStick.all)
    func undamagedTelegramsAreFound(ready: ReadyStick) throws {
        for frame in Self.frames {
            #expect(ready.scanner.frames(in: try ready.message(frame)) == [frame])
        }
    }

    /// Every kind of damage at every place: no telegram is found, and the next one still is.
    @Test(arguments: ReadyStick.all)
    func damageIsAlwaysToBeFound(ready: ReadyStick) throws {
        for frame in Self.frames {
            let message = try ready.message(frame)
            let next = try ready.message(Sample.n21)
            var random = SplitMix64(seed: 42)
            var damagedPlaces = Set<Int>()
            for _ in 0..<message.count * 12 {
                let damaged = ready.stick.damaged(message, using: &random)
                #expect(damaged != message)
                #expect(ready.scanner.frames(in: damaged) == [])
                #expect(ready.scanner.frames(in: damaged + next) == [Sample.n21])
                let place = zip(damaged, message).enumerated().first { $1.0 != $1.1 }?.offset
                damagedPlaces.formUnion(place.map { [$0] } ?? [])
            }
            // All but what nothing vouches for: AMB's length, a CUL's mark and status octets.
            #expect(damagedPlaces.count >= message.count - 8)
        }
    }

    @Test(arguments: ReadyStick.unchecked)
    func withoutCheckSumTheLineBreaks(ready: ReadyStick) throws {
        var random = SplitMix64(seed: 1)
        let message = try ready.message(Sample.n21)
        #expect(
            ready.stick.damaged(message, using: &random)
                == Array(repeating: 0, count: message.count))
    }

    @Test(arguments: ReadyStick.all)
    func noiseHidesNothingAndIsNothing(ready: ReadyStick) throws {
        let message = try ready.message(Sample.n21)
        var random = SplitMix64(seed: 7)
        for _ in 0..<1500 {
            let noise = ready.stick.noise(using: &random)
            #expect(!noise.isEmpty)
            #expect(ready.scanner.frames(in: noise) == [])
            #expect(
                ready.scanner.frames(in: noise + message + noise + message)
                    == [Sample.n21, Sample.n21])
        }
    }

    /// A bare telegram is known by its length and C-field alone.
    @Test func noiseBeforeBareTelegramsIsTooShortForOne() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<1000 {
            #expect(SimulatedAMB8465().noise(using: &random).allSatisfy { $0 < 10 })
            #expect(SimulatedRC1180().noise(using: &random).allSatisfy { $0 < 10 })
        }
    }

    @Test func seedsRepeat() {
        var one = SplitMix64(seed: 1)
        var same = SplitMix64(seed: 1)
        var other = SplitMix64(seed: 2)
        let numbers = (0..<8).map { _ in one.next() }
        #expect(numbers == (0..<8).map { _ in same.next() })
        #expect(numbers != (0..<8).map { _ in other.next() })
        // The first number of seed 0 as published with the generator.
        var zero = SplitMix64(seed: 0)
        #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
    }
}
