/// Section `fleet`: several programs share the work (docs/scaling.md).
public struct FleetSettings: Equatable, Sendable {
    public enum Role: String, CaseIterable, Equatable, Sendable {
        /// Hands on what its receivers hear, and reads nothing.
        case gateway
        /// Reads what gateways hand on, and what its own receivers hear.
        case decoder
    }

    public var role: Role
    public var topic: String
    /// Whether telegrams of meters are handed on that are not configured here.
    public var foreignMeters: Bool

    /// Messages a second: those who subscribe a whole fleet keep up with more than a house's devices.
    /// Gateways keep to the usual pace, so that what waited at several of them for hours does not
    /// come faster than a decoder publishes.
    static let paceOfDecoder = 100_000.0

    public init(role: Role, topic: String, foreignMeters: Bool) {
        self.role = role
        self.topic = topic
        self.foreignMeters = foreignMeters
    }
}
