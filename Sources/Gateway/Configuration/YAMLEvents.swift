import CYAML

/// libyaml's parser and its events: the only file that calls that library.
final class YAMLEvents {
    struct Event: Equatable {
        enum Kind: Equatable {
            case streamStart, streamEnd, documentStart, documentEnd
            case scalar(String, isPlain: Bool)
            case sequenceStart, sequenceEnd, mappingStart, mappingEnd
            /// Stands for the value that `anchor` names.
            case alias
        }
        var kind: Kind
        var anchor: String?
        /// A type that is written in front of the value, as `!Word`.
        var tag: String?
        var place: YAMLNode.Place
    }

    /// On the heap with the input, as libyaml keeps pointers to both.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool
    private var isAtEnd = false

    init(_ octets: [UInt8]) {
        input = .allocate(capacity: octets.count)
        _ = input.initialize(from: octets)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
        if isReady { yaml_parser_set_input_string(parser, input.baseAddress, input.count) }
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; `streamEnd` for ever when nothing is left.
    func next() throws(YAMLError) -> Event {
        guard isReady else { throw YAMLError(.unexpected, at: .wholeFile) }
        guard !isAtEnd else { return Event(kind: .streamEnd, place: place(parser.pointee.mark)) }
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return Self.read(event, isAtEnd: &isAtEnd)
    }

    private static func read(_ event: yaml_event_t, isAtEnd: inout Bool) -> Event {
        let data = event.data
        let place = place(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, place: place)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, place: place)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, place: place)
        case YAML_SCALAR_EVENT:
            let octets = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
            let text = String(decoding: octets, as: UTF8.self)
            let isPlain = data.scalar.style == YAML_PLAIN_SCALAR_STYLE
            return Event(
                kind: .scalar(text, isPlain: isPlain), anchor: name(data.scalar.anchor),
                tag: name(data.scalar.tag), place: place)
        case YAML_SEQUENCE_START_EVENT:
            return Event(
                kind: .sequenceStart, anchor: name(data.sequence_start.anchor),
                tag: name(data.sequence_start.tag), place: place)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, place: place)
        case YAML_MAPPING_START_EVENT:
            return Event(
                kind: .mappingStart, anchor: name(data.mapping_start.anchor), place: place)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, place: place)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias, anchor: name(data.alias.anchor), place: place)
        default:
            isAtEnd = true
            return Event(kind: .streamEnd, place: place)
        }
    }

    private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }

    private static func place(_ mark: yaml_mark_t) -> YAMLNode.Place {
        YAMLNode.Place(line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
    }

    private func place(_ mark: yaml_mark_t) -> YAMLNode.Place { Self.place(mark) }

    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? ""
        guard parser.pointee.error == YAML_READER_ERROR else {
            // What is never closed is missed far behind the place where it was opened.
            let isOpen = YAMLError.isMissingEnd(problem) && parser.pointee.context != nil
            let mark = isOpen ? parser.pointee.context_mark : parser.pointee.problem_mark
            return YAMLError(.syntax(problem), at: place(mark))
        }
        // The reader knows the octet alone: its line is counted here.
        let before = input.prefix(parser.pointee.problem_offset)
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = before.reversed().prefix { $0 != 0x0A }.count + 1
        return YAMLError(.badCharacter, at: YAMLNode.Place(line: line, column: column))
    }
}
