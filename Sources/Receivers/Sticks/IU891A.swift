import Wire

extension StickKind {
    /// IMST iU891A-XL and its relatives with the firmware "WMBusGateway".
    public static let iu891a = StickKind(rawValue: "iu891a")
}

/// Messages of IMST's newer HCI, SLIP-framed:
///
///     C0 | endpoint | message | [status, answers only] | payload | CRC 2 | C0
///
/// - endpoint: 01 device management, 09 wireless M-Bus gateway
/// - message: an answer has the number of its request + 1
/// - CRC: CRC-16/X-25 from the endpoint on, low octet first
/// - inside, C0 is sent as DB DC and DB as DB DD
///
/// Each C0 ends a message, also one that opens the next: so the end of a cut message is never
/// taken for the start of another. Empty ones, as between two messages, are nothing.
///
/// Source: IMST WMBusGateway HCI, as implemented by two hosts; captures.
public struct IU891AFramer: Framer {
    public struct Message: Equatable, Sendable {
        public var endpoint: UInt8
        public var number: UInt8
        /// In an answer the status comes first.
        public var payload: [UInt8]

        public init(endpoint: UInt8, number: UInt8, payload: some Sequence<UInt8> = [UInt8]()) {
            self.endpoint = endpoint
            self.number = number
            self.payload = Array(payload)
        }

        /// As it is sent.
        public var request: [UInt8] {
            let body = [endpoint, number] + payload
            let crc = CRC16.x25(body)
            let checked =
                body + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
            let escaped = checked.flatMap { octet -> [UInt8] in
                switch octet {
                case IU891AFramer.end: [IU891AFramer.escape, 0xDC]
                case IU891AFramer.escape: [IU891AFramer.escape, 0xDD]
                default: [octet]
                }
            }
            return [IU891AFramer.end] + escaped + [IU891AFramer.end]
        }
    }

    static let end: UInt8 = 0xC0
    private static let escape: UInt8 = 0xDB
    /// The longest telegram with its header, all octets escaped.
    private static let limit = 2 * (2 + 8 + 256 + 2)
    private var pending = PendingOctets()

    public init() {}

    public var patience: Duration { .milliseconds(500) }
    public var isWaiting: Bool { !pending.isEmpty }
    public mutating func append(_ chunk: [UInt8]) { pending.append(chunk) }
    public mutating func flush() -> Framed<Message>? {
        pending.isEmpty ? nil : .skipped(pending.take(pending.count), .silence)
    }

    public mutating func next() -> Framed<Message>? {
        while pending[0] == Self.end { _ = pending.take(1) }
        guard let length = pending.distance(where: { $0 == Self.end }) else {
            return pending.count > Self.limit
                ? .skipped(pending.take(pending.count), .badLength) : nil
        }
        let part = pending.take(length)
        _ = pending.take(1)
        guard let whole = Self.unescaped(part) else { return .skipped(part, .malformed) }
        guard whole.count >= 4, part.count <= Self.limit else { return .skipped(part, .badLength) }
        let crc = CRC16.x25(whole.dropLast(2))
        guard
            whole.suffix(2) == [
                UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8),
            ]
        else { return .skipped(part, .badChecksum) }
        return .message(
            Message(endpoint: whole[0], number: whole[1], payload: whole.dropFirst(2).dropLast(2)))
    }

    /// nil where an escape is followed by what cannot be escaped.
    private static func unescaped(_ part: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var isEscaped = false
        for octet in part {
            switch (isEscaped, octet) {
            case (false, escape): isEscaped = true
            case (false, _): result.append(octet)
            case (true, 0xDC): (isEscaped, result) = (false, result + [end])
            case (true, 0xDD): (isEscaped, result) = (false, result + [escape])
            case (true, _): return nil
            }
        }
        return isEscaped ? nil : result
    }
}

/// Identifies an iU891A by its module type, changes what must be changed of its configuration
/// until the next power cycle, and hands over what it hears.
public struct IU891ASession: StickSession {
    public typealias Framing = IU891AFramer
    private typealias Message = IU891AFramer.Message

