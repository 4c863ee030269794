import Wire

/// A CUL or nanoCUL with culfw: lines of text, ended by CR LF.
///
/// Telegrams are `b` (frame format A) or `bY` (B) and the frame in hex with its link-layer CRCs,
/// then two octets of link quality and RSSI where report flag 20h asks for them.
public struct SimulatedCUL: SimulatedStick {
    public struct Options: Equatable, Sendable {
        /// What `V` answers.
        public var version = "V 1.67 nanoCUL868"
        /// The letters of `brs`, `brt`, `brc` that the firmware knows; none: no wM-Bus at all.
        public var modes: Set<Character> = ["s", "t", "c"]
        /// TTY_BUFSIZE, which cuts longer lines (64, 128, 224, 300); nil on native USB.
        public var lineBuffer: Int?
        /// `X..` takes the radio away from wM-Bus, as a-culfw with more than one radio mode does.
        public var reportCommandEndsReception = false

        public init(
            version: String = "V 1.67 nanoCUL868", modes: Set<Character> = ["s", "t", "c"],
            lineBuffer: Int? = nil, reportCommandEndsReception: Bool = false
        ) {
            self.version = version
            self.modes = modes
            self.lineBuffer = lineBuffer
            self.reportCommandEndsReception = reportCommandEndsReception
        }
    }

    public let baudRate: Int? = nil
    public private(set) var hostCommands = 0
    private let options: Options
    /// `s`, `t` or `c` while wM-Bus is on.
    private var mode: Character?
    /// Bit 0: telegrams are reported; bit 5: with link quality and RSSI.
    private var reportFlags: UInt8 = 0
    /// A command not yet ended; it outlives the host's closing of the port.
    private var line: [UInt8] = []

    public init(options: Options = Options()) { self.options = options }

    public var isConfigured: Bool { mode != nil && reportFlags & 0x01 != 0 }

    // MARK: Host

    public mutating func received(_ bytes: [UInt8]) -> [UInt8] {
        var answers: [UInt8] = []
        for byte in bytes {
            guard byte == 0x0D || byte == 0x0A else {
                // The command buffer is finite; the firmware drops what does not fit.
                if line.count < 128 { line.append(byte) }
                continue
            }
            guard !line.isEmpty else { continue }
            hostCommands += 1
            if let answer = answer(to: line) { answers += answer + [0x0D, 0x0A] }
            line = []
        }
        return answers
    }

    /// A line waits for its end however long.
    public mutating func lineWentSilent() {}

    private mutating func answer(to line: [UInt8]) -> [UInt8]? {
        let command = String(decoding: line, as: UTF8.self)
        let argument = command.dropFirst()
        switch command.first {
        case "V": return Array((argument == "H" ? "F-BAND:868MHz" : options.version).utf8)
        case "X":
            guard !argument.isEmpty else {
                return Array((Hex.text([reportFlags]) + "  900").utf8)
            }
            guard let flags = UInt8(argument, radix: 16) else { return unknown(line) }
            reportFlags = flags
            if options.reportCommandEndsReception { mode = nil }
            return nil
        case "b" where !options.modes.isEmpty: return receive(argument)
        case "B", "e":
            restart()
            return nil
        case "l": return nil
        case "t": return Array("0001E240".utf8)
        default: return unknown(line)
        }
    }

    private mutating func receive(_ argument: Substring) -> [UInt8]? {
        // `bs` sends, which has no answer.
        guard argument.first != "s" else { return nil }
        if argument.first == "r", let letter = argument.dropFirst().first {
            mode = options.modes.contains(letter) ? letter : nil
        }
        return Array((mode.map { $0.uppercased() + "MODE" } ?? "OFF").utf8)
    }

    private func unknown(_ line: [UInt8]) -> [UInt8] {
        let known = options.modes.isEmpty ? "B e l t V X" : "B b e l t V X"
        return Array("? (".utf8) + line + Array(" is unknown) Use one of \(known)".utf8)
    }

    // MARK: Power

    public mutating func unplug() { restart() }

    private mutating func restart() {
        mode = nil
        reportFlags = 0
        line = []
    }

    public mutating func listenAsLeftByHost() {
        mode = ["c", "t", "s"].first(where: options.modes.contains)
        reportFlags = 0x21
    }

    // MARK: Telegrams

    public func indication(of transmission: Transmission) -> [UInt8]? {
        guard isConfigured, transmission.isHeard(in: listensFor), transmission.frame.count > 10
        else { return nil }
        var text = Array("b".utf8)
        if transmission.format == .b {
            // Frame format B exists in mode C alone.
            guard mode == "c", let octets = LinkLayerFrames.formatB(transmission.frame) else {
                return nil
            }
            text += Array("Y".utf8) + Array(Hex.text(octets).utf8)
        } else {
            text += Array(Hex.text(LinkLayerFrames.formatA(transmission.frame)).utf8)
        }
        if reportFlags & 0x20 != 0 {
            // 82h: the radio's own "CRC right", and link quality 2.
            text += Array(Hex.text([0x82, .cc1101RSSI(transmission.signalStrength)]).utf8)
        }
        if let buffer = options.lineBuffer { text = Array(text.prefix(max(buffer - 2, 0))) }
        return text + [0x0D, 0x0A]
    }

    private var listensFor: Set<LinkMode> {
        switch mode {
        case "s": [.s1]
        case "t": [.t1]
        case "c": [.t1, .c1]
        default: []
        }
    }

    // MARK: Faults

    public func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        // Nothing vouches for link quality and RSSI behind the frame, so they are left alone.
        let start = message.dropFirst().first == UInt8(ascii: "Y") ? 2 : 1
        let end = message.count - 2 - (reportFlags & 0x20 != 0 ? 4 : 0)
        guard start < end else { return message }
        var result = message
        let place = Int.random(in: start..<end, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: result.remove(at: place)
        case 1: result[place] = UInt8(ascii: "G")
        default:
            // Any other digit: the CRC of its block finds each single wrong octet.
            let digits = (0..<16).map { Hex.digit($0) }.filter { $0 != message[place] }
            result[place] = digits.randomElement(using: &random) ?? UInt8(ascii: "G")
        }
        return result
    }

    public func noise(using random: inout SplitMix64) -> [UInt8] {
        let lines = ["LOVF", "EOB", "F12340011", "T1042A17C35", "*", ""]
        if let line = lines.randomElement(using: &random), Bool.random(using: &random) {
            return Array(line.utf8) + [0x0D, 0x0A]
        }
        // Garbage in a line of its own, which nothing but a telegram begins with `b`.
        let garbage = (0..<Int.random(in: 0...24, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        return [UInt8(ascii: "#")] + garbage.filter { $0 != 0x0D && $0 != 0x0A } + [0x0D, 0x0A]
    }
}
