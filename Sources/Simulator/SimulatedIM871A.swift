import Wire

/// IMST's iM871A: `A5 | control, endpoint | message | length | payload | attachments`.
///
/// Attachments are a time stamp (4 octets), the RSSI (1) and the CRC-16/X-25 of all but the A5
/// (2, low octet first); the control field tells which are there. Answers are for the commands
/// whose payload is known; the stick is silent on others.
public struct SimulatedIM871A: SimulatedStick {
    public struct Options: Equatable, Sendable {
        /// 0x13, 0x14 or 0x15; before 0x14 modes C and T are not heard together.
        public var firmware: UInt8 = 0x15
        public var uniqueIdentifier: UInt32 = 0x00B9_3F7D
        /// Every stick seen sends CRCs, though its protocol lets them out.
        public var attachesCRC = true
        /// The clock's value where time stamps are switched on.
        public var timestamp: UInt32 = 0
        /// What is in flash when the simulation begins.
        public var stored = Configuration()

        public init(
            firmware: UInt8 = 0x15, attachesCRC: Bool = true, timestamp: UInt32 = 0,
            stored: Configuration = Configuration()
        ) {
            self.firmware = firmware
            self.attachesCRC = attachesCRC
            self.timestamp = timestamp
            self.stored = stored
        }
    }

    /// The fields of the two groups of "get configuration", in their order.
    public struct Configuration: Equatable, Sendable {
        /// Device mode, link mode, C, M (2), id (4), version, device type, radio channel.
        var group1: [[UInt8]] = [
            [0x00], [0x03], [0x44], [0xAE, 0x0C], [0x17, 0x15, 0x10, 0x00], [0x01], [0x00], [0x01],
        ]
        /// Power, data rate, receive window, power saving, RSSI, time stamp, LEDs, clock.
        var group2: [[UInt8]] = [
            [0x07], [0x02], [0x32], [0x00], [0x00], [0x00], [0x07], [0x00],
        ]

        /// - Parameter linkMode: 03h is T1, 0Ah C and T together
        public init(linkMode: UInt8 = 0x03, attachesTimestamp: Bool = false) {
            group1[Self.linkMode] = [linkMode]
            group2[Self.timestamp] = [attachesTimestamp ? 1 : 0]
        }

        static let linkMode = 1
        static let signalStrength = 4
        static let timestamp = 5

        var octets: [UInt8] { [0xFF] + group1.joined() + [0xFF] + group2.joined() }

        /// Takes the fields that the flag octets of "set configuration" announce.
        mutating func update(from payload: ArraySlice<UInt8>) -> Bool {
            var rest = payload
            return Self.update(&group1, from: &rest) && Self.update(&group2, from: &rest)
        }

        private static func update(
            _ group: inout [[UInt8]], from rest: inout ArraySlice<UInt8>
        ) -> Bool {
            guard let flags = rest.popFirst() else { return true }
            for index in group.indices where flags & 1 << UInt8(index) != 0 {
                let size = group[index].count
                guard rest.count >= size else { return false }
                group[index] = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            return true
        }
    }

    public let baudRate: Int? = 57_600
    public private(set) var isConfigured = false
    public private(set) var hostCommands = 0
    private let options: Options
    private var stored: Configuration
    private var active: Configuration
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
        while let command = nextCommand() {
            hostCommands += 1
            answers += answer(to: command)
        }
        return answers
    }

    public mutating func lineWentSilent() { pending = [] }

    private struct Command {
        var endpoint: UInt8
        var message: UInt8
        var payload: [UInt8]
    }

    /// The next whole command; nil until more octets come. What is none is passed over.
    private mutating func nextCommand() -> Command? {
        while let start = pending.firstIndex(of: 0xA5) {
            pending.removeFirst(start)
            guard pending.count >= 4 else { return nil }
            let control = pending[1] >> 4
            let endpoint = pending[1] & 0x0F
            let end = Self.end(of: pending[...])
            guard control & 0b0001 == 0, (1...4).contains(endpoint) else {
                pending.removeFirst()
                continue
            }
            guard pending.count >= end else { return nil }
            let whole = pending.prefix(end)
            guard control & 0b1000 == 0 || Self.hasRightCRC(whole) else {
                pending.removeFirst()
                continue
            }
            defer { pending.removeFirst(end) }
            return Command(
                endpoint: endpoint, message: whole[2],
                payload: Array(whole.dropFirst(4).prefix(Int(whole[3]))))
        }
        pending = []
        return nil
    }

    private mutating func answer(to command: Command) -> [UInt8] {
        guard command.endpoint == 1 else { return [] }
        switch command.message {
        case 0x01: return response(to: command)
        case 0x03:
            configure(command.payload)
            return response(to: command)
        case 0x05: return response(to: command, active.octets)
        case 0x07:
            defer { restart() }
            return response(to: command)
        case 0x09:
            stored = Configuration()
            defer { restart() }
            return response(to: command)
        case 0x0F:
            let hciVersion: UInt8 = options.firmware < 0x14 ? 0x16 : 0x17
            let identifier = options.uniqueIdentifier.littleEndianOctets
            return response(
                to: command,
                [0x33, active.group1[0][0], options.firmware, hciVersion] + identifier)
        default: return []
        }
    }

