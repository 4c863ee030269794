import Decoder
import Wire

/// Writes a reading as the JSON object that goes out over MQTT: the keys of energy2mqtt, and ours
/// for what it lacks. docs/mqtt.md lists them all.
public struct ReadingJSON: Sendable {
    public var units: PublishedUnits
    /// Whether it is told why the definition was chosen.
    public var tellsDetection = false

    public init(units: PublishedUnits = .decided, tellsDetection: Bool = false) {
        self.units = units
        self.tellsDetection = tellsDetection
    }

    public func append(
        _ reading: Reading, reception: Reception? = nil, to json: inout JSONWriter
    ) {
        json.beginObject()
        appendPayload(of: reading, to: &json)
        var texts = reading.definition.map(DefinedTexts.init)
        appendRecords(of: reading, &texts, to: &json)
        appendState(of: reading, to: &json)
        texts?.append(
            status: reading.telegram.header.status,
            detection: tellsDetection ? reading.detection : nil, to: &json)
        reception?.append(to: &json)
        json.key("proto")
        appendProtocol(of: reading, to: &json)
        json.endObject()
    }
}

// Records
extension ReadingJSON {
    private func appendRecords(
        of reading: Reading, _ texts: inout DefinedTexts?, to json: inout JSONWriter
    ) {
        let octets = reading.telegram.octets.span
        let clock = reading.clock
        var name = TextBuffer(reserving: 64)
        for index in reading.records.indices {
            let record = reading.records[index]
            if record.value == .none { continue }
            name.removeAll()
            let field = reading.appendName(of: index, to: &name)
            texts?.note(record, name: name.span)
            if index == clock, case .time(let time) = record.value, !time.isOpen {
                json.key("time_of_readout")
                json.string(atMost: MeterTime.mostOctets) { time.appendDayFirst(to: &$0) }
            }
            append(record, field, name: name.span, octets: octets, to: &json)
        }
    }

    private func append(
        _ record: DataRecord, _ field: MeterField?, name: Span<UInt8>, octets: Span<UInt8>,
        to json: inout JSONWriter
    ) {
        json.key(name, "")
        switch record.value {
        case .number(let value):
            if let field, field.unit != nil || record.unit == .none {
                let (published, symbol) = units.published(
                    value, of: record, field: field, octets: octets)
                json.decimal(published.mantissa, exponent: published.exponent)
                guard !symbol.isEmpty else { break }
                json.key(name, "_unit")
                json.string(utf8: symbol)
                break
            }
            let (published, unit) = units.published(value, of: record)
            json.decimal(published.mantissa, exponent: published.exponent)
            appendUnit(unit, of: record, name: name, octets: octets, to: &json)
        case .time(let time):
            json.string(atMost: MeterTime.mostOctets) { time.appendText(to: &$0) }
            if time.invalid {
                json.key(name, "_invalid")
                json.bool(true)
            }
            if time.summerTime {
                json.key(name, "_summer_time")
                json.bool(true)
            }
        case .bits(let bits): json.string(atMost: 16) { appendSmallHex(bits, to: &$0) }
        case .identification:
            json.string(atMost: 2 * record.data.range.count) { utf8 in
                for place in record.data.range.reversed() where place < octets.count {
                    Hex.append(octets[place], to: &utf8)
                }
            }
        case .text:
            var text: [UInt8] = []
            record.appendText(in: octets, to: &text)
            json.string(utf8: text)
        case .octets:
            json.hex(octets.extracting(record.data.range.clamped(to: 0..<octets.count)))
        case .unknown(let reason):
            json.null()
            json.key(name, "_error")
            json.string(reason.words)
        case .none: json.null()
        }
        if let date = record.dated {
            json.key(name, "_date")
            json.string(atMost: MeterTime.mostOctets) { date.appendText(to: &$0) }
        }
    }

    private func appendUnit(
        _ unit: Unit, of record: DataRecord, name: Span<UInt8>, octets: Span<UInt8>,
        to json: inout JSONWriter
    ) {
        guard unit != .none || !record.unitText.isEmpty || !record.unitModifier.isEmpty else {
            return
        }
        if record.unitText.isEmpty, record.unitModifier.isEmpty {
            json.key(name, "_unit")
            return json.string(unit.rawValue)
        }
        var symbol: [UInt8] = []
        if record.unitText.isEmpty {
            symbol.append(text: unit.rawValue)
        } else {
            record.appendUnitText(in: octets, to: &symbol)
        }
        record.unitModifier.appendSymbol(to: &symbol)
        json.key(name, "_unit")
        json.string(utf8: symbol)
    }

    /// Hex text without leading zeros: `0`, `8004`.
    @_lifetime(utf8: copy utf8)
    private func appendSmallHex(_ bits: UInt64, to utf8: inout OutputSpan<UInt8>) {
        var shift = max(64 - bits.leadingZeroBitCount - 1, 0) & ~3
        while shift >= 0 {
            let digit = Hex.digit(UInt8(truncatingIfNeeded: bits >> UInt64(shift)) & 0x0F)
            utf8.append(digit >= UInt8(ascii: "A") ? digit | 0x20 : digit)
            shift -= 4
        }
    }
}

