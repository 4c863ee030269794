import Wire

/// A kind of stick, by the name that the configuration calls it.
public struct StickKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name people know it by.
    public var description: String { StickCatalogue.row(for: self)?.name ?? rawValue }
}

/// All that is known of a kind of stick before one is asked.
public struct StickDescription: Sendable {
    public let kind: StickKind
    /// The name people know it by.
    public let name: String
    /// USB devices that are sticks of this kind.
    public let usb: [USBMatch]
    /// USB devices that may be one: serial adapters as found in many gadgets.
    public let genericUSB: [USBMatch]
    public let baudRate: UInt32
    /// Rates that a stick may have been set to, tried when it does not answer.
    public let otherBaudRates: [UInt32]
    /// The link modes that it hears at once, each set by itself.
    public let modeCombinations: [Set<LinkMode>]
    /// Whether what it sends tells it from other kinds.
    let isRecognisable: Bool
    /// Its framer and session.
    let conversation: @Sendable (StickSetup) -> any StickConversation
    /// Whether these octets can only come from such a stick.
    let recognises: @Sendable ([UInt8]) -> Bool

    init<Session: StickSession>(
        kind: StickKind, name: String, usb: [USBMatch], genericUSB: [USBMatch] = [],
        baudRate: UInt32, otherBaudRates: [UInt32] = [], modeCombinations: [Set<LinkMode>],
        isRecognisable: Bool = true,
        framer: @escaping @Sendable () -> Session.Framing,
        session: @escaping @Sendable (StickSetup) -> Session
    ) {
        self.kind = kind
        self.name = name
        self.usb = usb
        self.genericUSB = genericUSB
        self.baudRate = baudRate
        self.otherBaudRates = otherBaudRates
        self.modeCombinations = modeCombinations
        self.isRecognisable = isRecognisable
        conversation = { Conversation(framer: framer(), session: session($0)) }
        recognises = { octets in
            var framer = framer()
            framer.append(octets)
            repeat {
                while let framed = framer.next() {
                    if case .message(let message) = framed, Session.isProof(message) { return true }
                }
            } while framer.flush() != nil
            return false
        }
    }
}

/// What a USB device is recognised by.
public struct USBMatch: Equatable, Sendable {
    public let vendor: UInt16
    public let product: UInt16
    /// A word that the product's name must hold, whatever the case; nil: the numbers suffice.
    public let word: String?

    public init(_ vendor: UInt16, _ product: UInt16, word: String? = nil) {
        self.vendor = vendor
        self.product = product
        self.word = word
    }

    public func matches(_ device: USBSerialPort) -> Bool {
        guard vendor == device.vendor, product == device.product else { return false }
        guard let word else { return true }
        return device.productName?.lowercased().contains(word.lowercased()) ?? false
    }
}

/// The sticks that are known, a row each, in the order in which an unknown port is probed.
public enum StickCatalogue {
    public static let rows: [StickDescription] = [
        StickDescription(
            kind: .amb8465, name: "AMB8465",
            usb: [
                USBMatch(0x0403, 0x6001, word: "AMB"), USBMatch(0x0403, 0x6001, word: "Metis"),
            ],
            genericUSB: [USBMatch(0x0403, 0x6001), USBMatch(0x1A86, 0x7523)],
            baudRate: 9600,
            otherBaudRates: [115_200, 57_600, 38_400, 19_200, 4800, 2400, 1200],
            modeCombinations: [[.t1], [.c1], [.s1], [.c1, .t1]],
            framer: AMB8465Framer.init, session: AMB8465Session.init),
        StickDescription(
            kind: .im871a, name: "iM871A",
            usb: [USBMatch(0x10C4, 0x87ED), USBMatch(0x10C4, 0xEA60, word: "iM871A")],
            genericUSB: [USBMatch(0x10C4, 0xEA60)],
            baudRate: 57_600,
            modeCombinations: [[.t1], [.c1], [.s1], [.c1, .t1]],
            framer: IM871AFramer.init, session: IM871ASession.init),
        StickDescription(
            kind: .cul, name: "CUL",
            usb: [USBMatch(0x03EB, 0x204B)],
            genericUSB: [USBMatch(0x0403, 0x6001), USBMatch(0x1A86, 0x7523)],
            baudRate: 38_400,
            modeCombinations: [[.t1], [.c1], [.s1], [.c1, .t1]],
            framer: CULFramer.init, session: CULSession.init),
        StickDescription(
            kind: .rc1180, name: "RC1180",
            usb: [],
            genericUSB: [USBMatch(0x0403, 0x6001), USBMatch(0x1A86, 0x7523)],
            baudRate: 19_200,
            modeCombinations: [[.t1], [.c1], [.s1], [.c1, .t1]],
            isRecognisable: false,
            framer: RC1180Framer.init, session: RC1180Session.init),
        StickDescription(
            kind: .iu891a, name: "iU891A",
            usb: [USBMatch(0x04B4, 0x0003, word: "iU89")],
            baudRate: 115_200,
            modeCombinations: [[.t1], [.c1], [.s1], [.c1, .t1]],
            framer: IU891AFramer.init, session: IU891ASession.init),
    ]

    public static func row(for kind: StickKind) -> StickDescription? {
        rows.first { $0.kind == kind }
    }

    /// The rows for `kind`, or all of them.
    static func rows(for kind: StickKind?) -> [StickDescription] {
        kind.map { kind in rows.filter { $0.kind == kind } } ?? rows
    }

    /// The kind of stick that alone can have sent `octets`.
    static func recognise(_ octets: [UInt8], except kind: StickKind) -> StickKind? {
        rows.first { $0.kind != kind && $0.recognises(octets) }?.kind
    }

    /// Why no stick of `kind` (nil: no stick at all) can do as configured; nil if one may.
    public static func fault(kind: StickKind?, modes: Set<LinkMode>?) -> StickError? {
        let candidates = rows(for: kind)
        if let kind, candidates.isEmpty { return .unknownKind(kind) }
        let possible = candidates.flatMap(\.modeCombinations)
        guard let modes, !possible.contains(modes) else { return nil }
        let choices = candidates.first?.modeCombinations ?? []
        return .impossibleModes(modes, stick: kind, possible: choices)
    }
}
