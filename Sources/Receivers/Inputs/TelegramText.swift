import Wire

/// What a line of text says of telegrams.
enum TextItem: Equatable {
    /// - Parameter time: seconds since 1970 that the line tells, for replaying
    case telegram(RadioFrame, time: Duration? = nil)
    case skipped(octets: Int, SkipReason)
}

/// Reads telegrams from the lines that other programs write. Pure, but for a CSV header that it
/// remembers.
struct TelegramText {
    private let format: InputFormat
    private var csv = RTL433CSV()

    init(_ format: InputFormat) { self.format = format }

    /// The telegrams in a line without its end. Blank lines and comments (`#`) are nothing.
    mutating func read(_ line: [UInt8]) -> [TextItem] {
        var line = line[...]
        let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 || octet == 0x0D }
        line = line.drop(while: isBlank)
        while let last = line.last, isBlank(last) { line.removeLast() }
        guard let first = line.first, first != UInt8(ascii: "#") else { return [] }
        switch format {
        case .rtlWMBus:
            return RTLWMBusLine.read(line) ?? [.skipped(octets: line.count, .noStart)]
        case .rtl433: return first == UInt8(ascii: "{") ? JSONTelegram.read(line) : csv.read(line)
        case .json: return JSONTelegram.read(line)
        case .hex: return Self.hex(line)
        case .auto, .binary: return anything(line)
        }
    }

    private mutating func anything(_ line: ArraySlice<UInt8>) -> [TextItem] {
        if line.first == UInt8(ascii: "{") { return JSONTelegram.read(line) }
        if let items = RTLWMBusLine.read(line) { return items }
        if let recorded = RecordedTelegram(line: line) {
            return [.telegram(recorded.frame, time: recorded.time)]
        }
        // A CUL's hex is in capitals: in small letters the b is a digit.
        if line.first == UInt8(ascii: "b") {
            switch CULTelegramLine(Array(line)) {
            case .frame(let frame, behind: 0): return [.telegram(frame)]
            case .damaged(.badLength), .cut:
                let isHex = (try? Hex.octets(line.span)) != nil
                if !isHex { return [.skipped(octets: line.count, .badLength)] }
            default: break
            }
        }
        return line.contains(UInt8(ascii: ",")) ? csv.read(line) : Self.hex(line)
    }

    /// A telegram as hex; `!` in front says that its CRCs are gone. In a log line of wmbusmeters it
    /// stands behind `telegram=|`, up to `|` at its end or `|+51` (seconds since the one before).
    private static func hex(_ line: ArraySlice<UInt8>) -> [TextItem] {
        let damaged = TextItem.skipped(octets: line.count, .malformed)
        var digits = line
        let mark = Array("telegram=|".utf8)
        if let start = line.indices.first(where: { line[$0...].starts(with: mark) }) {
            digits = line[start...].dropFirst(mark.count)
            if let plus = digits.firstIndex(of: UInt8(ascii: "+")) { digits = digits[..<plus] }
            if let blank = digits.firstIndex(of: 0x20) { digits = digits[..<blank] }
        }
        var format = FrameFormat.unknown
        if digits.first == UInt8(ascii: "!") {
            digits.removeFirst()
            format = .crcsRemoved
        }
        guard let octets = try? Hex.octets(digits.span) else { return [damaged] }
        return [frame(octets, format, linkMode: nil, signalStrength: nil, of: line)]
    }

    /// A frame, or `skipped` where no telegram can have these octets.
    static func frame(
        _ octets: [UInt8], _ format: FrameFormat, linkMode: LinkMode?, signalStrength: Double?,
        of line: ArraySlice<UInt8>
    ) -> TextItem {
        guard octets.count >= 11, octets.count <= 4096 else {
            return .skipped(octets: line.count, .badLength)
        }
        return .telegram(
            RadioFrame(
                octets: octets, format: format, linkMode: linkMode,
                signalStrength: signalStrength))
    }

    /// `octets` with the L-field made right where a receiver took the CRCs of format B out and left
    /// it as it was; nil where they are too few.
    static func withCorrectedLength(_ octets: [UInt8]) -> [UInt8]? {
        guard let length = octets.first.map(Int.init) else { return nil }
        if octets.count >= length + 1 { return octets }
        guard octets.count == length - 1 || octets.count == length - 3 else { return nil }
        return [UInt8(truncatingIfNeeded: octets.count - 1)] + octets.dropFirst()
    }
}

