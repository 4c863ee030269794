import Wire

extension StickKind {
    /// CUL, nanoCUL and other boards with a CC1101 and the culfw firmware.
    public static let cul = StickKind(rawValue: "cul")
}

/// Lines of text as culfw writes them.
///
/// Source: firmware culfw 1.66 and 1.67, a-culfw; captures.
public typealias CULFramer = LineFramer

extension CULFramer {
    /// The longest telegram makes 585 characters.
    public init() { self.init(limit: 1200) }
}

/// The telegram in a line of culfw, if there is one:
///
///     b  <hex of the frame with its CRCs> [LL RR]     frame format A (S, T, and C with format A)
///     bY <hex of the frame with its CRCs> [LL RR]     frame format B (C only)
///
/// - LL: link quality; RR: RSSI, half a decibel a step, signed, from -74 dBm. Both come only if
///   `X21` asked for them, so they are known by the length of the frame.
///
/// Early firmware with C mode wrote `bt`, `bca` (format A) and `bcb` (format B).
enum CULTelegramLine: Equatable {
    /// Some other text.
    case text
    /// A frame, and how many octets of the line before it belong to nothing.
    case frame(RadioFrame, behind: Int)
    /// A telegram that cannot be used.
    case damaged(SkipReason)
    /// One that a line buffer of so many characters cut.
    case cut(buffer: Int)

    /// A hex digit is a capital: the last small b begins the telegram, whatever a lost line end
    /// or garbage left before it.
    init(_ line: [UInt8]) {
        guard var start = line.lastIndex(of: UInt8(ascii: "b")) else {
            self = .text
            return
        }
        if line[..<start].suffix(2) == Array("bc".utf8)[...] { start -= 2 }
        let telegram = line[start...]
        var digits = telegram.dropFirst()
        var format = FrameFormat.a
        var linkMode: LinkMode?
        for (prefix, itsFormat, itsMode) in Self.prefixes where digits.starts(with: prefix.utf8) {
            digits = digits.dropFirst(prefix.utf8.count)
            format = itsFormat
            linkMode = itsMode
            break
        }
        // Too short for any frame, or hardly a digit: some text.
        let strays = digits.count { !Self.isDigit($0) }
        guard digits.count >= 8, strays * 4 < digits.count else {
            self = .text
            return
        }
        guard strays == 0 else {
            self = .damaged(.malformed)
            return
        }
        self = Self.frame(
            digits, behind: start, lineLength: telegram.count, format: format, linkMode: linkMode)
    }

    private static func frame(
        _ digits: ArraySlice<UInt8>, behind start: Int, lineLength: Int, format: FrameFormat,
        linkMode: LinkMode?
    ) -> CULTelegramLine {
        let octets = (try? Hex.octets(Array(digits.dropLast(digits.count % 2)).span)) ?? []
        guard let length = octets.first.map(Int.init), length >= (format == .b ? 12 : 10) else {
            return .damaged(.badLength)
        }
        // Format A: a CRC behind the first 10 octets and behind each 16 that follow.
        let blocks = (length - 9 + 15) / 16
        let size = format == .b ? length + 1 : length + 3 + 2 * blocks
        let status = octets.dropFirst(size)
        guard digits.count.isMultiple(of: 2), octets.count == size || status.count == 2 else {
            let isCut = octets.count < size && buffers.contains(lineLength + 2)
            return isCut ? .cut(buffer: lineLength + 2) : .damaged(.badLength)
        }
        return .frame(
            RadioFrame(
                octets: Array(octets.prefix(size)), format: format, linkMode: linkMode,
                signalStrength: status.last.map { Double(Int8(bitPattern: $0)) / 2 - 74 }),
            behind: start)
    }

    private static let prefixes: [(String, FrameFormat, LinkMode?)] = [
        ("Y", .b, .c1), ("t", .a, .t1), ("ca", .a, .c1), ("cb", .b, .c1),
    ]

    /// Line buffers that firmware is built with; what does not fit beside CR LF is lost.
    private static let buffers: Set<Int> = [64, 128, 224, 300]

    private static func isDigit(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}

/// Identifies a CUL by its version line, switches wireless M-Bus reception on, and hands over
/// what it hears.
public struct CULSession: StickSession {
    public typealias Framing = CULFramer

    private enum State { case closed, identifying, settingMode, listening, pinging, checkingMode }

    /// What the radio is set to: the letter behind `br`, and what is heard then.
    private enum RadioMode: String {
        case s, t, c

        init(hearing modes: Set<LinkMode>?) {
            switch modes {
            case [.s1]?: self = .s
            case [.t1]?: self = .t
            default: self = .c
            }
        }
        var hears: Set<LinkMode> {
            switch self {
            case .s: [.s1]
            case .t: [.t1]
            case .c: [.c1, .t1]
            }
        }
        var command: String { "br\(rawValue)" }
        var answer: String { "\(rawValue.uppercased())MODE" }
    }

    private let setup: StickSetup
    private var state = State.closed
    private var request = Request([], patience: .zero, tries: 0)
    private var radioMode: RadioMode
    private var firmware = ""

    public init(_ setup: StickSetup) {
        self.setup = setup
        radioMode = RadioMode(hearing: setup.modes)
    }

    // MARK: Events

    /// A nanoCUL restarts when the port is opened and is deaf for up to 2 s: hence six tries.
    public mutating func opened() -> [StickAction] {
        ask(.identifying, ["V"], patience: .milliseconds(700), tries: 6)
    }

