import Decoder
import Wire

/// How the parts of a `MeterMemory` are written and read: fixed fields, low octet first, lists with
/// their count in one octet before them.
///
/// - A meter: address 8 octets, last heard 8, then learner, guard and totals.
/// - Learner: list of gaps, 4 each, in milliseconds.
/// - Guard: flags 1 (bit 0 clock, bit 1 message counter, bit 2 session number), clock 8, message
///   counter 4, session number 4, list of telegrams: whether it has an access number 1, access
///   number 1, fingerprint 8.
/// - Totals: list of registers: quantity 1, unit 1, subunit 2, tariff 4, qualifiers 4, mantissa 8,
///   exponent 2, time 8, flags 1 (bit 0 counts both ways).
///
/// What is not flagged as present is written as 0.
struct MemoryWriter {
    private(set) var octets: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { octets.append(contentsOf: $0) }
    }

    mutating func append(_ learner: IntervalLearner) {
        append(UInt8(clamping: learner.gaps.count))
        for gap in learner.gaps { append(gap) }
    }

    mutating func append(_ guarding: ReplayGuard) {
        var flags: UInt8 = 0
        if guarding.clock != nil { flags |= 1 }
        if guarding.messageCounter != nil { flags |= 2 }
        if guarding.linkCounter != nil { flags |= 4 }
        append(flags)
        append(guarding.clock ?? 0)
        append(guarding.messageCounter ?? 0)
        append(guarding.linkCounter ?? 0)
        append(UInt8(clamping: guarding.known.count))
        for telegram in guarding.known {
            append(UInt8(telegram.accessNumber == nil ? 0 : 1))
            append(telegram.accessNumber ?? 0)
            append(telegram.fingerprint)
        }
    }

    mutating func append(_ plausibility: Plausibility) {
        // Sorted, so that the same memory always has the same octets.
        let registers = plausibility.levels.compactMap { Self.octets(of: $0.key, $0.value) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        append(UInt8(clamping: registers.count))
        for register in registers { octets += register }
    }

    /// Nil for what has no code here: it is learned anew after a restart.
    private static func octets(
        of register: LifetimeRegister, _ level: Plausibility.Level
    ) -> [UInt8]? {
        guard let quantity = LifetimeRegister.quantities.firstIndex(of: register.quantity),
            let unit = MemoryCodes.units.firstIndex(of: register.unit),
            let exponent = Int16(exactly: level.value.exponent)
        else { return nil }
        var writer = MemoryWriter()
        writer.append(UInt8(quantity))
        writer.append(UInt8(unit))
        writer.append(register.subunit)
        writer.append(register.tariff)
        writer.append(MemoryCodes.code(of: register.qualifiers))
        writer.append(level.value.mantissa)
        writer.append(exponent)
        writer.append(level.time)
        writer.append(UInt8(level.countsBothWays ? 1 : 0))
        return writer.octets
    }
}

/// The octets are not what `MemoryWriter` writes.
enum MemoryDamage: Error { case damaged }

extension ByteReader {
    mutating func number<Number: FixedWidthInteger>(
        _: Number.Type = Number.self
    ) throws(MemoryDamage) -> Number {
        guard let value = try? unsigned(octets: Number.bitWidth / 8) else { throw .damaged }
        return Number(truncatingIfNeeded: value)
    }

    /// Reads a count and as many items.
    mutating func list<Item>(
        atMost limit: Int, _ item: (inout ByteReader) throws(MemoryDamage) -> Item
    ) throws(MemoryDamage) -> [Item] {
        let count = Int(try number(UInt8.self))
        guard count <= limit else { throw .damaged }
        var items: [Item] = []
        for _ in 0..<count { items.append(try item(&self)) }
        return items
    }

    mutating func learner() throws(MemoryDamage) -> IntervalLearner {
        let gaps = try list(atMost: IntervalLearner.capacity) {
            (reader: inout ByteReader) throws(MemoryDamage) in try reader.number(UInt32.self)
        }
        return IntervalLearner(gaps: gaps)
    }

    mutating func replayGuard() throws(MemoryDamage) -> ReplayGuard {
        let flags = try number(UInt8.self)
        let clock = try number(Int64.self)
        let messageCounter = try number(UInt32.self)
        let linkCounter = try number(UInt32.self)
        let known = try list(atMost: ReplayGuard.memory) {
            (reader: inout ByteReader) throws(MemoryDamage) in
            let counts = try reader.number(UInt8.self) != 0
            let accessNumber = try reader.number(UInt8.self)
            return ReplayGuard.Known(
                accessNumber: counts ? accessNumber : nil, fingerprint: try reader.number())
        }
        return ReplayGuard(
            clock: flags & 1 != 0 ? clock : nil,
            messageCounter: flags & 2 != 0 ? messageCounter : nil,
            linkCounter: flags & 4 != 0 ? linkCounter : nil, known: known)
    }

    mutating func plausibility() throws(MemoryDamage) -> Plausibility {
        let levels = try list(atMost: Plausibility.limit) {
            (reader: inout ByteReader) throws(MemoryDamage) in try reader.register()
        }
        return Plausibility(levels: levels)
    }

    private mutating func register() throws(MemoryDamage) -> (
        LifetimeRegister, Plausibility.Level
    ) {
        let quantity = Int(try number(UInt8.self))
        let unit = Int(try number(UInt8.self))
        guard LifetimeRegister.quantities.indices.contains(quantity),
            MemoryCodes.units.indices.contains(unit)
        else { throw .damaged }
        let register = LifetimeRegister(
            quantity: LifetimeRegister.quantities[quantity], unit: MemoryCodes.units[unit],
            subunit: try number(), tariff: try number(),
            qualifiers: MemoryCodes.qualifiers(of: try number()))
        let mantissa = try number(Int64.self)
        let exponent = Int(try number(Int16.self))
        let level = Plausibility.Level(
            value: ScaledInteger(mantissa, exponent: exponent), time: try number(),
            countsBothWays: try number(UInt8.self) & 1 != 0)
        return (register, level)
    }
}

/// The numbers that stand for quantities, units and qualifiers: positions in lists. Append only.
private enum MemoryCodes {
    static func code(of qualifiers: Qualifiers) -> UInt32 {
        LifetimeRegister.parts.indices.reduce(0) { code, index in
            qualifiers.contains(LifetimeRegister.parts[index].qualifier)
                ? code | 1 << UInt32(index) : code
        }
    }

    static func qualifiers(of code: UInt32) -> Qualifiers {
        LifetimeRegister.parts.indices.reduce(into: []) { qualifiers, index in
            if code & 1 << UInt32(index) != 0 {
                qualifiers.insert(LifetimeRegister.parts[index].qualifier)
            }
        }
    }

    static let units: [Unit] = [
        .none, .wattHour, .kilowattHour, .megawattHour, .joule, .megajoule, .gigajoule,
        .megacalorie, .kilovarHour, .kilovoltAmpereHour, .cubicMetre, .cubicFoot, .gallon,
        .kilogram, .tonne,
    ]
}