/// `T1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x2e44…`: mode, CRCs right, code right, time,
/// RSSI of the packet and now, number, telegram without CRCs.
///
/// RSSI is in units of the program's own, but for bridges that write dBm, which is negative.
///
/// Source: rtl-wmbus, README; bridges for ESPHome.
enum RTLWMBusLine {
    /// nil for a line that does not begin as one of these.
    static func read(_ line: ArraySlice<UInt8>) -> [TextItem]? {
        let fields = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard fields.count >= 8, fields[0].count == 2 else { return nil }
        let damaged = TextItem.skipped(octets: line.count, .badChecksum)
        guard fields[1] == [UInt8(ascii: "1")], fields[2] == [UInt8(ascii: "1")] else {
            return [damaged]
        }
        let linkMode = LinkMode(rawValue: String(decoding: fields[0], as: UTF8.self).lowercased())
        let signalStrength = Double(String(decoding: fields[4], as: UTF8.self))
            .flatMap { (-200..<0).contains($0) ? $0 : nil }
        // Two decoders may put the same telegram into one line.
        let telegrams = fields.dropFirst(7).filter { $0.starts(with: "0x".utf8) }
        guard !telegrams.isEmpty else { return [.skipped(octets: line.count, .malformed)] }
        var items: [TextItem] = []
        for digits in telegrams {
            let even = digits.dropLast(digits.count % 2)
            guard let octets = try? Hex.octets(even.span) else {
                items.append(.skipped(octets: digits.count, .malformed))
                continue
            }
            guard let octets = TelegramText.withCorrectedLength(octets) else {
                items.append(.skipped(octets: digits.count, .badLength))
                continue
            }
            let item = TelegramText.frame(
                octets, .crcsRemoved, linkMode: linkMode, signalStrength: signalStrength,
                of: digits)
            if !items.contains(item) { items.append(item) }
        }
        return items
    }
}

/// Lines of `rtl_433 -F csv`. A header names the columns; without one the telegram is the field
/// that looks like one.
///
/// Its decoder hands over telegrams without CRCs and does not correct the L-field of format B.
///
/// Source: rtl_433, decoder m_bus.
struct RTL433CSV: Equatable {
    private var columns: [String] = []

    mutating func read(_ line: ArraySlice<UInt8>) -> [TextItem] {
        let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .prefix(256)
            .map { field in field.filter { $0 != UInt8(ascii: "\"") && $0 != 0x20 } }
        let words = fields.map { String(decoding: $0, as: UTF8.self) }
        if words.contains("data"), words.contains("model") {
            columns = words
            return []
        }
        func field(_ name: String) -> ArraySlice<UInt8>? {
            guard let place = columns.firstIndex(of: name), place < fields.count else { return nil }
            return fields[place][...]
        }
        if let model = field("model"), model != Array("Wireless-MBus".utf8)[...] { return [] }
        guard let digits = field("data") ?? fields.first(where: Self.looksLikeTelegram)?[...],
            let octets = try? Hex.octets(digits.span), !octets.isEmpty
        else { return [.skipped(octets: line.count, .noStart)] }
        return [RTL433CSV.item(octets, mode: field("mode"), of: line)]
    }

    private static func looksLikeTelegram(_ field: [UInt8]) -> Bool {
        let control = field.dropFirst(2).prefix(2)
        return field.count >= 20
            && (control == Array("44".utf8)[...] || control == Array("46".utf8)[...])
            && (try? Hex.octets(field.span)) != nil
    }

    static func item(
        _ octets: [UInt8], mode: ArraySlice<UInt8>?, of line: ArraySlice<UInt8>
    ) -> TextItem {
        guard let octets = TelegramText.withCorrectedLength(octets) else {
            return .skipped(octets: line.count, .badLength)
        }
        let linkMode: LinkMode? =
            switch mode?.first {
            case UInt8(ascii: "T"): .t1
            case UInt8(ascii: "C"): .c1
            case UInt8(ascii: "S"): .s1
            default: nil
            }
        return TelegramText.frame(
            octets, .crcsRemoved, linkMode: linkMode, signalStrength: nil, of: line)
    }
}

/// An object a line: `rtl_433 -F json`, or `{"data":"2E44…","frameType":"A","containsCrc":false}`
/// as ioBroker takes it, and what else `TelegramEnvelope` knows.
enum JSONTelegram {
    static func read(_ line: ArraySlice<UInt8>) -> [TextItem] {
        guard let envelope = try? TelegramEnvelope(Array(line).span) else {
            return [.skipped(octets: line.count, .malformed)]
        }
        return item(envelope, of: line).map { [$0] } ?? []
    }

    /// nil: what rtl_433 received of another device.
    static func item(_ envelope: TelegramEnvelope, of line: ArraySlice<UInt8>) -> TextItem? {
        if let model = envelope.model, model != "Wireless-MBus" { return nil }
        guard let telegram = envelope.telegram else {
            return .skipped(octets: line.count, .malformed)
        }
        if envelope.model != nil {
            let mode = envelope.mode.map { Array($0.utf8)[...] }
            return RTL433CSV.item(telegram.octets, mode: mode, of: line)
        }
        let item = TelegramText.frame(
            telegram.octets, telegram.crcsRemoved ? .crcsRemoved : envelope.format,
            linkMode: envelope.mode.flatMap { LinkMode(rawValue: $0.lowercased()) },
            signalStrength: envelope.signalStrength, of: line)
        guard case .telegram(let frame, nil) = item else { return item }
        return .telegram(frame, time: envelope.time)
    }
}
