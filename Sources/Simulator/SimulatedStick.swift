import Wire

/// A telegram as a meter sends it, before any receiver has heard it.
public struct Transmission: Equatable, Sendable {
    /// L-field first, without link-layer CRCs.
    public var frame: [UInt8]
    /// The mode it is sent in; nil is heard in every mode.
    public var linkMode: LinkMode?
    /// `.b` for frame format B, which exists in mode C alone; anything else stands for A.
    public var format: FrameFormat
    /// At the receiver, in dBm.
    public var signalStrength: Double

    public init(
        frame: [UInt8], linkMode: LinkMode? = nil, format: FrameFormat = .a,
        signalStrength: Double = -71
    ) {
        self.frame = frame
        self.linkMode = linkMode
        self.format = format
        self.signalStrength = signalStrength
    }

    /// Whether a receiver that listens for `modes` hears it.
    func isHeard(in modes: Set<LinkMode>) -> Bool {
        guard !modes.isEmpty else { return false }
        return linkMode.map(modes.contains) ?? true
    }
}

/// A radio stick's side of its serial protocol, with no port and no clock.
public protocol SimulatedStick: Sendable {
    /// Whether a host has set the stick up since it got power.
    ///
    /// A stick may well send telegrams before that, in the mode it was stored or left in.
    var isConfigured: Bool { get }

    /// Of its serial line; nil where USB makes it meaningless.
    var baudRate: Int? { get }

    /// Whole commands of the host so far, those not understood included.
    var hostCommands: Int { get }

    /// Takes what the host wrote, in pieces of any size, and gives what the stick says to it.
    mutating func received(_ bytes: [UInt8]) -> [UInt8]

    /// The line was silent for long: a command that was begun is given up.
    mutating func lineWentSilent()

    /// What the stick sends for a telegram in its present state; nil when it does not hear it.
    func indication(of transmission: Transmission) -> [UInt8]?

    /// Power is lost: all that is not in flash is gone.
    mutating func unplug()

    /// Sets the stick as a host before would have left it: hearing all it can, with its RSSI.
    mutating func listenAsLeftByHost()

    /// `message` (from `indication`) as it arrives over a bad line: always something else than a
    /// telegram, and always to be told from one by the rules of the protocol.
    func damaged(_ message: [UInt8], using random: inout SplitMix64) -> [UInt8]

    /// Octets that mean nothing and that no message can begin or end with.
    func noise(using random: inout SplitMix64) -> [UInt8]
}

extension SimulatedStick {
    public func indication(of frame: [UInt8], signalStrength: Double = -71) -> [UInt8]? {
        indication(of: Transmission(frame: frame, signalStrength: signalStrength))
    }
}

extension UInt8 {
    /// A signal strength as Texas Instruments' CC1101 tells it: dBm = signed(raw) / 2 − 74.
    static func cc1101RSSI(_ signalStrength: Double) -> UInt8 {
        let steps = ((signalStrength + 74) * 2).rounded()
        return UInt8(bitPattern: Int8(Swift.min(Swift.max(steps, -128), 127)))
    }
}

extension [UInt8] {
    /// With another octet at a place among `places`.
    func withOtherOctet(in places: some Collection<Int>, using random: inout SplitMix64) -> [UInt8]
    {
        var result = self
        if let place = places.randomElement(using: &random), indices.contains(place) {
            // One flipped bit is the usual fault; a whole wrong octet the other.
            let change: UInt8 =
                Bool.random(using: &random)
                ? 1 << UInt8.random(in: 0...7, using: &random)
                : UInt8.random(in: 1...255, using: &random)
            result[place] ^= change
        }
        return result
    }
}
