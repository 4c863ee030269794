import Decoder
import Wire

/// What a definition says in words of a reading: maker and model, the status octet's bits, and the
/// bits of error fields.
struct DefinedTexts {
    let definition: MeterDefinition
    private var errors: [String] = []
    private var hasErrorField = false

    init(_ definition: MeterDefinition) { self.definition = definition }

    /// Takes note of a record that is published as `name`.
    mutating func note(_ record: DataRecord, name: Span<UInt8>) {
        for field in definition.errors where name.isEqual(to: field.field) {
            let number: UInt64
            switch record.value {
            case .bits(let bits): number = bits
            case .number(let value) where value.exponent == 0 && value.mantissa >= 0:
                number = UInt64(value.mantissa)
            default: continue
            }
            hasErrorField = true
            add(number & field.mask, field)
        }
    }

    private mutating func add(_ number: UInt64, _ field: MeterDefinition.ErrorField) {
        if let value = field.values.first(where: { $0.mask == number }) {
            errors.append(value.words)
            return
        }
        if !field.sums.isEmpty { return add(sum: number, of: field.sums) }
        var rest = number
        for bit in field.bits where number & bit.mask != 0 {
            errors.append(bit.words)
            rest &= ~bit.mask
        }
        // What has no word is shown, not swallowed.
        if rest != 0 { errors.append("0x" + String(rest, radix: 16, uppercase: true)) }
    }

    /// - Parameter parts: largest first.
    private mutating func add(sum: UInt64, of parts: [MeterDefinition.BitWords]) {
        var rest = sum
        for part in parts where part.mask > 0 && part.mask <= rest {
            errors.append(part.words)
            rest -= part.mask
        }
        if rest != 0 { errors.append(String(rest)) }
    }

    func append(status: UInt8?, detection: MeterDetection?, to json: inout JSONWriter) {
        if let status, !definition.status.isEmpty {
            json.key("status_text")
            json.string(statusText(status))
        }
        if hasErrorField {
            json.key("error_text")
            json.string(errors.isEmpty ? "none" : errors.joined(separator: ", "))
        }
        json.key("meter_maker")
        json.string(definition.maker)
        json.key("meter_model")
        json.string(definition.model)
        json.key("meter_definition")
        json.string(definition.id)
        if let detection {
            json.key("meter_detected_by")
            json.string(detection.description)
        }
    }

    /// The definition's words, then the standard's for the bits that it does not speak of.
    private func statusText(_ status: UInt8) -> String {
        var words: [String] = []
        var rest = UInt64(status)
        for bit in definition.status where UInt64(status) & bit.mask != 0 {
            words.append(bit.words)
            rest &= ~bit.mask
        }
        if rest != 0 || words.isEmpty {
            words.append(StatusField(rawValue: UInt8(truncatingIfNeeded: rest)).description)
        }
        return words.joined(separator: ", ")
    }
}
