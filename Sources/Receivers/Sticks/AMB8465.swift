import Wire

extension StickKind {
    /// Amber (Würth Elektronik) AMB8465-M and its relatives for 868 MHz.
    public static let amb8465 = StickKind(rawValue: "amb8465")
}

/// Messages of Amber's command set, and the telegrams of its transparent output between them:
///
///     FF | command | length | payload | XOR        command output
///     length | payload                             transparent output: telegrams only
///
/// - command: 03 a telegram, else 80 + the number of the request it answers
/// - XOR: over all octets before it; so over the whole message it is 0
/// - payload of a telegram: from the C-field on, with RSSI behind it where parameter 45 says so;
///   the length counts the RSSI octet
///
/// Which output telegrams take, parameter 05 says; answers always have the form with FF.
///
/// Source: manual AMB8426-M / AMB8626-M 2.4 (same command set); captures of an AMB8465-M.
public struct AMB8465Framer: Framer {
    public struct Message: Equatable, Sendable {
        /// nil for a telegram of the transparent output.
        public var command: UInt8?
        public var payload: [UInt8]

        public init(command: UInt8?, payload: some Sequence<UInt8> = [UInt8]()) {
            self.command = command
            self.payload = Array(payload)
        }

        public var isTelegram: Bool { command == nil || command == 0x03 }

        /// As a host sends it.
        public var request: [UInt8] {
            let body = [0xFF, command ?? 0, UInt8(truncatingIfNeeded: payload.count)] + payload
            return body + [body.reduce(0, ^)]
        }
    }

    private var pending = PendingOctets()
    private var heard = HeardTelegrams()
    /// Whether telegrams come without `FF 03` and XOR.
    public var isTransparent = false
    /// Behind a stalled start: what was sent en bloc with it is complete, so that a transparent
    /// telegram must end where the next one starts or where all ends.
    private var isLookingBack = false

    public init() {}

    /// 259 octets, the longest message, take 270 ms at 9600 Bd and come in pieces.
    public var patience: Duration {
        isTransparent ? pending.bareTelegramPatience : .seconds(2)
    }
    public var isWaiting: Bool { !pending.isEmpty }
    public mutating func append(_ chunk: [UInt8]) {
        isLookingBack = false
        pending.append(chunk)
    }
    public mutating func flush() -> Framed<Message>? {
        isLookingBack = true
        guard !pending.isEmpty else { return nil }
        return next() ?? .skipped(pending.take(1), .silence)
    }

    public mutating func next() -> Framed<Message>? {
        let distance = (0..<pending.count).first { start(at: $0) != .none } ?? pending.count
        guard distance == 0 else { return .skipped(pending.take(distance), .noStart) }
        return switch start(at: 0) {
        case .none, .undecided: nil
        case .command(let length): command(length: length)
        case .transparent(let length): transparent(length)
        }
    }

    private mutating func command(length: Int) -> Framed<Message>? {
        guard pending.count >= length + 4 else { return nil }
        // A telegram inside a telegram: octets between the two were lost, and an XOR that fits all
        // the same, as one in 256 does.
        let isGlued = (3..<(length + 3)).contains {
            pending[$0] == 0xFF && pending[$0 + 1] == 0x03
                && pending.isTelegram(at: $0 + 2) == true
        }
        guard !isGlued, pending.prefix(length + 4).reduce(0, ^) == 0 else {
            return .skipped(pending.take(1), .badChecksum)
        }
        let whole = pending.take(length + 4)
        return .message(
            Message(command: whole.dropFirst().first, payload: whole.dropFirst(3).dropLast()))
    }

    private mutating func transparent(_ length: UInt8) -> Framed<Message>? {
        let end = Int(length) + 1
        if isLookingBack, pending.count > end, start(at: end) == .none {
            return .skipped(pending.take(1), .silence)
        }
        return pending.takeTelegram(length: length, isLast: isLookingBack, &heard)?
            .mapMessage { Message(command: nil, payload: $0) }
    }

    // MARK: Starts

    private enum Start: Equatable {
        case none
        /// More octets must come to tell.
        case undecided
        case command(length: Int)
        case transparent(UInt8)
    }