    public mutating func received(_ message: CULFramer.Message) -> [StickAction] {
        switch CULTelegramLine(message.characters) {
        case .frame(var frame, let start):
            if isConfigured, frame.linkMode == nil, radioMode.hears.count == 1 {
                frame.linkMode = radioMode.hears.first
            }
            return (start > 0 ? [.skip(octets: start, .noStart)] : []) + [.deliver(frame)]
        case .damaged(let reason): return [.skip(octets: message.characters.count, reason)]
        case .cut(let buffer):
            // Two characters of it are CR LF, one the `b`, four LL RR; two make an octet.
            let longest = (buffer - 3) / 2 - 2
            return [
                .skip(octets: message.characters.count, .badLength),
                .notice(.cutsTelegrams(.cul, longest: longest)),
            ]
        case .text: return heard(String(decoding: message.characters, as: UTF8.self))
        }
    }

    public mutating func timedOut() -> [StickAction] {
        if let again = request.send() { return again }
        switch state {
        case .closed, .listening: return []
        case .identifying:
            return [.fail(.noAnswer(.cul, port: setup.port, attempts: request.sent))]
        case .settingMode: return radioMode == .c ? withoutC() : withoutWirelessMBus()
        case .pinging: return [.fail(.stoppedAnswering(.cul, port: setup.port))]
        // It is alive and does not know the question.
        case .checkingMode: return rest()
        }
    }

    public mutating func fellSilent() -> [StickAction] {
        state == .listening ? ask(.pinging, ["V"], patience: .milliseconds(700), tries: 3) : []
    }

    public static var resetCommand: [UInt8]? { Array("\r\nB00\r\n".utf8) }

    public static func isProof(_ message: CULFramer.Message) -> Bool {
        let text = String(decoding: message.characters, as: UTF8.self)
        if case .frame = CULTelegramLine(message.characters) { return true }
        return version(in: text) != nil || text.contains("is unknown) Use one of")
    }

    // MARK: Steps

    private mutating func heard(_ text: String) -> [StickAction] {
        switch state {
        case .identifying: return Self.version(in: text).map { identified(by: $0) } ?? []
        case .settingMode:
            if text == radioMode.answer { return becomeReady() }
            if text == "OFF" { return radioMode == .c ? withoutC() : withoutWirelessMBus() }
            return text.contains("(\(radioMode.command) is unknown)") ? withoutWirelessMBus() : []
        case .pinging where Self.version(in: text) != nil:
            // Alive; but a watchdog reset may have switched its radio off.
            return ask(.checkingMode, ["b"], patience: .seconds(1), tries: 1)
        case .checkingMode:
            if text == radioMode.answer { return rest() }
            return text == "OFF" || text.hasSuffix("MODE") ? setMode() : []
        case .closed, .listening, .pinging: return []
        }
    }

    private mutating func identified(by version: String) -> [StickAction] {
        firmware = version
        let is433 = version.split(separator: " ").contains {
            $0.contains("433") && !$0.allSatisfy(\.isNumber)
        }
        guard !is433 else {
            return [.fail(.wrongBand(.cul, port: setup.port, found: "a stick for 433 MHz"))]
        }
        return setMode()
    }

    /// RSSI first: on some boards with a-culfw `X21` behind `br` switches the reception off.
    private mutating func setMode() -> [StickAction] {
        ask(.settingMode, ["X21", radioMode.command], patience: .seconds(2), tries: 3)
    }

    /// The firmware knows no mode C: T1 alone, unless that was not asked for.
    private mutating func withoutC() -> [StickAction] {
        guard setup.modes?.contains(.t1) ?? true else {
            return [.fail(.firmwareWithoutC(.cul, port: setup.port, firmware: firmware))]
        }
        radioMode = .t
        return [.notice(.hearsOnlyT1(.cul, firmware: firmware))] + setMode()
    }

    private func withoutWirelessMBus() -> [StickAction] {
        [.fail(.firmwareWithoutWirelessMBus(.cul, port: setup.port, firmware: firmware))]
    }

    private mutating func becomeReady() -> [StickAction] {
        rest() + [.ready(StickReport(firmware: firmware, modes: radioMode.hears))]
    }

    private mutating func rest() -> [StickAction] {
        state = .listening
        return [.waitNoMore]
    }

    private var isConfigured: Bool {
        switch state {
        case .closed, .identifying, .settingMode: false
        case .listening, .pinging, .checkingMode: true
        }
    }

    /// Each command gets its own CR LF in front: it ends what another program left half typed,
    /// and is what a CH340 may lose.
    private mutating func ask(
        _ state: State, _ commands: [String], patience: Duration, tries: Int
    ) -> [StickAction] {
        self.state = state
        let octets = commands.flatMap { Array("\r\n\($0)\r\n".utf8) }
        request = Request(octets, patience: patience, tries: tries)
        return request.send() ?? []
    }

    /// What stands behind the `V` of a version line, as in `V 1.67 nanoCUL868`; a `*` in front
    /// marks the second radio of a board, other octets what was left in the line.
    static func version(in text: String) -> String? {
        let words = text.split(separator: " ")
        guard let mark = words.firstIndex(where: { $0.hasSuffix("V") }), mark + 1 < words.count
        else { return nil }
        let numbers = words[mark + 1].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count >= 2,
            numbers.prefix(2).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return nil }
        return words[(mark + 1)...].joined(separator: " ")
    }
}
