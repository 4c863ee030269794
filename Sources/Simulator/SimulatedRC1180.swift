import Wire

/// Radiocrafts' RC1180-MBUS and RC11xx-MBUS3.
///
/// Telegrams are a length octet and the frame from its C-field on, with an RSSI octet behind it if
/// the memory says so, which the length counts. `00` makes the module deaf and ready for commands
/// of one letter, each answered with `>`; `X` ends that.
public struct SimulatedRC1180: SimulatedStick {
    public struct Options: Equatable, Sendable {
        /// What stands in the memory at 61h.
        public var partNumber: String
        /// The mode that is in the memory; 1 is T1.
        public var mode: UInt8
        /// Memory 05h.
        public var attachesRSSI: Bool
        /// Memory 36h: 04h start and stop octets, 08h a CRC.
        public var dataInterface: UInt8
        /// Memory 3Dh, of an MBUS3: 02h hears all.
        public var installMode: UInt8

        public init(
            partNumber: String = "RC1180-MBUS3,2.00,0.18", mode: UInt8 = 1,
            attachesRSSI: Bool = true, dataInterface: UInt8 = 0, installMode: UInt8 = 2
        ) {
            self.partNumber = partNumber
            self.mode = mode
            self.attachesRSSI = attachesRSSI
            self.dataInterface = dataInterface
            self.installMode = installMode
        }

        var memory: [UInt8] {
            var memory = [UInt8](repeating: 0xFF, count: 256)
            let values: [Int: UInt8] = [
                0x00: 0x0C, 0x01: 0x05, 0x02: 0x02, 0x03: mode, 0x04: 0,
                0x05: attachesRSSI ? 1 : 0, 0x0E: 0, 0x0F: 0x80, 0x10: 0x7C, 0x12: 0x01,
                0x19: 0x18, 0x1A: 0x44, 0x1B: 0x12, 0x1C: 0x34, 0x1D: 0x56, 0x1E: 0x78, 0x1F: 0x01,
                0x20: 0x07, 0x30: 0x05, 0x35: 0, 0x36: dataInterface, 0x3D: installMode,
            ]
            for (place, value) in values { memory[place] = value }
            let text = Array(partNumber.utf8.prefix(64))
            memory.replaceSubrange(0x61..<0x61 + text.count, with: text)
            return memory
        }
    }

    public let baudRate: Int? = 19_200
    public private(set) var isConfigured = false
    public private(set) var hostCommands = 0
    private let memory: [UInt8]
    private let isMBUS3: Bool
    private var mode: UInt8
    private var isInConfigurationMode = false
    private var begun: UInt8?
    /// Octets of a telegram to transmit that are yet to come.
    private var toTransmit = 0

    public init(options: Options = Options()) {
        memory = options.memory
        isMBUS3 = options.partNumber.contains("MBUS3")
        mode = options.mode
    }

    // MARK: Host

    public mutating func received(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { isInConfigurationMode ? command($0) : normal($0) }
    }

    /// A telegram that is not completed within 2 s is given up; so is half a command.
    public mutating func lineWentSilent() {
        begun = nil
        toTransmit = 0
    }

    /// Outside the configuration mode an octet is the length of a telegram to transmit, but for 0.
    private mutating func normal(_ octet: UInt8) -> [UInt8] {
        guard toTransmit == 0 else {
            toTransmit -= 1
            return []
        }
        guard octet == 0x00 else {
            toTransmit = octet <= 0xF6 ? Int(octet) : 0
            return []
        }
        hostCommands += 1
        isInConfigurationMode = true
        return [Self.prompt]
    }

    private mutating func command(_ octet: UInt8) -> [UInt8] {
        if let letter = begun {
            begun = nil
            hostCommands += 1
            switch letter {
            case UInt8(ascii: "Y"): return [memory[Int(octet)], Self.prompt]
            default:
                mode = octet
                return [Self.prompt]
            }
        }
        switch octet {
        case UInt8(ascii: "G") where isMBUS3, UInt8(ascii: "Y") where isMBUS3:
            begun = octet
            return []
        case UInt8(ascii: "0"):
            hostCommands += 1
            return memory + [Self.prompt]
        case UInt8(ascii: "S"):
            hostCommands += 1
            return [0x8E, Self.prompt]
        case UInt8(ascii: "X"):
            hostCommands += 1
            isInConfigurationMode = false
            isConfigured = true
            return []
        default: return []
        }
    }

    private static let prompt = UInt8(ascii: ">")

    // MARK: Power

    public mutating func unplug() {
        lineWentSilent()
        isInConfigurationMode = false
        isConfigured = false
        mode = memory[0x03]
    }

    public mutating func listenAsLeftByHost() { mode = isMBUS3 ? 0x0A : 1 }

    // MARK: Telegrams

    public func indication(of transmission: Transmission) -> [UInt8]? {
        guard !isInConfigurationMode, transmission.isHeard(in: listensFor),
            transmission.frame.count > 10
        else { return nil }
        var payload = Array(transmission.frame.dropFirst())
        if memory[0x05] == 1 {
            payload.append(UInt8(min(max((-2 * transmission.signalStrength).rounded(), 0), 255)))
        }
        guard let length = UInt8(exactly: payload.count) else { return nil }
        return [length] + payload
    }

    private var listensFor: Set<LinkMode> {
        switch (isMBUS3, mode) {
        case (false, 0), (true, 0), (true, 3): [.s1]
        case (_, 1), (true, 2): [.t1]
        case (true, 8), (true, 9): [.c1]
        case (true, 0x0A), (true, 0x0B): [.t1, .c1]
        default: []
        }
    }

    // MARK: Faults

    /// Without a check sum only a broken line can be told from a telegram: it reads as zeros.
    public func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        [UInt8](repeating: 0, count: message.count)
    }

    /// A telegram begins with its length: nothing below 10 is one.
    public func noise(using random: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: 1...24, using: &random)).map { _ in
            UInt8.random(in: 0...9, using: &random)
        }
    }
}