    private func start(at offset: Int) -> Start {
        guard let first = pending[offset] else { return .none }
        if first == 0xFF {
            guard let command = pending[offset + 1] else { return .undecided }
            if let lengths = Self.lengths(of: command) {
                guard let length = pending[offset + 2] else { return .undecided }
                if lengths.contains(length) { return .command(length: Int(length)) }
            }
        }
        guard isTransparent, let isTelegram = pending.isTelegram(at: offset) else {
            return isTransparent ? .undecided : .none
        }
        return isTelegram ? .transparent(first) : .none
    }

    /// How long the payload of a message may be; nil for no command of the stick.
    private static func lengths(of command: UInt8) -> ClosedRange<UInt8>? {
        switch command {
        case 0x03: 10...255
        case 0x80, 0x82, 0x84, 0x85, 0x86, 0x89, 0x8D, 0x90, 0x91, 0xB0, 0xB1, 0xD0, 0xD1: 1...1
        case 0x8A: 3...0x82
        case 0x8B: 4...4
        case 0x8C: 3...3
        case 0xD2: 0...255
        default: nil
        }
    }
}

/// Identifies an AMB8465-M, learns from its parameters how it puts out telegrams, sets the mode
/// until the next power cycle, and hands over what it hears. Writes nothing to its flash.
public struct AMB8465Session: StickSession {
    public typealias Framing = AMB8465Framer
    private typealias Message = AMB8465Framer.Message

    private enum State {
        case closed, askingVersion, readingParameters, settingMode, askingSerial, listening, pinging
    }

    private let setup: StickSetup
    private var state = State.closed
    private var request = Request([], patience: .zero, tries: 0)
    private var report: StickReport
    private var output: Output?
    /// Telegrams that came before it was known whether an RSSI is behind them.
    private var early: [AMB8465Framer.Message] = []
    private static let earlyLimit = 256

    /// How telegrams are put out (flash parameters 05 and 45).
    private struct Output { let isTransparent, hasRSSI: Bool }

    public init(_ setup: StickSetup) {
        self.setup = setup
        report = StickReport(modes: setup.modes ?? [.c1, .t1])
    }

    public func adapt(_ framer: inout AMB8465Framer) {
        framer.isTransparent = output?.isTransparent ?? false
    }

    // MARK: Events

    public mutating func opened() -> [StickAction] { ask(.askingVersion, Message(command: 0x0C)) }

    public mutating func received(_ message: AMB8465Framer.Message) -> [StickAction] {
        switch (message.command, state) {
        case (nil, _), (0x03, _): telegram(message)
        case (0x8C, .askingVersion): identified(by: message.payload)
        case (0x8A, .readingParameters): read(message.payload)
        case (0x84, .settingMode): modeSet(status: message.payload)
        case (0x8B, .askingSerial): serialNumber(message.payload)
        case (0x8C, .pinging): rest()
        default: []
        }
    }

    public mutating func timedOut() -> [StickAction] {
        if let again = request.send() { return again }
        switch state {
        case .closed, .listening: return []
        // The number is for people only: hear without it.
        case .askingSerial: return becomeReady()
        case .askingVersion:
            return [.fail(.noAnswer(.amb8465, port: setup.port, attempts: request.sent))]
        case .readingParameters, .settingMode, .pinging:
            return [.fail(.stoppedAnswering(.amb8465, port: setup.port))]
        }
    }

    public mutating func fellSilent() -> [StickAction] {
        state == .listening ? ask(.pinging, Message(command: 0x0C)) : []
    }

    public static var resetCommand: [UInt8]? { Message(command: 0x05).request }

    public static func isProof(_ message: AMB8465Framer.Message) -> Bool { message.command != nil }

    // MARK: Steps

    private mutating func identified(by version: [UInt8]) -> [StickAction] {
        report.firmware = version.map { String($0) }.joined(separator: ".")
        // All 80h parameters from address 0 on.
        return ask(.readingParameters, Message(command: 0x0A, payload: [0x00, 0x80]))
    }

