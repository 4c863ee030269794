import Wire

/// One stream of octets that holds telegrams in some form: text lines, or binary. Pure: octets in,
/// telegrams out, however the octets were cut.
struct TelegramStream {
    private enum Form {
        /// Not enough is there to tell.
        case undecided([UInt8])
        case lines(LineFramer)
        case binary(BinaryTelegramFramer)
        /// What a stick itself sends, handed on octet by octet.
        case stick(any StickConversation)
    }

    /// Far more than a telegram with all that any program writes around it.
    private static let longestLine = 8192
    /// So many octets tell text from a telegram in binary, whose device type is no character.
    private static let decidingOctets = 12

    private var form: Form
    private var text: TelegramText

    init(_ format: InputFormat) {
        text = TelegramText(format)
        form =
            switch format {
            case .auto: .undecided([])
            case .binary: .binary(BinaryTelegramFramer())
            case .rtlWMBus, .rtl433, .hex, .json: .lines(LineFramer(limit: Self.longestLine))
            }
    }

    /// How long what has begun may pause before `stalled` is due; nil: nothing has begun.
    var patience: Duration? {
        switch form {
        case .undecided(let octets): octets.isEmpty ? nil : .seconds(2)
        // A person may type, or a program write in pieces: lines have all the time they want.
        case .lines: nil
        case .binary(let framer): framer.isWaiting ? framer.patience : nil
        case .stick(let conversation): conversation.patience
        }
    }

    mutating func received(_ octets: [UInt8]) -> [TextItem] {
        switch form {
        case .undecided(let before):
            let all = before + octets
            guard all.count >= Self.decidingOctets || all.contains(UInt8(ascii: "\n")) else {
                form = .undecided(all)
                return []
            }
            return decide(all)
        case .lines(var framer):
            framer.append(octets)
            let items = read(&framer)
            form = .lines(framer)
            return items
        case .binary(var framer):
            framer.append(octets)
            let items = Self.read(&framer)
            form = .binary(framer)
            return items
        case .stick(var conversation):
            let items = Self.items(of: conversation.received(octets))
            form = .stick(conversation)
            return items
        }
    }

    /// What has begun was not completed in time.
    mutating func stalled() -> [TextItem] {
        switch form {
        case .undecided(let octets):
            return octets.isEmpty ? [] : decide(octets) + stalled()
        case .lines: return []
        case .binary(var framer):
            let items = Self.giveUp(&framer)
            form = .binary(framer)
            return items
        case .stick(var conversation):
            let items = Self.items(of: conversation.stalled())
            form = .stick(conversation)
            return items
        }
    }

    /// The stream has ended: a last line needs no line end.
    mutating func ended() -> [TextItem] {
        switch form {
        case .undecided(let octets): return octets.isEmpty ? [] : decide(octets) + ended()
        case .lines(var framer):
            framer.append([UInt8(ascii: "\n")])
            let items = read(&framer)
            form = .lines(framer)
            return items
        case .binary, .stick: return stalled()
        }
    }

    // MARK: Forms

    private mutating func decide(_ octets: [UInt8]) -> [TextItem] {
        // Editors of another system put a byte order mark in front of a text.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let octets = octets.starts(with: mark) ? Array(octets.dropFirst(mark.count)) : octets
        let isText = octets.prefix(Self.decidingOctets).allSatisfy {
            (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0)
        }
        if isText {
            form = .lines(LineFramer(limit: Self.longestLine))
        } else if let conversation = Self.stick(sending: octets) {
            form = .stick(conversation)
        } else {
            form = .binary(BinaryTelegramFramer())
        }
        return received(octets)
    }

    /// The kind of stick whose messages begin so, where they can be read without asking it.
    private static func stick(sending octets: [UInt8]) -> (any StickConversation)? {
        var pending = PendingOctets()
        pending.append(octets)
        guard pending.isTelegram(at: 0) == false else { return nil }
        let kind: StickKind
        switch octets.first {
        case IM871AFramer.start: kind = .im871a
        case IU891AFramer.end: kind = .iu891a
        default: return nil
        }
        return StickCatalogue.row(for: kind)?.conversation(StickSetup(port: ""))
    }

