import Wire

/// IMST's iU891A-XL: `C0 | endpoint | message | [status] | payload | CRC-16/X-25 | C0`, SLIP-escaped.
///
/// Answers carry a status octet first and the number of their request + 1. Telegrams are message
/// 20h of endpoint 09h, with a header of eight octets in front of the frame.
public struct SimulatedIU891A: SimulatedStick {
    public struct Options: Equatable, Sendable {
        /// 6Eh iU891A-XL, 6Dh iM891A-XL, 71h iU893A-XL, A3h iM881A-XL.
        public var moduleType: UInt8
        /// Some units tell 0.
        public var uniqueIdentifier: UInt32
        /// Eleven octets, in flash when the simulation begins: link mode, option bits (2), …
        public var stored: [UInt8]

        public init(
            moduleType: UInt8 = 0x6E, uniqueIdentifier: UInt32 = 0x00B9_3F7D,
            stored: [UInt8] = [0, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        ) {
            self.moduleType = moduleType
            self.uniqueIdentifier = uniqueIdentifier
            self.stored = stored
        }
    }

    /// USB makes the rate meaningless.
    public let baudRate: Int? = nil
    public private(set) var isConfigured = false
    public private(set) var hostCommands = 0
    private let options: Options
    private var stored: [UInt8]
    private var active: [UInt8]
    private var pending: [UInt8] = []

    public init(options: Options = Options()) {
        self.options = options
        stored = options.stored
        active = options.stored
    }

    // MARK: Host

    public mutating func received(_ bytes: [UInt8]) -> [UInt8] {
        pending += bytes
        var answers: [UInt8] = []
        while let end = pending.firstIndex(of: 0xC0) {
            let command = Self.opened(pending[..<end])
            pending.removeFirst(end + 1)
            guard let command else { continue }
            hostCommands += 1
            if let answer = answer(to: command) { answers += answer }
        }
        return answers
    }

    public mutating func lineWentSilent() { pending = [] }

    private mutating func answer(to command: [UInt8]) -> [UInt8]? {
        let payload = Array(command.dropFirst(2))
        switch (command[0], command[1]) {
        case (0x01, 0x01): return response(command)
        case (0x01, 0x03):
            return response(
                command,
                [options.moduleType] + options.uniqueIdentifier.littleEndianOctets
                    + "iU891A-XL".utf8 + [0, 0])
        case (0x01, 0x05):
            return response(command, [0x00, 0x01, 0xAA, 0x00] + "14.11.2024WMBusGateway".utf8)
        case (0x01, 0x07):
            restart()
            return response(command)
        case (0x09, 0x01): return response(command, active)
        case (0x09, 0x03):
            guard payload.count == 11 else { return response(command, status: 7) }
            guard [0, 1, 2, 3, 5, 6].contains(payload[0]) else {
                return response(command, status: 3)
            }
            active = payload
            isConfigured = !listensFor.isEmpty
            return response(command)
        case (0x09, 0x05): return response(command, stored)
        case (0x09, 0x07):
            guard payload.count == 11 else { return response(command, status: 7) }
            stored = payload
            return response(command)
        case (0x09, 0x81):
            return response(command, [0x25, 0xB3, 0x00, 0x10, 0x15, 0x17, 0x01, 0x00])
        default: return response(command, status: 2)
        }
    }

    private func response(
        _ command: [UInt8], _ payload: [UInt8] = [], status: UInt8 = 0
    ) -> [UInt8] {
        Self.sealed([command[0], command[1] &+ 1, status] + payload)
    }

    // MARK: Power

    public mutating func unplug() {
        pending = []
        restart()
    }

    private mutating func restart() {
        active = stored
        isConfigured = false
    }

    public mutating func listenAsLeftByHost() {
        active[0] = 3
        active[1] = 0x02
    }

    // MARK: Telegrams

    public func indication(of transmission: Transmission) -> [UInt8]? {
        guard transmission.isHeard(in: listensFor), transmission.frame.count > 10 else {
            return nil
        }
        let isFormatB = transmission.format == .b
        let isC = transmission.linkMode == .c1 || isFormatB
        let mode: UInt8 = isC ? 0x05 : transmission.linkMode == .s1 ? 0x01 : 0x02
        let strength = Int8(min(max(transmission.signalStrength.rounded(), -128), 127))
        // The clock was never set: it began at 2000-01-01.
        let time: UInt32 = 0x386D_439F
        return Self.sealed(
            [0x09, 0x20] + time.littleEndianOctets
                + [0x02, 0x05, isFormatB ? mode | 0x10 : mode, UInt8(bitPattern: strength)]
                + transmission.frame)
    }

    /// Nothing is handed over unless option 0002h asks for it, or where 0001h filters addresses.
    private var listensFor: Set<LinkMode> {
        guard active[1] & 0x03 == 0x02 else { return [] }
        switch active[0] {
        case 1: return [.s1]
        case 2: return [.t1]
        case 3, 6: return [.t1, .c1]
        case 5: return [.c1]
        default: return []
        }
    }

    private static func sealed(_ body: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0xC0]
        for octet in body + CRC16.x25(body).littleEndianOctets {
            if octet == 0xC0 || octet == 0xDB {
                result += [0xDB, octet == 0xC0 ? 0xDC : 0xDD]
            } else {
                result.append(octet)
            }
        }
        return result + [0xC0]
    }

    /// What was sealed, without its CRC; nil for anything else.
    private static func opened(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var rest = part
        while let octet = rest.popFirst() {
            guard octet == 0xDB else {
                octets.append(octet)
                continue
            }
            switch rest.popFirst() {
            case 0xDC: octets.append(0xC0)
            case 0xDD: octets.append(0xDB)
            default: return nil
            }
        }
        guard octets.count >= 4,
            CRC16.x25(octets.dropLast(2)).littleEndianOctets == Array(octets.suffix(2))
        else { return nil }
        return Array(octets.dropLast(2))
    }

    // MARK: Faults

    public func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        for _ in 0..<100 {
            // The marks at the ends vouch for nothing.
            let places = message.indices.dropFirst().dropLast()
            let result = message.withOtherOctet(in: places, using: &random)
            if result != message, !Self.holdsMessage(result) { return result }
        }
        return [UInt8](repeating: 0, count: message.count)
    }

    public func noise(using random: inout SplitMix64) -> [UInt8] {
        while true {
            let noise = (0..<Int.random(in: 1...24, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if !Self.holdsMessage(noise) { return noise }
        }
    }

    private static func holdsMessage(_ octets: [UInt8]) -> Bool {
        octets.split(separator: 0xC0).contains { opened($0) != nil }
    }
}