    /// Parameters: address of the first, count, values. A stick for 868 MHz answers with 78h of
    /// them, one for 169 MHz with 80h.
    private mutating func read(_ payload: [UInt8]) -> [StickAction] {
        var reader = ByteReader(payload.span)
        guard (try? reader.octet()) == 0x00, let count = try? reader.octet(),
            reader.left == Int(count)
        else { return [] }
        guard payload.count != 0x82 else {
            return [.fail(.wrongBand(.amb8465, port: setup.port, found: "a stick for 169 MHz"))]
        }
        let values = payload.dropFirst(2)
        func parameter(_ address: Int) -> UInt8? { values.dropFirst(address).first }
        guard let commandOutput = parameter(0x05), let rssi = parameter(0x45) else { return [] }

        // A Metis-II (AMB8626-M) differs from an AMB8465-M in these settings of its radio.
        if parameter(0x1C) == 0x0C, parameter(0x20) == 0x64 { report.model = "Metis-II" }
        let output = Output(isTransparent: commandOutput == 0, hasRSSI: rssi != 0)
        self.output = output
        var actions: [StickAction] = []
        for message in early { actions += telegram(message) }
        early = []
        if output.isTransparent { actions.append(.notice(.outputWithoutChecksum(.amb8465))) }
        if parameter(0x0B) != 0 { actions.append(.notice(.decryptsItself(.amb8465))) }
        if parameter(0x3F) != 0 { actions.append(.notice(.sleeps(.amb8465))) }
        if parameter(0x30) != 1 { actions.append(.notice(.handlesAddressItself(.amb8465))) }
        return actions
            + ask(.settingMode, Message(command: 0x04, payload: [Self.code(for: report.modes)]))
    }

    private mutating func modeSet(status: [UInt8]) -> [StickAction] {
        guard let status = status.first else { return [] }
        guard status == 0 else {
            return [
                .fail(
                    .refusedMode(.amb8465, port: setup.port, modes: report.modes, status: status))
            ]
        }
        return ask(.askingSerial, Message(command: 0x0B))
    }

    private mutating func serialNumber(_ number: [UInt8]) -> [StickAction] {
        report.serial = Hex.text(number)
        return becomeReady()
    }

    private mutating func telegram(_ message: AMB8465Framer.Message) -> [StickAction] {
        guard let output else {
            guard early.count < Self.earlyLimit else {
                return [.skip(octets: message.payload.count, .noStart)]
            }
            early.append(message)
            return []
        }
        let frame = message.payload.dropLast(output.hasRSSI ? 1 : 0)
        guard frame.count >= 10 else { return [.skip(octets: message.payload.count, .badLength)] }
        let isConfigured = state == .askingSerial || state == .listening || state == .pinging
        return [
            .deliver(
                RadioFrame(
                    octets: [UInt8(truncatingIfNeeded: frame.count)] + frame,
                    format: .crcsRemoved,
                    linkMode: isConfigured && report.modes.count == 1 ? report.modes.first : nil,
                    signalStrength: output.hasRSSI ? message.payload.last.map(Self.dBm) : nil))
        ]
    }

    private mutating func becomeReady() -> [StickAction] { rest() + [.ready(report)] }

    private mutating func rest() -> [StickAction] {
        state = .listening
        return [.waitNoMore]
    }

    private mutating func ask(
        _ state: State, _ message: AMB8465Framer.Message
    ) -> [StickAction] {
        self.state = state
        request = Request(message.request, patience: .seconds(1), tries: 3)
        return request.send() ?? []
    }

    /// Mode codes that receive from meters; those named S1, T1, C1 by the maker only send.
    private static func code(for modes: Set<LinkMode>) -> UInt8 {
        switch modes {
        case [.s1]: 0x03  // S2
        case [.t1]: 0x08  // T2-other
        case [.c1]: 0x0E  // C2-other
        default: 0x09  // C2/T2-other
        }
    }

    /// Half a decibel a step, signed, from -74 dBm (manual AMB8426-M, RSSI).
    static func dBm(_ raw: UInt8) -> Double { Double(Int8(bitPattern: raw)) / 2 - 74 }
}
