import Wire

extension StickKind {
    /// IMST iM871A-USB, 868 MHz.
    public static let im871a = StickKind(rawValue: "im871a")
}

/// Messages of IMST's WiMOD HCI:
///
///     A5 | control, endpoint | message | length | payload | [time 4] | [RSSI 1] | [CRC 2]
///
/// - control (high nibble): 8 a CRC follows, 4 RSSI, 2 a time stamp; 1 is reserved and 0
/// - endpoint (low nibble): 1 device management, 2 radio link, 3 link test, 4 hardware test
/// - length: of the payload alone, 0…255
/// - CRC: CRC-16/X-25 from the control octet on, low octet first
///
/// Nothing is escaped: A5 occurs inside messages too. So a start is taken back octet by octet
/// when what follows does not hold together.
///
/// The CRC may be left out. But an endpoint that has sent one is held to it from then on: else a
/// damaged control octet would talk us out of the check.
///
/// Source: IMST WiMOD HCI specification 1.6, as implemented by several hosts; captures.
public struct IM871AFramer: Framer {
    public struct Message: Equatable, Sendable {
        public var endpoint: UInt8
        public var number: UInt8
        public var payload: [UInt8]
        /// RSSI as sent, see `IM871ASession.dBm`.
        public var rssi: UInt8?
        /// Whether it carried a CRC, which then was right.
        public var isChecked: Bool

        public init(
            endpoint: UInt8, number: UInt8, payload: [UInt8] = [], rssi: UInt8? = nil,
            isChecked: Bool = true
        ) {
            self.endpoint = endpoint
            self.number = number
            self.payload = payload
            self.rssi = rssi
            self.isChecked = isChecked
        }

        /// As a host sends it: with a CRC, no other attachment.
        public var request: [UInt8] {
            let length = UInt8(truncatingIfNeeded: payload.count)
            let body = [0x80 | endpoint, number, length] + payload
            let crc = CRC16.x25(body)
            return [IM871AFramer.start] + body
                + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
        }
    }

    static let start: UInt8 = 0xA5
    private var pending = PendingOctets()
    private var checkedEndpoints: Set<UInt8> = []

    public init() {}

    /// 266 octets, the longest message, take 46 ms.
    public var patience: Duration { .milliseconds(500) }
    public var isWaiting: Bool { !pending.isEmpty }
    public mutating func append(_ chunk: [UInt8]) { pending.append(chunk) }
    public mutating func flush() -> Framed<Message>? {
        pending.isEmpty ? nil : .skipped(pending.take(1), .silence)
    }

    public mutating func next() -> Framed<Message>? {
        let distance = pending.distance { $0 == Self.start } ?? pending.count
        guard distance == 0 else { return .skipped(pending.take(distance), .noStart) }
        guard let control = pending[1] else { return nil }
        let endpoint = control & 0x0F
        guard let highest = Self.highestMessage(endpoint: endpoint), control & 0x10 == 0,
            control & 0x80 != 0 || endpoint <= 2 && !checkedEndpoints.contains(endpoint)
        else { return .skipped(pending.take(1), .noStart) }
        guard let number = pending[2] else { return nil }
        guard (1...highest).contains(number) else { return .skipped(pending.take(1), .noStart) }
        guard let length = pending[3] else { return nil }

        let timeOctets = control & 0x20 != 0 ? 4 : 0
        let rssiOctets = control & 0x40 != 0 ? 1 : 0
        let crcOctets = control & 0x80 != 0 ? 2 : 0
        let checkedEnd = 4 + Int(length) + timeOctets + rssiOctets
        guard pending.count >= checkedEnd + crcOctets else { return nil }
        if crcOctets > 0 {
            let crc = CRC16.x25(pending.prefix(checkedEnd).dropFirst())
            guard pending[checkedEnd] == UInt8(truncatingIfNeeded: crc),
                pending[checkedEnd + 1] == UInt8(truncatingIfNeeded: crc >> 8)
            else { return .skipped(pending.take(1), .badChecksum) }
            checkedEndpoints.insert(endpoint)
        }
        let rssi = rssiOctets > 0 ? pending[checkedEnd - 1] : nil
        let whole = pending.take(checkedEnd + crcOctets)
        return .message(
            Message(
                endpoint: endpoint, number: number,
                payload: Array(whole.dropFirst(4).prefix(Int(length))), rssi: rssi,
                isChecked: crcOctets > 0))
    }

