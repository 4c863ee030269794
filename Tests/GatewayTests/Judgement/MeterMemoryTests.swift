import TestSupport
import Testing

@testable import Decoder
@testable import Gateway

@Suite struct MeterMemoryTests {
    static func address(_ number: UInt32) -> MeterAddress {
        MeterAddress(
            manufacturer: ManufacturerCode(rawValue: 0x1593), identificationNumber: number,
            version: 0x33, deviceType: .water)
    }

    /// A memory of `meters` meters that each sent `telegrams` telegrams.
    static func memory(meters: UInt32, telegrams: Int = 20) -> MeterMemory {
        var memory = MeterMemory()
        let start = ContinuousClock.now
        for number in 0..<meters {
            for telegram in 0..<telegrams {
                let time = 1_700_000_000 + Int64(telegram) * 900 + Int64(number)
                memory.update(address(number), at: time) { state in
                    let evidence = ReplayEvidence(
                        clock: MeterClock(seconds: time, isDate: false),
                        messageCounter: number % 2 == 0 ? UInt32(telegram) : nil,
                        linkCounter: number % 3 == 0 ? 0x1FFF_FFFF : nil,
                        accessNumber: number % 4 == 0 ? nil : UInt8(telegram),
                        fingerprint: UInt64(number) << 32 | UInt64(telegram))
                    let readings = (0...(number % 3)).map { tariff in
                        LifetimeRegister.Reading(
                            register: LifetimeRegister(
                                quantity: .volume, unit: .cubicMetre, tariff: tariff,
                                qualifiers: tariff == 1 ? .backward : []),
                            value: ScaledInteger(Int64(telegram) - 5, exponent: -3))
                    }
                    _ = state.judge(
                        evidence, readings, deviceType: .water, at: time,
                        instant: start + .seconds(telegram * 900))
                }
            }
        }
        return memory
    }

    @Test(arguments: [0, 1, 2, 20] as [UInt32])
    func survivesARestart(_ meters: UInt32) throws {
        let memory = Self.memory(meters: meters)
        let octets = memory.encode()
        let restored = try #require(MeterMemory(decoding: octets))
        #expect(restored.count == Int(meters))
        #expect(restored.encode() == octets)
        for number in 0..<meters {
            let before = try #require(memory[Self.address(number)])
            let after = try #require(restored[Self.address(number)])
            #expect(after.lastHeard == before.lastHeard)
            #expect(after.interval.gaps == before.interval.gaps)
            #expect(after.interval.expireAfter == before.interval.expireAfter)
            #expect(after.replay == before.replay)
            #expect(after.plausibility == before.plausibility)
        }
        #expect(octets.count <= 17 + Int(meters) * 400)
    }

    @Test func remembersAcrossARestart() throws {
        var memory = try #require(MeterMemory(decoding: Self.memory(meters: 1).encode()))
        memory.update(Self.address(0), at: 1_700_100_000) { state in
            let old = ReplayEvidence(messageCounter: 3, fingerprint: 3)
            #expect(
                state.replay.judge(old) == .replayed(.olderMessageCounter(3, accepted: 19)))
            let fall = LifetimeRegister.Reading(
                register: LifetimeRegister(quantity: .volume, unit: .cubicMetre),
                value: ScaledInteger(0, exponent: -3))
            let verdict = state.plausibility.judge([fall], deviceType: .water, at: 1_700_100_000)
            guard case .hold = verdict else {
                Issue.record("a fall must be held")
                return
            }
        }
    }

    @Test func everyPrefixIsRefused() {
        let octets = Self.memory(meters: 3).encode()
        for count in 0..<octets.count {
            #expect(MeterMemory(decoding: Array(octets.prefix(count))) == nil)
        }
        #expect(MeterMemory(decoding: octets + [0]) == nil)
        #expect(MeterMemory(decoding: octets) != nil)
    }

    @Test func everyDamagedOctetIsRefused() {
        var random = SeededGenerator(state: 7)
        let octets = Self.memory(meters: 3).encode()
        for index in octets.indices {
            var damaged = octets
            damaged[index] ^= UInt8.random(in: 1...255, using: &random)
            #expect(MeterMemory(decoding: damaged) == nil)
        }
    }

    /// Damage with a right checksum over it: whatever is read, nothing traps, and what is taken can
    /// be written again and judged with.
    @Test func damageBehindARightChecksumDoesNotTrap() {
        var random = SeededGenerator(state: 8)
        let octets = Array(Self.memory(meters: 3).encode().dropLast(8))
        var taken = 0
        for _ in 0..<5000 {
            var damaged = octets
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 5..<damaged.count, using: &random)
                damaged[index] = UInt8.random(in: 0...255, using: &random)
            }
            if random.chance(20) {
                damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
            }
            var writer = MemoryWriter()
            for octet in damaged { writer.append(octet) }
            writer.append(FNV1a.hash(damaged))
            guard var memory = MeterMemory(decoding: writer.octets) else { continue }
            taken += 1
            #expect(MeterMemory(decoding: memory.encode()) != nil)
            for number in 0..<3 as Range<UInt32> {
                memory.update(Self.address(number), at: .max) { state in
                    let reading = LifetimeRegister.Reading(
                        register: LifetimeRegister(quantity: .volume, unit: .cubicMetre),
                        value: ScaledInteger(15, exponent: -3))
                    _ = state.plausibility.judge([reading], deviceType: .water, at: .max)
                    _ = state.replay.judge(Self.evidence)
                    _ = state.interval.expireAfter
                }
            }
        }
        #expect(taken > 100)
    }

    static let evidence = ReplayEvidence(
        clock: MeterClock(seconds: 0, isDate: false), messageCounter: 1, linkCounter: 1,
        accessNumber: 1, fingerprint: 1)

    @Test func metersAreBounded() {
        var memory = MeterMemory()
        let limit = UInt32(MeterMemory.limit)
        for number in 0..<(limit + 20) {
            memory.update(Self.address(number), at: Int64(number)) { _ in }
        }
        #expect(memory.count == MeterMemory.limit)
        // The ones that were silent for longest are gone.
        #expect(memory[Self.address(19)] == nil)
        #expect(memory[Self.address(20)] != nil)
        #expect(memory[Self.address(limit + 19)] != nil)
        memory.forget(Self.address(20))
        #expect(memory.count == MeterMemory.limit - 1)
    }

    @Test func aPauseOfTheReceiversIsNoInterval() {
        var memory = Self.memory(meters: 1)
        let gaps = memory[Self.address(0)]?.interval.gaps
        memory.interrupted()
        memory.update(Self.address(0), at: 0) { state in
            state.interval.heard(at: .now + .seconds(50_000))
            #expect(state.interval.gaps == gaps)
        }
    }

    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C),
            ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)])
    func fnv1a(_ text: String, _ hash: UInt64) { #expect(FNV1a.hash(text.utf8) == hash) }
}
