import Wire

/// What the user wants of one receiver (`receivers` in the configuration).
public struct ReceiverSettings: Equatable, Sendable {
    /// What log lines and readings call it.
    public var name: String
    /// Which kind of stick; nil: find out.
    public var kind: StickKind?
    /// Its port, a path or `tcp://host:port`; nil: look for it.
    public var port: String?
    /// Which of several sticks of a kind: its USB serial number, or the place where it is plugged
    /// in (`1-1.3`) if it has none; nil: any.
    public var serial: String?
    /// What it shall hear; nil: T1 and C1 where the stick can hear both, else T1.
    public var modes: Set<LinkMode>?
    /// Where telegrams come from if not from a stick; then the three above mean nothing.
    public var input: InputSource?
    /// How they are written there.
    public var format = InputFormat.auto

    public init(
        name: String, kind: StickKind? = nil, port: String? = nil, serial: String? = nil,
        modes: Set<LinkMode>? = nil
    ) {
        self.name = name
        self.kind = kind
        self.port = port
        self.serial = serial
        self.modes = modes
    }

    public init(name: String, input: InputSource, format: InputFormat = .auto) {
        self.name = name
        self.input = input
        self.format = format
    }
}

/// What a receiver tells the gateway.
public enum ReceiverEvent: Sendable {
    /// A frame was heard; the first may come before `listening`, from a stick that already streams.
    case frame(RadioFrame)
    /// The stick answered, was configured and is listening; told again whenever it is set up anew.
    case listening(StickIdentity)
    /// The stick was listening and is not any more; it is waited for.
    case lost(StickError)
    /// The stick cannot be used now; tried again after `retryIn` (nil: no sooner), or as soon as
    /// its port changes.
    case waiting(StickError, retryIn: Duration?)
    /// It can never be used as configured: no further try.
    case failed(StickError)
    /// All that there was is read, of the file named: nothing more comes.
    case finished(String)
    /// Octets of the stick's stream that belong to no whole, undamaged message.
    case skipped(octets: Int, SkipReason)
    /// The stick has been quiet for so long, and this is done about it. Only a disruptive step is
    /// worth a person's notice.
    case recovering(RecoveryStep, silentFor: Duration)
    /// A telegram came again, so long after the one before, and this was done last.
    case recovered(after: Duration, by: RecoveryStep)
    /// The stick's USB device could not be reset.
    case notReset(USBError)
    /// Something works, but a person should know; its description says what to do.
    case notice(StickNotice)
}

/// A stick as it answered.
public struct StickIdentity: Equatable, Sendable {
    public var kind: StickKind
    /// The stick's own number in hex, nil where it has none.
    public var serial: String?
    /// Firmware version as the maker writes it.
    public var firmware: String?
    /// Which of the kind's relatives it is, where its answers tell.
    public var model: String?
    public var port: String
    /// What it hears now.
    public var modes: Set<LinkMode>

    public init(
        kind: StickKind, serial: String? = nil, firmware: String? = nil, model: String? = nil,
        port: String, modes: Set<LinkMode>
    ) {
        self.kind = kind
        self.serial = serial
        self.firmware = firmware
        self.model = model
        self.port = port
        self.modes = modes
    }
}
