/// How telegrams are paced and what goes wrong.
public struct SimulationOptions: Equatable, Sendable {
    /// How writes are cut; a host must not mind.
    public enum Splitting: String, CaseIterable, Sendable {
        /// As much at once as the terminal takes.
        case none
        case singleBytes = "bytes"
        /// 1 to 7 octets, with pauses of up to 0.2 ms.
        case randomPieces = "pieces"
    }

    /// How a stick hangs.
    public enum Hang: String, CaseIterable, Sendable {
        /// It sends nothing.
        case mute
        /// It sends noise in place of telegrams.
        case garbage
        /// It sends the first half of each telegram.
        case halfFrames = "half-frames"
        /// It sends one octet without end.
        case stuckTransmitter = "stuck-transmitter"
        /// Its line has another baud rate all at once.
        case wrongBaudRate = "wrong-baud-rate"
        /// It leaves the bus and comes back at once.
        case endOfFile = "end-of-file"
    }

    /// What ends a hang, beside plugging in anew. A hanging stick answers nothing, but one that
    /// can be set up again answers all.
    public enum Remedy: String, CaseIterable, Sendable {
        /// Only plugging in anew.
        case replug
        /// Set it up again: it has lost its settings.
        case reconfigure
        /// Its reset command.
        case reset
        /// Close its port and open it again.
        case reopen
    }

    /// Telegrams a second; nil for as many as the host reads.
    public var rate: Double?
    /// So many go out before that, as fast as the host reads.
    public var atOnce: Int
    /// The list begins again at its end.
    public var repeats: Bool
    /// Telegrams are sent before a host has set the stick up, as it was left by a host before.
    public var streaming: Bool
    /// The stick is deaf and mute while the host has set another baud rate than the stick's.
    public var heedsBaudRate: Bool
    /// Meaningless octets before each telegram and each answer.
    public var noise: Bool
    public var splitting: Splitting
    /// Damages each N-th telegram that the stick hears, the N-th first; nil for none.
    public var damageEvery: Int?
    /// After N telegrams the stick hangs, until the remedy is found; only once.
    public var hangAfter: Int?
    public var hang: Hang
    public var recoversOn: Remedy
    /// Pulls the stick out after each N telegrams…
    public var unplugEvery: Int?
    /// …for so long.
    public var unpluggedFor: Duration
    /// The same seed gives the same noise, damage and pieces.
    public var seed: UInt64

    public init(
        rate: Double? = nil, atOnce: Int = 0, repeats: Bool = false, streaming: Bool = false,
        heedsBaudRate: Bool = false, noise: Bool = false, splitting: Splitting = .none,
        damageEvery: Int? = nil, hangAfter: Int? = nil, hang: Hang = .mute,
        recoversOn: Remedy = .replug, unplugEvery: Int? = nil,
        unpluggedFor: Duration = .seconds(2), seed: UInt64 = 0
    ) {
        self.rate = rate
        self.atOnce = atOnce
        self.repeats = repeats
        self.streaming = streaming
        self.heedsBaudRate = heedsBaudRate
        self.noise = noise
        self.splitting = splitting
        self.damageEvery = damageEvery
        self.hangAfter = hangAfter
        self.hang = hang
        self.recoversOn = recoversOn
        self.unplugEvery = unplugEvery
        self.unpluggedFor = unpluggedFor
        self.seed = seed
    }
}

/// What a simulation has done so far.
public struct SimulationCounts: Equatable, Sendable {
    /// Telegrams sent whole and right.
    public var good = 0
    /// Telegrams sent with damage that the driver has to find.
    public var damaged = 0
    /// Telegrams that the stick did not hear, in the mode it was in.
    public var unheard = 0
    /// Commands of the host, those not understood included.
    public var hostCommands = 0
    /// Octets that the host wrote, heard or not.
    public var hostOctets = 0
    /// Octets of noise.
    public var noise = 0
    /// How often the stick was pulled out.
    public var unplugged = 0
    /// How often the stick began to hang …
    public var hung = 0
    /// … and whether it does now.
    public var hangs = false

    public init() {}
}
