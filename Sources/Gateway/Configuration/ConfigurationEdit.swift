/// A meter as it is to be written into the configuration file.
public struct NewMeter: Equatable, Sendable {
    public var name: String
    public var id: String
    /// The key itself, or where it is (`file:/…`); nil: none is written.
    public var key: Secret?

    public init(name: String, id: String, key: Secret? = nil) {
        self.name = name
        self.id = id
        self.key = key
    }

    fileprivate var entries: [(key: MeterSettingsKey, value: String)] {
        [(.name, name), (.id, id)] + (key.map { [(.key, $0.text)] } ?? [])
    }
}

/// Adds to the text of a configuration file, and leaves all that is in it as it is: comments,
/// sections of others, order, and how lines end.
///
/// The text is changed where it looks right, and read again: what it says must be what it said
/// before and the new meter, else nothing is changed.
public struct ConfigurationEdit: Sendable {
    public private(set) var octets: [UInt8]

    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// The file is not sound enough to be changed.
        case unreadable(YAMLError)
        /// It is written in a way that is left to people.
        case unusual

        public var description: String {
            switch self {
            case .unreadable(let error):
                error.place == .wholeFile ? "\(error)" : "line \(error.place.line): \(error)"
            case .unusual:
                "the meters are written in a way that this program does not change: add the lines"
                    + " by hand"
            }
        }
    }

    /// - Parameter octets: the file as it is; empty where there is none.
    public init(_ octets: [UInt8]) { self.octets = octets }

    /// Adds a meter at the end of `oms`.
    public mutating func add(_ meter: NewMeter) throws(Failure) {
        let before = try Self.root(of: octets)
        let text = ConfigurationText(octets)
        for candidate in text.candidates(
            adding: meter.entries.map { ($0.key.rawValue, $0.value) }, to: before)
        {
            guard let after = try? Self.root(of: candidate),
                Self.says(after, what: before, and: meter)
            else { continue }
            octets = candidate
            return
        }
        throw .unusual
    }

    private static func root(of octets: [UInt8]) throws(Failure) -> YAMLNode? {
        do { return try YAMLDocument(parsing: octets).root } catch { throw .unreadable(error) }
    }

    private static func says(
        _ after: YAMLNode?, what before: YAMLNode?, and meter: NewMeter
    ) -> Bool {
        var entries = before?.entries ?? []
        let item = YAMLNode(
            .mapping(
                meter.entries.map {
                    YAMLNode.Entry(
                        key: $0.key.rawValue, keyPlace: .wholeFile,
                        value: YAMLNode(.scalar($0.value, isPlain: true), at: .wholeFile))
                }), at: .wholeFile)
        let place = entries.firstIndex { $0.key == Section.oms.rawValue }
        var items: [YAMLNode] = []
        if let place, case .sequence(let known) = entries[place].value.content { items = known }
        let list = YAMLNode(.sequence(items + [item]), at: .wholeFile)
        if let place {
            entries[place].value = list
        } else {
            entries.append(
                YAMLNode.Entry(key: Section.oms.rawValue, keyPlace: .wholeFile, value: list))
        }
        return after?.saysTheSame(as: YAMLNode(.mapping(entries), at: .wholeFile)) ?? false
    }
}

extension YAMLNode {
    /// The keys and values, if it is a group of them.
    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// Whether both have the same contents, wherever they stand.
    func saysTheSame(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left, _), .scalar(let right, _)): left == right
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.saysTheSame(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.key == $1.key && $0.value.saysTheSame(as: $1.value)
                }
        default: false
        }
    }
}
