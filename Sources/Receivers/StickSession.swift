import Wire

/// Decides what to say to a stick and what its messages mean: a value, told what happened,
/// answering with what shall be done. No port, no clock.
///
/// A telegram may come between a command and its reply, so a reply is known by what it is, never
/// by its turn.
public protocol StickSession: Sendable {
    associatedtype Framing: Framer
    /// The port is open and the line quiet.
    mutating func opened() -> [StickAction]
    mutating func received(_ message: Framing.Message) -> [StickAction]
    /// The time of the last `StickAction.wait` is over.
    mutating func timedOut() -> [StickAction]
    /// Nothing at all was heard for a while: time to ask whether the stick is still there.
    mutating func fellSilent() -> [StickAction]
    /// Tells the framer what the session learned of the stick's output format.
    func adapt(_ framer: inout Framing)
    /// What makes the stick restart; nil: it knows no such command.
    static var resetCommand: [UInt8]? { get }
    /// What must be said before the port is closed, whenever that is; empty: nothing.
    var farewell: [UInt8] { get }
    /// Whether `message` can only come from a stick of this kind.
    static func isProof(_ message: Framing.Message) -> Bool
}

extension StickSession {
    public func adapt(_ framer: inout Framing) {}
    public static var resetCommand: [UInt8]? { nil }
    public var farewell: [UInt8] { [] }
}

/// What the shell shall do next for a session.
public enum StickAction: Equatable, Sendable {
    case write([UInt8])
    /// Call `timedOut` after this time, unless another `wait` or `waitNoMore` comes first.
    case wait(Duration)
    case waitNoMore
    case deliver(RadioFrame)
    /// A message of so many octets was of no use.
    case skip(octets: Int, SkipReason)
    /// The stick is identified and listens.
    case ready(StickReport)
    case notice(StickNotice)
    /// Nothing more is to be had from this stick now: close the port.
    case fail(StickError)
}

/// What a stick told of itself.
public struct StickReport: Equatable, Sendable {
    /// The stick's own number in hex, nil where it has none.
    public var serial: String?
    /// Firmware version as the maker writes it.
    public var firmware: String?
    /// Which of the kind's relatives it is, where its answers tell.
    public var model: String?
    /// What it hears now.
    public var modes: Set<LinkMode>

    public init(
        serial: String? = nil, firmware: String? = nil, model: String? = nil, modes: Set<LinkMode>
    ) {
        self.serial = serial
        self.firmware = firmware
        self.model = model
        self.modes = modes
    }
}

/// What a session is told at its start.
public struct StickSetup: Equatable, Sendable {
    /// The port's path, for what is told to people.
    public var port: String
    /// What the stick shall hear; nil: the most it can.
    public var modes: Set<LinkMode>?

    public init(port: String, modes: Set<LinkMode>? = nil) {
        self.port = port
        self.modes = modes
    }
}

/// A command put to a stick until its reply comes, a limited number of times.
struct Request: Equatable, Sendable {
    let octets: [UInt8]
    let patience: Duration
    let tries: Int
    private(set) var sent = 0

    init(_ octets: [UInt8], patience: Duration, tries: Int) {
        self.octets = octets
        self.patience = patience
        self.tries = tries
    }

    /// Sends the command once more; nil when it was sent often enough.
    mutating func send() -> [StickAction]? {
        guard sent < tries else { return nil }
        sent += 1
        return [.write(octets), .wait(patience)]
    }
}

/// A stick's framer and session as one: octets in, actions out.
public protocol StickConversation: Sendable {
    /// How long a begun message may pause before `stalled` is due; nil: none has begun.
    var patience: Duration? { get }
    /// What must be said before the port is closed.
    var farewell: [UInt8] { get }
    mutating func opened() -> [StickAction]
    mutating func received(_ octets: [UInt8]) -> [StickAction]
    /// A begun message was not completed in time: look for others behind its start.
    mutating func stalled() -> [StickAction]
    mutating func timedOut() -> [StickAction]
    mutating func fellSilent() -> [StickAction]
    /// Lets the stick restart and sets it up then; nothing if it knows no such command.
    mutating func reset() -> [StickAction]
}

/// Joins the framer and the session of one kind of stick.
public struct Conversation<Session: StickSession>: StickConversation {
    private var framer: Session.Framing
    private var session: Session
    private var isRestarting = false

    public init(framer: Session.Framing, session: Session) {
        self.framer = framer
        self.session = session
    }

    public var patience: Duration? { framer.isWaiting ? framer.patience : nil }
    public var farewell: [UInt8] { session.farewell }

    public mutating func opened() -> [StickAction] { tell { $0.opened() } }
    public mutating func fellSilent() -> [StickAction] { tell { $0.fellSilent() } }

    private mutating func tell(_ event: (inout Session) -> [StickAction]) -> [StickAction] {
        let actions = event(&session)
        session.adapt(&framer)
        return actions
    }

    public mutating func reset() -> [StickAction] {
        guard let command = Session.resetCommand else { return [] }
        isRestarting = true
        return [.write(command), .wait(.seconds(2))]
    }

    public mutating func timedOut() -> [StickAction] {
        guard isRestarting else { return tell { $0.timedOut() } }
        isRestarting = false
        return opened()
    }

    public mutating func received(_ octets: [UInt8]) -> [StickAction] {
        framer.append(octets)
        return readAll()
    }

    public mutating func stalled() -> [StickAction] {
        var actions: [StickAction] = []
        while let framed = framer.flush() {
            actions += handle(framed)
            actions += readAll()
        }
        return actions
    }

    private mutating func readAll() -> [StickAction] {
        var actions: [StickAction] = []
        while let framed = framer.next() { actions += handle(framed) }
        return actions
    }

    private mutating func handle(_ framed: Framed<Session.Framing.Message>) -> [StickAction] {
        switch framed {
        case .skipped(let octets, let reason):
            return [.skip(octets: octets.count, reason)]
        case .message(let message):
            let actions = tell { $0.received(message) }
            // A late answer to what was asked before must not end the wait for the restart.
            return isRestarting ? actions.filter { $0 != .waitNoMore } : actions
        }
    }
}