    private enum State {
        case closed, identifying, askingFirmware, askingAddress, readingConfiguration
        case configuring, verifying, listening, pinging
    }

    /// Module types that run this firmware; IMST's LoRa sticks speak alike and are others.
    private static let models: [UInt8: String] = [
        0x6E: "iU891A-XL", 0x6D: "iM891A-XL", 0x71: "iU893A-XL", 0xA3: "iM881A-XL",
    ]

    private let setup: StickSetup
    private var state = State.closed
    private var request = Request([], patience: .zero, tries: 0)
    private var report: StickReport
    private var toldToEndScan = false

    public init(_ setup: StickSetup) {
        self.setup = setup
        report = StickReport(modes: setup.modes ?? [.c1, .t1])
    }

    // MARK: Events

    /// A run of C0 ends whatever the stick's parser has half read.
    public mutating func opened() -> [StickAction] {
        ask(
            .identifying, Message(endpoint: 0x01, number: 0x03),
            behind: [UInt8](repeating: IU891AFramer.end, count: 30))
    }

    public mutating func received(_ message: IU891AFramer.Message) -> [StickAction] {
        switch (message.endpoint, message.number, state) {
        case (0x09, 0x20, _): telegram(message.payload)
        case (0x09, 0x24, _): scanned(message.payload)
        case (0x01, 0x04, .identifying): identified(by: message.payload)
        case (0x01, 0x06, .askingFirmware): firmware(message.payload)
        case (0x09, 0x82, .askingAddress): address(message.payload)
        case (0x09, 0x02, .readingConfiguration): configure(from: message.payload)
        case (0x09, 0x04, .configuring): configured(status: message.payload)
        case (0x09, 0x02, .verifying): verified(by: message.payload)
        case (0x01, 0x02, .pinging): rest()
        default: []
        }
    }

    public mutating func timedOut() -> [StickAction] {
        if let again = request.send() { return again }
        switch state {
        case .closed, .listening: return []
        // For people only: hear without it.
        case .askingFirmware: return askAddress()
        case .askingAddress: return readConfiguration()
        // The settings were acknowledged; reading them back was a precaution.
        case .verifying: return becomeReady()
        case .identifying:
            return [.fail(.noAnswer(.iu891a, port: setup.port, attempts: request.sent))]
        case .readingConfiguration, .configuring, .pinging:
            return [.fail(.stoppedAnswering(.iu891a, port: setup.port))]
        }
    }

    public mutating func fellSilent() -> [StickAction] {
        state == .listening ? ask(.pinging, Message(endpoint: 0x01, number: 0x01)) : []
    }

    public static var resetCommand: [UInt8]? { Message(endpoint: 0x01, number: 0x07).request }

    public static func isProof(_ message: IU891AFramer.Message) -> Bool {
        message.endpoint == 0x01 || message.endpoint == 0x09
    }

    // MARK: Steps

    /// Status, module type, the stick's number (4), text.
    private mutating func identified(by payload: [UInt8]) -> [StickAction] {
        var reader = ByteReader(payload.span)
        guard (try? reader.octet()) == 0x00, let module = try? reader.octet() else { return [] }
        guard let model = Self.models[module] else {
            return [.fail(.unknownModule(.iu891a, port: setup.port, type: module))]
        }
        report.model = model
        return ask(.askingFirmware, Message(endpoint: 0x01, number: 0x05))
    }

    /// Status, minor, major, build (2), date, name.
    private mutating func firmware(_ payload: [UInt8]) -> [StickAction] {
        var reader = ByteReader(payload.span)
        if (try? reader.octet()) == 0x00, let minor = try? reader.octet(),
            let major = try? reader.octet()
        {
            report.firmware = "\(major).\(minor)"
        }
        return askAddress()
    }

    private mutating func askAddress() -> [StickAction] {
        ask(.askingAddress, Message(endpoint: 0x09, number: 0x81))
    }