    private func response(to command: Command, _ payload: [UInt8] = []) -> [UInt8] {
        message(0x01, command.message + 1, payload)
    }

    private mutating func configure(_ payload: [UInt8]) {
        guard let storing = payload.first else { return }
        var new = active
        guard new.update(from: payload.dropFirst()) else { return }
        let linkMode = new.group1[Configuration.linkMode][0]
        // An older firmware does not know the combined mode and stays in the one it is in.
        guard linkMode <= (options.firmware < 0x14 ? 0x09 : 0x0A) else { return }
        active = new
        if storing == 1 { stored = new }
        isConfigured = true
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
        active.group1[Configuration.linkMode] = [options.firmware < 0x14 ? 0x03 : 0x0A]
        active.group2[Configuration.signalStrength] = [1]
    }

    // MARK: Telegrams

    public func indication(of transmission: Transmission) -> [UInt8]? {
        guard transmission.isHeard(in: listensFor), transmission.frame.count > 10 else {
            return nil
        }
        // The stick's length octet takes the place of the L-field.
        return message(
            0x02, 0x03, Array(transmission.frame.dropFirst()),
            timestamp: active.group2[Configuration.timestamp] == [1] ? options.timestamp : nil,
            signalStrength: active.group2[Configuration.signalStrength] == [1]
                ? transmission.signalStrength : nil)
    }

    private var listensFor: Set<LinkMode> {
        switch active.group1[Configuration.linkMode][0] {
        case 0x00, 0x01, 0x02: [.s1]
        case 0x03, 0x04: [.t1]
        case 0x06...0x09: [.c1]
        case 0x0A: [.t1, .c1]
        default: []
        }
    }

    private func message(
        _ endpoint: UInt8, _ message: UInt8, _ payload: [UInt8], timestamp: UInt32? = nil,
        signalStrength: Double? = nil
    ) -> [UInt8] {
        var control: UInt8 = options.attachesCRC ? 0b1000 : 0
        if timestamp != nil { control |= 0b0010 }
        if signalStrength != nil { control |= 0b0100 }
        var body = [control << 4 | endpoint, message, UInt8(truncatingIfNeeded: payload.count)]
        body += payload
        if let timestamp { body += timestamp.littleEndianOctets }
        if let signalStrength {
            // dBm = −100 + (raw − 45) / 2, the reading of the Si1002's data sheet.
            let raw = ((signalStrength + 100) * 2 + 45).rounded()
            body.append(UInt8(min(max(raw, 0), 255)))
        }
        if options.attachesCRC { body += CRC16.x25(body).littleEndianOctets }
        return [0xA5] + body
    }

    // MARK: Faults

    public func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        // Few tries are needed; a telegram that looks like a message inside would take them all.
        for _ in 0..<100 where options.attachesCRC && message.count > 4 {
            var result = message.withOtherOctet(in: message.indices, using: &random)
            // The flag that says a CRC is there must stay, or nothing vouches for the rest.
            result[1] |= 0x80
            if result != message, !Self.holdsMessage(result) { return result }
        }
        // Without a CRC only a broken line can be told from a telegram: it reads as zeros.
        return [UInt8](repeating: 0, count: message.count)
    }

    public func noise(using random: inout SplitMix64) -> [UInt8] {
        var result = (0..<Int.random(in: 1...24, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        // A false start is seen through at once: bit 10h is in no header.
        for (place, octet) in result.enumerated() where octet == 0xA5 {
            if place + 1 < result.count { result[place + 1] = 0x10 | result[place + 1] & 0x4F }
        }
        if result.last == 0xA5 { result.append(0x10) }
        return result
    }

    /// One past the message that begins with the A5 at the start of `octets` (4 at least).
    private static func end(of octets: ArraySlice<UInt8>) -> Int {
        let start = octets.startIndex
        let control = octets[start + 1] >> 4
        var end = start + 4 + Int(octets[start + 3])
        if control & 0b0010 != 0 { end += 4 }
        if control & 0b0100 != 0 { end += 1 }
        if control & 0b1000 != 0 { end += 2 }
        return end
    }

    private static func hasRightCRC(_ whole: ArraySlice<UInt8>) -> Bool {
        CRC16.x25(whole.dropFirst().dropLast(2)).littleEndianOctets == Array(whole.suffix(2))
    }

    /// Whether a driver that looks for an A5 anywhere finds a message in `octets`.
    private static func holdsMessage(_ octets: [UInt8]) -> Bool {
        octets.indices.contains { start in
            guard octets[start] == 0xA5, start + 4 <= octets.count else { return false }
            let end = end(of: octets[start...])
            guard octets[start + 1] & 0x10 == 0, (1...4).contains(octets[start + 1] & 0x0F),
                end <= octets.count
            else { return false }
            return octets[start + 1] & 0x80 == 0 || hasRightCRC(octets[start..<end])
        }
    }
}

extension FixedWidthInteger {
    /// Least significant octet first.
    var littleEndianOctets: [UInt8] {
        withUnsafeBytes(of: littleEndian) { Array($0) }
    }
}
