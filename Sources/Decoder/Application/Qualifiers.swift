/// What combinable VIFEs say about a record besides its quantity and unit (EN 13757-3:2018,
/// table 15).
///
/// Each has one word in a record's name (`RecordName`); the order of the bits is the order of the
/// words.
public struct Qualifiers: OptionSet, Hashable, Sendable {
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    /// VIFE 12.
    public static let average = Qualifiers(bit: 0)

    // Which part of a flow was counted.
    /// VIFE 3B: only what flowed forward (for electricity: drawn).
    public static let forward = Qualifiers(bit: 1)
    /// VIFE 3C: only what flowed backward (for electricity: fed in).
    public static let backward = Qualifiers(bit: 2)
    /// VIFE 3A: at metering conditions.
    public static let uncorrected = Qualifiers(bit: 3)
    /// VIFE 3E: gas converted to base conditions.
    public static let baseConditions = Qualifiers(bit: 4)
    /// VIFE FC 0C.
    public static let deltaImportExport = Qualifiers(bit: 5)
    /// VIFE FC 10.
    public static let accumulationOfAbsoluteValue = Qualifiers(bit: 6)
    /// VIFE FC 14.
    public static let directionToMeter = Qualifiers(bit: 7)
    /// VIFE FC 15.
    public static let directionFromMeter = Qualifiers(bit: 8)

    // Where it was measured: VIFE FC 01 to FC 0B.
    public static let phaseL1 = Qualifiers(bit: 9)
    public static let phaseL2 = Qualifiers(bit: 10)
    public static let phaseL3 = Qualifiers(bit: 11)
    public static let neutral = Qualifiers(bit: 12)
    public static let betweenL1L2 = Qualifiers(bit: 13)
    public static let betweenL2L3 = Qualifiers(bit: 14)
    public static let betweenL3L1 = Qualifiers(bit: 15)
    public static let quadrant1 = Qualifiers(bit: 16)
    public static let quadrant2 = Qualifiers(bit: 17)
    public static let quadrant3 = Qualifiers(bit: 18)
    public static let quadrant4 = Qualifiers(bit: 19)

    // What kind of statement it is.
    /// VIFE 14: a deviation, not a value.
    public static let relativeDeviation = Qualifiers(bit: 20)
    /// VIFE 1D: the content is coded as a standard says (OMS error flags); has no word.
    public static let standardConform = Qualifiers(bit: 21)
    /// VIFE 3D: see `Unit.nonMetric`.
    public static let nonMetric = Qualifiers(bit: 22)
    /// VIFE 3F: the data are the OBIS code of the quantity; kept as octets.
    public static let obisDeclaration = Qualifiers(bit: 23)
    /// VIFE 7E: what is to come, a next due date for instance.
    public static let future = Qualifiers(bit: 24)
    /// VIFE 39: the date (and time) when the quantity's period began.
    public static let start = Qualifiers(bit: 25)
    /// VIFE 69.
    public static let leakage = Qualifiers(bit: 26)
    /// VIFE 6D.
    public static let overflow = Qualifiers(bit: 27)

    // Limits and their exceeding, VIFE 40 to 6F: `during lower limit exceed`,
    // `upper limit exceed last begin`…
    public static let during = Qualifiers(bit: 28)
    public static let lower = Qualifiers(bit: 29)
    public static let upper = Qualifiers(bit: 30)
    public static let limit = Qualifiers(bit: 31)
    public static let exceed = Qualifiers(bit: 32)
    public static let first = Qualifiers(bit: 33)
    public static let last = Qualifiers(bit: 34)
    /// The value is the date (and time) of the beginning.
    public static let begin = Qualifiers(bit: 35)
    /// The value is the date (and time) of the end.
    public static let end = Qualifiers(bit: 36)
    /// The value is a duration in the record's unit.
    public static let duration = Qualifiers(bit: 37)
    /// The value is a plain count.
    public static let count = Qualifiers(bit: 38)

    // Compact profiles whose elements could not be told apart (VIFE 1F, 13, 1E).
    public static let compactProfile = Qualifiers(bit: 39)
    public static let inverseCompactProfile = Qualifiers(bit: 40)
    public static let compactProfileWithRegisters = Qualifiers(bit: 41)
    static let anyProfile: Qualifiers = [
        .compactProfile, .inverseCompactProfile, .compactProfileWithRegisters,
    ]

    /// A VIFE that the standard reserves: what it does to the value is not known, so the value is
    /// kept as octets.
    public static let reservedVIFE = Qualifiers(bit: 42)
    /// VIFE 7F: the quantity holds, but the manufacturer says more in `vendorCodes`.
    public static let manufacturerSpecific = Qualifiers(bit: 43)

    /// The words of all bits, lowest bit first.
    static let words: [StaticString] = [
        "average", "forward", "backward", "uncorrected", "base", "delta_import_export",
        "absolute", "to_meter", "from_meter",
        "l1", "l2", "l3", "neutral", "l1_l2", "l2_l3", "l3_l1", "q1", "q2", "q3", "q4",
        "relative_deviation", "", "non_metric", "obis", "future", "start", "leakage", "overflow",
        "during", "lower", "upper", "limit", "exceed", "first", "last", "begin", "end",
        "duration", "count",
        "profile", "inverse_profile", "profile_registers", "reserved_vife", "mfct",
    ]
}
