import Wire

/// The AMB8465-M of Amber wireless (now Würth): `FF | command | length | payload | xor of all`.
///
/// A command's answer has bit 80h set. Telegrams come as command 03h or, as the factory sets it,
/// bare: length octet and frame, with no start octet and no check sum.
public struct SimulatedAMB8465: SimulatedStick {
    public struct Options: Equatable, Sendable {
        public var serialNumber: UInt32 = 0x2701_BB54
        /// Major, minor, patch.
        public var firmware: [UInt8] = [2, 7, 0]
        /// A stray octet before each answer, as some AMB8665-M send it; nil for none.
        public var strayOctet: UInt8?
        /// The 78h parameters in flash when the simulation begins.
        public var parameters = factoryParameters

        /// - Parameters:
        ///   - commandOutput: parameter 05h, telegrams framed and with check sum
        ///   - attachesRSSI: parameter 45h
        ///   - modePreselect: parameter 46h, the mode after power-up; 03h (S2) from the factory
        public init(
            commandOutput: Bool = false, attachesRSSI: Bool = false, modePreselect: UInt8 = 0x03
        ) {
            parameters[Parameter.commandOutput] = commandOutput ? 1 : 0
            parameters[Parameter.attachesRSSI] = attachesRSSI ? 1 : 0
            parameters[Parameter.modePreselect] = modePreselect
        }
    }

    enum Parameter {
        static let commandOutput = 0x05
        static let channel = 0x3C
        static let attachesRSSI = 0x45
        static let modePreselect = 0x46
    }

    /// As read from a stick that came from the factory, 16 a row.
    // swift-format-ignore
    public static let factoryParameters: [UInt8] = [
        0x00, 0x80, 0x71, 0x02, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFA, 0x00, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x32, 0x00, 0x02,
        0x14, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0x04, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
        0x01, 0x44, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0x0B, 0x04, 0x01, 0x00,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x03, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ]

    public let baudRate: Int? = 9_600
    public private(set) var isConfigured = false
    public private(set) var hostCommands = 0
    private let options: Options
    private var flash: [UInt8]
    /// The parameters in force: those of flash when the stick last started.
    private var active: [UInt8]
    private var mode: UInt8
    private var pending: [UInt8] = []

    public init(options: Options = Options()) {
        self.options = options
        flash = options.parameters
        active = flash
        mode = flash[Parameter.modePreselect]
    }

    // MARK: Host

    public mutating func received(_ bytes: [UInt8]) -> [UInt8] {
        pending += bytes
        var answers: [UInt8] = []
        while let (command, payload) = nextCommand() {
            hostCommands += 1
            guard let (code, values) = answer(to: command, payload) else { continue }
            if let stray = options.strayOctet { answers.append(stray) }
            answers += Self.message(code, values)
        }
        return answers
    }

    public mutating func lineWentSilent() { pending = [] }

    /// The next whole command; nil until more octets come. What is none is passed over.
    private mutating func nextCommand() -> (command: UInt8, payload: [UInt8])? {
        while let start = pending.firstIndex(of: 0xFF) {
            pending.removeFirst(start)
            guard pending.count >= 3 else { return nil }
            let end = 4 + Int(pending[2])
            guard Self.commands.contains(pending[1]) else {
                pending.removeFirst()
                continue
            }
            guard pending.count >= end else { return nil }
            guard pending.prefix(end).reduce(0, ^) == 0 else {
                pending.removeFirst()
                continue
            }
            defer { pending.removeFirst(end) }
            return (pending[1], Array(pending[3..<end - 1]))
        }
        pending = []
        return nil
    }

    /// The commands answered here; those for sending and for keys are not.
    private static let commands: Set<UInt8> = [
        0x04, 0x05, 0x06, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x10, 0x11,
    ]

