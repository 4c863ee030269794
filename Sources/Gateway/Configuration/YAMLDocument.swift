/// A YAML document as a tree, read from libyaml's events.
///
/// What is read is bounded, so that no file can fill the memory or the stack: neither by
/// its size, nor by nesting, nor by aliases that stand for aliases.
public struct YAMLDocument: Equatable, Sendable {
    /// The value of the document; nil when there is none.
    public var root: YAMLNode?

    public static let maximumSize = 1 << 20
    public static let maximumDepth = 32
    /// Values and keys, those that aliases stand for counted again, and a long text once more for
    /// each 64 octets of it.
    public static let maximumNodes = 50_000

    /// - Parameter octets: the file; UTF-8, or UTF-16 with a byte order mark.
    /// - Throws: `YAMLError` for the first place that cannot be read.
    public init(parsing octets: [UInt8]) throws(YAMLError) {
        guard octets.count <= Self.maximumSize else { throw YAMLError(.tooLarge, at: .wholeFile) }
        var builder = TreeBuilder(events: YAMLEvents(octets))
        root = try builder.document()
    }
}

/// Puts the events together. Recursion ends at `YAMLDocument.maximumDepth`.
private struct TreeBuilder {
    /// A finished value with its size, which an alias to it adds once more.
    struct Subtree {
        var node: YAMLNode
        var nodes: Int
        /// Levels of lists and mappings in it; 0 for a scalar.
        var height: Int
    }

    let events: YAMLEvents
    var anchors: [String: Subtree] = [:]
    var nodes = 0

    mutating func document() throws(YAMLError) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart:
                guard root == nil else { throw YAMLError(.secondDocument, at: event.place) }
                root = try value(startingWith: try events.next(), depth: 0).node
            case .streamStart, .documentEnd: continue
            default: throw YAMLError(.unexpected, at: event.place)
            }
        }
    }

    private mutating func value(
        startingWith event: YAMLEvents.Event, depth: Int
    ) throws(YAMLError) -> Subtree {
        switch event.kind {
        case .scalar(let text, let isPlain):
            let size = 1 + text.utf8.count / 64
            try count(size, at: event.place)
            let node = YAMLNode(
                .scalar(text, isPlain: isPlain), tag: event.tag, at: event.place)
            return remember(Subtree(node: node, nodes: size, height: 0), as: event.anchor)
        case .sequenceStart: return remember(try sequence(event, depth), as: event.anchor)
        case .mappingStart: return remember(try mapping(event, depth), as: event.anchor)
        case .alias:
            // Anchors are known once their value is finished, so no value can hold itself.
            guard let name = event.anchor, let known = anchors[name] else {
                throw YAMLError(.unknownAlias, at: event.place)
            }
            try count(known.nodes, at: event.place)
            guard depth + known.height <= YAMLDocument.maximumDepth else {
                throw YAMLError(.tooDeep, at: event.place)
            }
            return known
        default: throw YAMLError(.unexpected, at: event.place)
        }
    }

    private mutating func sequence(
        _ start: YAMLEvents.Event, _ depth: Int
    ) throws(YAMLError) -> Subtree {
        try enter(start, depth)
        var result = Subtree(node: start.empty, nodes: 1, height: 1)
        var items: [YAMLNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { break }
            let item = try value(startingWith: event, depth: depth + 1)
            items.append(item.node)
            result.nodes += item.nodes
            result.height = max(result.height, item.height + 1)
        }
        result.node.content = .sequence(items)
        return result
    }

    private mutating func mapping(
        _ start: YAMLEvents.Event, _ depth: Int
    ) throws(YAMLError) -> Subtree {
        try enter(start, depth)
        var result = Subtree(node: start.empty, nodes: 1, height: 1)
        var entries: [YAMLNode.Entry] = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { break }
            let key = try value(startingWith: event, depth: depth + 1)
            guard case .scalar(let text, _) = key.node.content else {
                throw YAMLError(.keyIsNoText, at: event.place)
            }
            let item = try value(startingWith: try events.next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: text, keyPlace: event.place, value: item.node))
            result.nodes += key.nodes + item.nodes
            result.height = max(result.height, item.height + 1)
        }
        result.node.content = .mapping(entries)
        return result
    }

    private mutating func enter(_ start: YAMLEvents.Event, _ depth: Int) throws(YAMLError) {
        guard depth < YAMLDocument.maximumDepth else {
            throw YAMLError(.tooDeep, at: start.place)
        }
        try count(1, at: start.place)
    }

    private mutating func count(_ more: Int, at place: YAMLNode.Place) throws(YAMLError) {
        nodes += more
        guard nodes <= YAMLDocument.maximumNodes else { throw YAMLError(.tooMany, at: place) }
    }

    private mutating func remember(_ subtree: Subtree, as anchor: String?) -> Subtree {
        if let anchor { anchors[anchor] = subtree }
        return subtree
    }
}

extension YAMLEvents.Event {
    fileprivate var empty: YAMLNode { YAMLNode(.sequence([]), tag: tag, at: place) }
}