extension Reading {
    /// The record that is the meter's clock when it sent, a date alone only where there is no time:
    /// energy2mqtt has it under a name and in a form of its own.
    fileprivate var clock: Int? {
        records.firstIndex { $0.isPresent(.dateTime) } ?? records.firstIndex { $0.isPresent(.date) }
    }
}

extension DataRecord {
    fileprivate func isPresent(_ wanted: Quantity) -> Bool {
        quantity == wanted && function == .instantaneous && storageNumber == 0 && tariff == 0
            && subunit == 0 && qualifiers.isEmpty && name == nil
    }
}

extension DataRecord.UnknownReason {
    var words: String {
        switch self {
        case .invalidPattern: "invalid"
        case .notSet: "not set"
        case .recordError(let code): RecordError.words(code)
        }
    }
}

// What the headers say
extension ReadingJSON {
    /// The application's octets without the filler at both ends. A 2F that is data stays.
    private func appendPayload(of reading: Reading, to json: inout JSONWriter) {
        let octets = reading.telegram.octets.span
        let whole = reading.telegram.application.clamped(to: 0..<octets.count)
        var start = whole.lowerBound
        if whole.count >= 2, octets[start] == 0x2F, octets[start + 1] == 0x2F { start += 2 }
        let lastOfRecords = reading.records.last.map {
            max($0.data.range.upperBound, $0.header.range.upperBound)
        }
        var end = whole.upperBound
        while end > max(start, lastOfRecords ?? start), octets[end - 1] == 0x2F { end -= 1 }
        json.key("payload")
        json.hex(octets.extracting(start..<end))
    }

    private func appendState(of reading: Reading, to json: inout JSONWriter) {
        let telegram = reading.telegram
        if let status = telegram.header.status {
            json.key("status")
            json.string(
                StatusField(rawValue: status).text(
                    makersOwn: reading.definition?.makersStatusBits ?? 0))
        }
        if telegram.protection == .alreadyClear {
            json.key("already_decrypted")
            json.bool(true)
        }
        if telegram.usedDefaultKey {
            json.key("default_key")
            json.bool(true)
        }
        if let family = reading.payloadFamily {
            json.key("payload_family")
            json.string(family)
        }
        if let error = reading.payloadError {
            json.key("payload_error")
            json.string(error.description)
        }
        if reading.moreRecordsFollow {
            json.key("more_records_follow")
            json.bool(true)
        }
        if let end = reading.recordsEnd {
            json.key("records_end")
            json.beginObject()
            json.key("octet")
            json.integer(Int64(end.offset))
            json.key("reason")
            json.string(end.reason.words)
            json.endObject()
        }
    }

    private func appendProtocol(of reading: Reading, to json: inout JSONWriter) {
        let telegram = reading.telegram
        let meter = telegram.meter
        json.beginObject()
        json.key("type")
        json.string("oms")
        json.key("crc_verified")
        json.bool(telegram.crcVerified)
        json.key("c_field")
        json.string(telegram.control.description)
        json.key("manufacturer")
        json.string(atMost: 4) { meter.manufacturer.appendText(to: &$0) }
        json.key("device_number")
        json.string(atMost: 8) { meter.appendNumber(to: &$0) }
        json.key("version_number")
        json.string(atMost: 2) { Hex.append(meter.version, to: &$0) }
        json.key("device_medium")
        json.string(reading.deviceType.mediumText)
        json.key("din_addr_sender")
        json.string(atMost: 16) { appendAddress(telegram.sender, to: &$0) }
        json.key("din_addr_meter")
        json.string(atMost: 16) { appendAddress(meter, to: &$0) }
        json.key("ci_field")
        json.string(telegram.header.form.rawValue)
        json.key("status")
        json.string(StatusField(rawValue: telegram.header.status ?? 0).applicationText)
        if let number = telegram.header.accessNumber ?? telegram.extendedLinkLayer?.accessNumber {
            json.key("transmission_counter")
            json.integer(Int64(number))
        }
        json.key("security_mode")
        json.integer(Int64(telegram.header.securityMode.rawValue))
        json.endObject()
    }

    /// As energy2mqtt writes it: the device type without leading zero, small hex digits.
    @_lifetime(utf8: copy utf8)
    private func appendAddress(_ address: MeterAddress, to utf8: inout OutputSpan<UInt8>) {
        if address.deviceType.rawValue > 0x0F {
            appendSmall(address.deviceType.rawValue >> 4, to: &utf8)
        }
        appendSmall(address.deviceType.rawValue & 0x0F, to: &utf8)
        address.manufacturer.appendText(to: &utf8)
        appendSmall(address.version >> 4, to: &utf8)
        appendSmall(address.version & 0x0F, to: &utf8)
        address.appendNumber(to: &utf8)
    }

    @_lifetime(utf8: copy utf8)
    private func appendSmall(_ nibble: UInt8, to utf8: inout OutputSpan<UInt8>) {
        utf8.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + (nibble - 10))
    }
}
