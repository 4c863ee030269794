import Wire

extension StickKind {
    /// Radiocrafts RC1180-MBUS and RC11xx-MBUS3.
    public static let rc1180 = StickKind(rawValue: "rc1180")
}

/// What an RC1180 puts out: telegrams with no start mark and no check sum, and in its
/// configuration mode, where it hears nothing, a prompt behind what was asked for.
///
///     length | frame from the C-field on | [RSSI]      listening
///     3E                                               configuration mode: ready for a command
///     configuration memory (256) | 3E                  configuration mode: answer to '0'
///
/// A prompt is one octet, as a telegram's length may be: so it counts only when the line is silent
/// behind it.
///
/// Source: data sheet RC1180-MBUS 2.0; MBUS User Manual 2.01 (RC11xx-MBUS3).
public struct RC1180Framer: Framer {
    public enum Message: Equatable, Sendable {
        /// From the C-field on, RSSI included.
        case telegram([UInt8])
        case prompt
        /// All 256 octets of the configuration memory.
        case memory([UInt8])
    }

    enum Expectation: Equatable { case telegrams, prompt, memory }
    var expected = Expectation.telegrams

    static let prompt: UInt8 = 0x3E
    static let memorySize = 256
    private var pending = PendingOctets()
    private var heard = HeardTelegrams()

    public init() {}

    public var patience: Duration {
        expected == .prompt ? .milliseconds(50) : pending.bareTelegramPatience
    }
    public var isWaiting: Bool { !pending.isEmpty }
    public mutating func append(_ chunk: [UInt8]) { pending.append(chunk) }

    public mutating func flush() -> Framed<Message>? {
        guard !pending.isEmpty else { return nil }
        if expected != .memory, let framed = telegram(isLast: true) { return framed }
        let first = pending.take(1)
        let isPrompt = expected == .prompt && first == [Self.prompt] && pending.isEmpty
        return isPrompt ? .message(.prompt) : .skipped(first, .silence)
    }

    public mutating func next() -> Framed<Message>? {
        expected == .memory ? memory() : telegram(isLast: false)
    }

    private mutating func telegram(isLast: Bool) -> Framed<Message>? {
        let distance = (0..<pending.count).first { mayStart(at: $0) } ?? pending.count
        guard distance == 0 else { return .skipped(pending.take(distance), .noStart) }
        guard pending.isTelegram(at: 0) == true, let length = pending[0] else { return nil }
        return pending.takeTelegram(length: length, isLast: isLast, &heard)?
            .mapMessage(Message.telegram)
    }

    private func mayStart(at offset: Int) -> Bool { pending.isTelegram(at: offset) != false }

    /// The memory's octet 30 is the index of the baud rate: it tells the memory's place in what came.
    private mutating func memory() -> Framed<Message>? {
        guard pending.count > Self.memorySize else { return nil }
        guard pending[Self.memorySize] == Self.prompt,
            let index = pending[RC1180Memory.baudRateIndex], (1...11).contains(index)
        else { return .skipped(pending.take(1), .noStart) }
        return .message(.memory(Array(pending.take(Self.memorySize + 1).dropLast())))
    }
}

/// Places in the configuration memory.
private enum RC1180Memory {
    static let mode = 0x03
    static let sleepMode = 0x04
    static let rssiMode = 0x05
    static let identification = 0x1B..<0x1F
    static let baudRateIndex = 0x30
    static let dataInterface = 0x36
    /// RC11xx-MBUS3: 02 is no filter.
    static let installMode = 0x3D

    /// The part number, as `RC1180-MBUS3,2.00,0.18`.
    static func partNumber(in memory: [UInt8]) -> String? {
        let runs = memory.split { !(0x20...0x7E).contains($0) }
        for text in runs.map({ String(decoding: $0, as: UTF8.self) }) {
            if let start = text.firstRange(of: "RC1") {
                return String(text[start.lowerBound...].prefix(40))
            }
        }
        return nil
    }
}

/// Identifies an RC1180 by its configuration memory, sets the mode of one that can (MBUS3) until
/// the next power cycle, and hands over what it hears. Writes nothing to its flash.
///
/// In configuration mode the module is deaf, also for a program that comes later: whichever way
/// the conversation ends, `X` (leave that mode) is the last thing said in it.
public struct RC1180Session: StickSession {
    public typealias Framing = RC1180Framer

    private enum State: Equatable {
        case closed, entering
        /// `X` was said without need, perhaps: the module waits for a telegram to send, as an `X`
        /// outside the configuration mode is a length.
        case recovering
        case readingMemory, settingMode
        /// `X` is on its way; then this is the end.
        case leaving(StickError)
        case listening
    }

    private enum Command {
        static let enter: [UInt8] = [0x00]
        static let memory: [UInt8] = [UInt8(ascii: "0")]
        static let mode = UInt8(ascii: "G")
        static let leave: [UInt8] = [UInt8(ascii: "X")]
    }

    private let setup: StickSetup
    private var state = State.closed
    private var request = Request([], patience: .zero, tries: 0)
    private var report = StickReport(modes: [])
    private var entered = 0
    private static let tries = 3
    /// nil until the memory is read.
    private var hasRSSI: Bool?
    /// Telegrams that came before that.
    private var early: [[UInt8]] = []
    private static let earlyLimit = 256

    public init(_ setup: StickSetup) { self.setup = setup }

    public func adapt(_ framer: inout RC1180Framer) {
        framer.expected =
            switch state {
            case .entering, .settingMode: .prompt
            case .readingMemory: .memory
            case .closed, .recovering, .leaving, .listening: .telegrams
            }
    }