    /// Status, manufacturer (2), number (4, high octet first), version, type.
    private mutating func address(_ payload: [UInt8]) -> [StickAction] {
        let number = payload.dropFirst(3).prefix(4)
        if payload.first == 0x00, number.count == 4 { report.serial = Hex.text(number) }
        return readConfiguration()
    }

    private mutating func readConfiguration() -> [StickAction] {
        ask(.readingConfiguration, Message(endpoint: 0x09, number: 0x01))
    }

    /// Status, then link mode, option bits (2, low octet first), and 8 octets that stay as they are.
    private mutating func configure(from payload: [UInt8]) -> [StickAction] {
        guard payload.count == 12, let status = payload.first else { return [] }
        guard status == 0x00 else { return refused(status) }
        var wanted = Array(payload.dropFirst())
        wanted[0] = linkMode
        wanted[1] = wanted[1] & ~Option.addressFilter | Option.indicateReceived
        return ask(.configuring, Message(endpoint: 0x09, number: 0x03, payload: wanted))
    }

    private mutating func configured(status: [UInt8]) -> [StickAction] {
        guard let status = status.first else { return [] }
        guard status == 0x00 else { return refused(status) }
        return ask(.verifying, Message(endpoint: 0x09, number: 0x01), tries: 1)
    }

    private mutating func verified(by payload: [UInt8]) -> [StickAction] {
        guard payload.count == 12, payload[0] == 0x00 else { return becomeReady() }
        let hears = payload[2] & (Option.addressFilter | Option.indicateReceived)
        guard payload[1] == linkMode, hears == Option.indicateReceived else {
            return refused(payload[1])
        }
        return becomeReady()
    }

    private func refused(_ status: UInt8) -> [StickAction] {
        [.fail(.refusedMode(.iu891a, port: setup.port, modes: report.modes, status: status))]
    }

    private var linkMode: UInt8 {
        switch report.modes {
        case [.s1]: 0x01
        case [.t1]: 0x02
        case [.c1]: 0x05
        default: 0x03
        }
    }

    private enum Option {
        static let addressFilter: UInt8 = 0x01
        static let indicateReceived: UInt8 = 0x02
    }

    /// Time stamp (4), decryption status, encryption mode, link mode and format, RSSI in dBm
    /// (signed), then the frame from its L-field on.
    private func telegram(_ payload: [UInt8]) -> [StickAction] {
        let header = payload.prefix(8)
        let frame = Array(payload.dropFirst(8))
        guard frame.count >= 11, Int(frame[0]) == frame.count - 1, let rssi = header.last else {
            return [.skip(octets: payload.count, .badLength)]
        }
        return [
            .deliver(
                RadioFrame(
                    octets: frame, format: .crcsRemoved,
                    linkMode: Self.linkMode(ofHint: header[6]),
                    signalStrength: Double(Int8(bitPattern: rssi))))
        ]
    }

    /// What captures show: 02 T, 05 C with format A, 15 C with format B.
    private static func linkMode(ofHint hint: UInt8) -> LinkMode? {
        switch hint {
        case 0x01: .s1
        case 0x02: .t1
        case 0x05, 0x15: .c1
        default: nil
        }
    }

    /// In scan mode, which another program left on, it sends no whole telegrams: switch it off.
    private mutating func scanned(_ payload: [UInt8]) -> [StickAction] {
        let skip = StickAction.skip(octets: payload.count, .badLength)
        guard !toldToEndScan else { return [skip] }
        toldToEndScan = true
        return [skip, .write(Message(endpoint: 0x09, number: 0x21, payload: [0x00]).request)]
    }

    private mutating func becomeReady() -> [StickAction] { rest() + [.ready(report)] }

    private mutating func rest() -> [StickAction] {
        state = .listening
        return [.waitNoMore]
    }

    private mutating func ask(
        _ state: State, _ message: Message, behind wakeUp: [UInt8] = [], tries: Int = 3
    ) -> [StickAction] {
        self.state = state
        request = Request(
            wakeUp + message.request, patience: .milliseconds(500), tries: tries)
        return request.send() ?? []
    }
}