    /// The highest message number of an endpoint; nil for no endpoint.
    private static func highestMessage(endpoint: UInt8) -> UInt8? {
        switch endpoint {
        case 1: 0x27
        case 2: 0x05
        case 3: 0x07
        case 4: 0x02
        default: nil
        }
    }
}

/// Identifies an iM871A, sets its link mode until the next power cycle, and hands over what it
/// hears.
///
/// A telegram is message 03 of endpoint 2: the length octet is the L-field, the payload runs from
/// the C-field on, all link-layer CRCs are checked and taken out.
public struct IM871ASession: StickSession {
    public typealias Framing = IM871AFramer
    private typealias Message = IM871AFramer.Message

    private enum State { case closed, identifying, configuring, verifying, listening, pinging }

    private let setup: StickSetup
    private var state = State.closed
    private var request = Request([], patience: .zero, tries: 0)
    private var report = StickReport(modes: [])
    private var linkModeCode = LinkModeCode.t1

    public init(_ setup: StickSetup) { self.setup = setup }

    // MARK: Events

    public mutating func opened() -> [StickAction] {
        ask(.identifying, Message(endpoint: 1, number: 0x0F))
    }

    public mutating func received(_ message: IM871AFramer.Message) -> [StickAction] {
        switch (message.endpoint, message.number, state) {
        case (2, 0x03, _): telegram(message)
        case (1, 0x10, .identifying): identified(by: message.payload)
        case (1, 0x04, .configuring): ask(.verifying, Message(endpoint: 1, number: 0x05), tries: 1)
        case (1, 0x06, .verifying): verified(by: message.payload)
        case (1, 0x02, .pinging): rest()
        default: []
        }
    }

    public mutating func timedOut() -> [StickAction] {
        if let again = request.send() { return again }
        switch state {
        case .closed, .listening: return []
        // The settings were acknowledged; reading them back was a precaution.
        case .verifying: return becomeReady()
        case .identifying:
            return [.fail(.noAnswer(.im871a, port: setup.port, attempts: request.sent))]
        case .configuring, .pinging:
            return [.fail(.stoppedAnswering(.im871a, port: setup.port))]
        }
    }

    public mutating func fellSilent() -> [StickAction] {
        state == .listening ? ask(.pinging, Message(endpoint: 1, number: 0x01)) : []
    }

    public static var resetCommand: [UInt8]? { Message(endpoint: 1, number: 0x07).request }

    public static func isProof(_ message: IM871AFramer.Message) -> Bool { message.isChecked }

    // MARK: Steps

