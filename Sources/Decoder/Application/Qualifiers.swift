/// What combinable VIFEs say about a record besides its quantity and unit (EN 13757-3:2018,
/// table 15).
public struct Qualifiers: OptionSet, Hashable, Sendable {
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// VIFE 12.
    public static let average = Qualifiers(rawValue: 1 << 0)
    /// VIFE 3B: only what flowed forward (for electricity: drawn).
    public static let forward = Qualifiers(rawValue: 1 << 1)
    /// VIFE 3C: only what flowed backward (for electricity: fed in).
    public static let backward = Qualifiers(rawValue: 1 << 2)
}