    private mutating func answer(
        to command: UInt8, _ payload: [UInt8]
    ) -> (code: UInt8, values: [UInt8])? {
        let confirmation = command | 0x80
        switch command {
        case 0x04:
            guard payload.count == 1, payload[0] <= 0x0F else { return (confirmation, [1]) }
            mode = payload[0]
            isConfigured = true
            return (confirmation, [0])
        case 0x05:
            restart()
            return (confirmation, [0])
        case 0x06:
            guard payload.count == 1 else { return nil }
            flash[Parameter.channel] = payload[0]
            return (confirmation, payload)
        case 0x09: return (confirmation, [write(payload) ? 0 : 2])
        case 0x0A:
            guard payload.count == 2 else { return nil }
            // More is asked for than there is: the answer ends with the memory.
            let values = flash.dropFirst(Int(payload[0])).prefix(Int(payload[1]))
            return (confirmation, [payload[0], UInt8(values.count)] + values)
        case 0x0B: return (confirmation, options.serialNumber.littleEndianOctets.reversed())
        case 0x0C: return (confirmation, options.firmware)
        case 0x0D: return (confirmation, [.cc1101RSSI(-71)])
        case 0x10: return (confirmation, [0])
        case 0x11:
            flash = Self.factoryParameters
            return (confirmation, [0])
        default: return nil
        }
    }

    /// Writes address, count, values to flash; they count after a restart only.
    private mutating func write(_ payload: [UInt8]) -> Bool {
        guard payload.count > 2 else { return false }
        let address = Int(payload[0])
        let values = payload.dropFirst(2)
        guard values.count == Int(payload[1]), address + values.count <= flash.count else {
            return false
        }
        flash.replaceSubrange(address..<address + values.count, with: values)
        return true
    }

    // MARK: Power

    public mutating func unplug() {
        pending = []
        restart()
    }

    private mutating func restart() {
        active = flash
        mode = flash[Parameter.modePreselect]
        isConfigured = false
    }

    public mutating func listenAsLeftByHost() { mode = 0x09 }

    // MARK: Telegrams

    public func indication(of transmission: Transmission) -> [UInt8]? {
        guard transmission.isHeard(in: listensFor), transmission.frame.count > 10 else {
            return nil
        }
        // The length counts the RSSI where there is one.
        var payload = Array(transmission.frame.dropFirst())
        if active[Parameter.attachesRSSI] == 1 {
            payload.append(.cc1101RSSI(transmission.signalStrength))
        }
        guard let length = UInt8(exactly: payload.count) else { return nil }
        return sendsBareTelegrams ? [length] + payload : Self.message(0x03, payload)
    }

    private var sendsBareTelegrams: Bool { active[Parameter.commandOutput] != 1 }

    /// The "other" modes receive meters; "meter" modes hear none.
    private var listensFor: Set<LinkMode> {
        switch mode {
        case 0x03: [.s1]
        case 0x08: [.t1]
        case 0x09: [.t1, .c1]
        case 0x0E: [.c1]
        default: []
        }
    }

    private static func message(_ code: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let message = [0xFF, code, UInt8(truncatingIfNeeded: payload.count)] + payload
        return message + [message.reduce(0, ^)]
    }

    // MARK: Faults

    public func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        // The check sum vouches for everything but the length: a wrong one moves the check sum.
        let places = message.indices.filter { $0 != 2 }
        for _ in 0..<100 where !sendsBareTelegrams {
            let result = message.withOtherOctet(in: places, using: &random)
            if result != message, !Self.holdsMessage(result) { return result }
        }
        // Without a check sum only a broken line can be told from a telegram: it reads as zeros.
        return [UInt8](repeating: 0, count: message.count)
    }

    public func noise(using random: inout SplitMix64) -> [UInt8] {
        let count = Int.random(in: 1...24, using: &random)
        // A bare telegram begins with its length: nothing below 10 is one.
        guard !sendsBareTelegrams else {
            return (0..<count).map { _ in UInt8.random(in: 0...9, using: &random) }
        }
        var result = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        // A false start is seen through at once: no message has such a code.
        for place in result.indices.dropFirst() where result[place - 1] == 0xFF {
            result[place] = 0x40 | result[place] & 0x3F
        }
        return result
    }

    /// Whether a driver that looks for an FF anywhere finds a message in `octets`.
    private static func holdsMessage(_ octets: [UInt8]) -> Bool {
        octets.indices.contains { start in
            guard octets[start] == 0xFF, start + 3 < octets.count else { return false }
            let end = start + 4 + Int(octets[start + 2])
            guard end <= octets.count, octets[start + 1] == 0x03 || octets[start + 1] >= 0x80 else {
                return false
            }
            return octets[start..<end].reduce(0, ^) == 0
        }
    }
}