    public var farewell: [UInt8] {
        switch state {
        case .entering, .readingMemory, .settingMode: Command.leave
        case .closed, .recovering, .leaving, .listening: []
        }
    }

    // MARK: Events

    public mutating func opened() -> [StickAction] {
        entered = 0
        return enter()
    }

    public mutating func received(_ message: RC1180Framer.Message) -> [StickAction] {
        switch (message, state) {
        case (.telegram(let payload), _): telegram(payload)
        case (.prompt, .entering):
            ask(.readingMemory, Command.memory, patience: .milliseconds(500), tries: Self.tries)
        case (.memory(let memory), .readingMemory): read(memory)
        case (.prompt, .settingMode): becomeReady()
        default: []
        }
    }

    public mutating func timedOut() -> [StickAction] {
        if let again = request.send() { return again }
        switch state {
        case .closed, .listening: return []
        case .entering:
            let error = StickError.noAnswer(.rc1180, port: setup.port, attempts: entered)
            guard entered < Self.tries else { return leave(error) }
            // It may be left in configuration mode, or take what a probe for another stick sent
            // for a telegram to transmit, which it gives up after 2 s.
            return ask(.recovering, Command.leave, patience: .milliseconds(2500), tries: 1)
        case .recovering: return enter()
        case .readingMemory, .settingMode:
            return leave(.stoppedAnswering(.rc1180, port: setup.port))
        case .leaving(let error): return [.fail(error)]
        }
    }

    /// Nothing can be asked without making it deaf for a while.
    public mutating func fellSilent() -> [StickAction] { [] }

    /// Neither a telegram nor a prompt can be told from another stick's octets.
    public static func isProof(_ message: RC1180Framer.Message) -> Bool { false }

    // MARK: Steps

    private mutating func enter() -> [StickAction] {
        entered += 1
        return ask(.entering, Command.enter, patience: .milliseconds(500), tries: 1)
    }

    private mutating func read(_ memory: [UInt8]) -> [StickAction] {
        func value(_ place: Int) -> UInt8 { memory.dropFirst(place).first ?? 0 }
        let partNumber = RC1180Memory.partNumber(in: memory)
        report.model = partNumber?.split(separator: ",").first.map(String.init)
        report.firmware = partNumber?.split(separator: ",").dropFirst().first.map(String.init)
        report.serial = Hex.text(memory[RC1180Memory.identification])
        if let model = report.model, model.contains("MPC") {
            return leave(.noReceiver(.rc1180, port: setup.port, found: model))
        }
        let interface = value(RC1180Memory.dataInterface)
        guard interface == 0 else {
            return leave(
                .unusableSetting(
                    .rc1180, port: setup.port, parameter: UInt8(RC1180Memory.dataInterface),
                    value: interface, needed: 0))
        }
        hasRSSI = value(RC1180Memory.rssiMode) == 1
        var actions: [StickAction] = []
        for payload in early { actions += telegram(payload) }
        early = []
        if value(RC1180Memory.sleepMode) != 0 { actions.append(.notice(.sleeps(.rc1180))) }
        let setsMode = report.model?.hasSuffix("MBUS3") ?? false
        if setsMode, value(RC1180Memory.installMode) != 2 {
            actions.append(.notice(.hearsTaughtMetersOnly(.rc1180)))
        }
        return actions + (setsMode ? setMode() : keepMode(value(RC1180Memory.mode)))
    }

    private mutating func setMode() -> [StickAction] {
        report.modes = setup.modes ?? [.c1, .t1]
        let code: UInt8 =
            switch report.modes {
            case [.s1]: 0x03
            case [.t1]: 0x01
            case [.c1]: 0x09
            default: 0x0A  // T1 and C
            }
        return ask(
            .settingMode, [Command.mode, code], patience: .milliseconds(500), tries: Self.tries)
    }

    /// An old module hears what its memory says: 0 is S1, 1 is T1.
    private mutating func keepMode(_ code: UInt8) -> [StickAction] {
        report.modes = code == 0 ? [.s1] : [.t1]
        if let wanted = setup.modes, wanted != report.modes {
            return leave(
                .refusedMode(.rc1180, port: setup.port, modes: wanted, status: code))
        }
        return becomeReady()
    }

    private mutating func telegram(_ payload: [UInt8]) -> [StickAction] {
        guard let hasRSSI else {
            guard early.count < Self.earlyLimit else {
                return [.skip(octets: payload.count, .noStart)]
            }
            early.append(payload)
            return []
        }
        let frame = payload.dropLast(hasRSSI ? 1 : 0)
        guard frame.count >= 10 else { return [.skip(octets: payload.count, .badLength)] }
        return [
            .deliver(
                RadioFrame(
                    octets: [UInt8(truncatingIfNeeded: frame.count)] + frame,
                    format: .crcsRemoved,
                    linkMode: state == .listening && report.modes.count == 1
                        ? report.modes.first : nil,
                    // Half a decibel a step below 0 (MBUS User Manual, RSSI).
                    signalStrength: hasRSSI ? payload.last.map { -Double($0) / 2 } : nil))
        ]
    }

    private mutating func becomeReady() -> [StickAction] {
        state = .listening
        return [.write(Command.leave), .waitNoMore, .ready(report)]
    }

    /// Ends with `error` once `X` is through.
    private mutating func leave(_ error: StickError) -> [StickAction] {
        ask(.leaving(error), Command.leave, patience: .milliseconds(50), tries: 1)
    }

    private mutating func ask(
        _ state: State, _ octets: [UInt8], patience: Duration, tries: Int
    ) -> [StickAction] {
        self.state = state
        request = Request(octets, patience: patience, tries: tries)
        return request.send() ?? []
    }
}