    private mutating func read(_ framer: inout LineFramer) -> [TextItem] {
        var items: [TextItem] = []
        while let framed = framer.next() {
            switch framed {
            case .message(let line): items += text.read(line.characters)
            case .skipped(let octets, let reason):
                items.append(.skipped(octets: octets.count, reason))
            }
        }
        return items
    }

    private static func read(_ framer: inout BinaryTelegramFramer) -> [TextItem] {
        var items: [TextItem] = []
        while let framed = framer.next() { items.append(item(framed)) }
        return items
    }

    private static func giveUp(_ framer: inout BinaryTelegramFramer) -> [TextItem] {
        var items: [TextItem] = []
        while let framed = framer.flush() {
            items.append(item(framed))
            items += read(&framer)
        }
        return items
    }

    private static func item(_ framed: Framed<[UInt8]>) -> TextItem {
        switch framed {
        case .message(let octets): .telegram(RadioFrame(octets: octets))
        case .skipped(let octets, let reason): .skipped(octets: octets.count, reason)
        }
    }

    private static func items(of actions: [StickAction]) -> [TextItem] {
        actions.compactMap { action in
            switch action {
            case .deliver(let frame): .telegram(frame)
            case .skip(let octets, let reason): .skipped(octets: octets, reason)
            default: nil
            }
        }
    }

    /// One datagram: its own size tells where it ends.
    static func datagram(_ octets: [UInt8], format: InputFormat) -> [TextItem] {
        let isTelegram = {
            var pending = PendingOctets()
            pending.append(octets)
            return pending.isTelegram(at: 0) == true
        }
        let isText = octets.allSatisfy { (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0) }
        if format == .binary || format == .auto && !isText {
            guard octets.count >= 11, isTelegram() || LongFrame.size(at: octets) == octets.count
            else {
                return [.skipped(octets: octets.count, .noStart)]
            }
            return [.telegram(RadioFrame(octets: octets))]
        }
        var stream = TelegramStream(format)
        return stream.received(octets) + stream.ended()
    }
}

/// Telegrams one behind the other, each begun by its L-field, with link-layer CRCs or without; also
/// long frames of wired M-Bus.
///
/// There is no other mark: behind what is none, one octet after another is passed over.
struct BinaryTelegramFramer: Framer {
    typealias Message = [UInt8]
    private var pending = PendingOctets()

    var patience: Duration { .seconds(2) }
    var isWaiting: Bool { !pending.isEmpty }
    mutating func append(_ chunk: [UInt8]) { pending.append(chunk) }
    mutating func flush() -> Framed<[UInt8]>? {
        pending.isEmpty ? nil : .skipped(pending.take(1), .silence)
    }

    mutating func next() -> Framed<[UInt8]>? {
        if let size = LongFrame.size(at: pending.prefix(LongFrame.mostOctets)) {
            return .message(pending.take(size))
        }
        let distance = (0..<pending.count).first {
            pending.isTelegram(at: $0) != false || pending.mayBeLongFrame(at: $0)
        }
        guard distance == 0 else {
            return pending.isEmpty
                ? nil : .skipped(pending.take(distance ?? pending.count), .noStart)
        }
        // A long frame that is not whole yet; where it never will be, `flush` passes it over.
        if pending.mayBeLongFrame(at: 0), pending.isTelegram(at: 0) == false { return nil }
        guard pending.isTelegram(at: 0) == true, let length = pending[0].map(Int.init) else {
            return nil
        }
        // The L-field of format A does not count CRCs; that they are there, the first one tells.
        var size = length + 1
        if let high = pending[10], let low = pending[11],
            CRC16.en13757(Array(pending.prefix(10))) == UInt16(high) << 8 | UInt16(low)
        {
            size = length + 3 + 2 * ((length - 9 + 15) / 16)
        }
        return pending.count >= size ? .message(pending.take(size)) : nil
    }
}