    /// Device information: module type, device mode, firmware, HCI version, number (4, low first).
    private mutating func identified(by payload: [UInt8]) -> [StickAction] {
        var reader = ByteReader(payload.span)
        guard let module = try? reader.octet(), (try? reader.octet()) != nil,
            let firmware = try? reader.octet(), (try? reader.octet()) != nil,
            let number = try? reader.uint32()
        else { return [] }
        guard module == 0x33 else {
            return [
                .fail(
                    module == 0x36
                        ? .wrongBand(.im871a, port: setup.port, found: "an iM170A for 169 MHz")
                        : .unknownModule(.im871a, port: setup.port, type: module))
            ]
        }
        report.serial = Hex.text((0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) })
        report.firmware = Hex.text([firmware])
        let hearsBoth = firmware >= 0x14
        var actions: [StickAction] = []
        switch setup.modes {
        case nil where !hearsBoth:
            linkModeCode = .t1
            actions = [.notice(.hearsOnlyT1(.im871a, firmware: Hex.text([firmware])))]
        case nil: linkModeCode = .c1AndT1
        case let modes?:
            guard let code = LinkModeCode(hearing: modes, hearsBoth: hearsBoth) else {
                return [
                    .fail(
                        .firmwareTooOld(
                            .im871a, firmware: Hex.text([firmware]), needed: "14", modes: modes))
                ]
            }
            linkModeCode = code
        }
        report.modes = linkModeCode.hears
        return actions + ask(.configuring, configuration)
    }

    /// Set configuration: until power is lost (00); device mode other, link mode (03); automatic
    /// power saving off, RSSI on, time stamp off (38).
    private var configuration: Message {
        Message(
            endpoint: 1, number: 0x03,
            payload: [0x00, 0x03, 0x00, linkModeCode.rawValue, 0x38, 0x00, 0x01, 0x00])
    }

    private mutating func verified(by payload: [UInt8]) -> [StickAction] {
        // Group 1 holds the link mode (02) behind the device mode (01), each only if flagged.
        var reader = ByteReader(payload.span)
        guard let flags = try? reader.octet(), flags & 0x02 != 0,
            flags & 0x01 == 0 || (try? reader.octet()) != nil, let code = try? reader.octet()
        else { return becomeReady() }
        guard code == linkModeCode.rawValue else {
            return [
                .fail(.refusedMode(.im871a, port: setup.port, modes: report.modes, status: code))
            ]
        }
        return becomeReady()
    }

    private func telegram(_ message: IM871AFramer.Message) -> [StickAction] {
        guard message.payload.count >= 10 else {
            return [.skip(octets: message.payload.count, .badLength)]
        }
        let isConfigured = state == .listening || state == .pinging
        return [
            .deliver(
                RadioFrame(
                    octets: [UInt8(truncatingIfNeeded: message.payload.count)] + message.payload,
                    format: .crcsRemoved,
                    linkMode: isConfigured && report.modes.count == 1 ? report.modes.first : nil,
                    signalStrength: message.rssi.map(Self.dBm)))
        ]
    }

    private mutating func becomeReady() -> [StickAction] { rest() + [.ready(report)] }

    private mutating func rest() -> [StickAction] {
        state = .listening
        return [.waitNoMore]
    }

    private mutating func ask(
        _ state: State, _ message: IM871AFramer.Message, tries: Int = 3
    ) -> [StickAction] {
        self.state = state
        request = Request(message.request, patience: .milliseconds(500), tries: tries)
        return request.send() ?? []
    }

    /// Half a decibel a step, from the data sheet of the radio chip (Si1002); about ±5 dB.
    static func dBm(_ raw: UInt8) -> Double { min(0, -100 + 0.5 * (Double(raw) - 45)) }

    /// The codes of the link modes that a collector listens in.
    private enum LinkModeCode: UInt8 {
        case s1 = 0x00
        case t1 = 0x03
        /// C1; the letter (format B) is said of what is sent only.
        case c1 = 0x07
        /// From firmware 14 on.
        case c1AndT1 = 0x0A

        init?(hearing modes: Set<LinkMode>, hearsBoth: Bool) {
            switch modes {
            case [.s1]: self = .s1
            case [.t1]: self = .t1
            // The combined mode hears C1 telegrams of both formats for certain.
            case [.c1]: self = hearsBoth ? .c1AndT1 : .c1
            case [.c1, .t1] where hearsBoth: self = .c1AndT1
            default: return nil
            }
        }

        var hears: Set<LinkMode> {
            switch self {
            case .s1: [.s1]
            case .t1: [.t1]
            case .c1: [.c1]
            case .c1AndT1: [.c1, .t1]
            }
        }
    }
}
