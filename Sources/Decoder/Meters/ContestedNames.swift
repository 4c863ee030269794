import Wire

// Names of a definition's fields that other records may have too. Users know the field by its name,
// so it keeps it; another record that would have it gets `_other` behind its own, whether or not a
// telegram has both: a name must not change its meaning from telegram to telegram. In the same way
// `_repeated` stands behind a second value of one field where another field has that name.

extension MeterField {
    public static let otherSuffix: StaticString = "_other"
    public static let repeatedSuffix: StaticString = "_repeated"

    /// Whether a record that is not this field's may have the field's name.
    var isContested: Bool { RecordName.isPossible(name) && !isNamedAsItsRecord }

    /// The standard's name for the field's own record: no other record has it.
    private var isNamedAsItsRecord: Bool {
        guard record.codes.isEmpty, record.storage.count == 1 else { return false }
        let own = DataRecord(
            quantity: record.quantity, value: .none, function: record.function,
            storageNumber: record.storage.lowerBound, tariff: record.tariff,
            subunit: record.subunit, qualifiers: record.qualifiers)
        var utf8 = TextBuffer(reserving: 64)
        RecordName.append(of: 0, in: [own], octets: [UInt8]().span, to: &utf8)
        return utf8.span.isEqual(to: name)
    }
}

extension MeterDefinition {
    /// Whether a field has `name`, or counts under it: `name_2`.
    func claims(_ name: Span<UInt8>) -> Bool {
        for field in contestedFields where name.begins(with: field.name) {
            var rest = name.extracting(field.name.utf8.count...)
            while rest.count > 1, rest[0] == UInt8(ascii: "_") {
                var end = 1
                while end < rest.count, rest[end].isDigit { end += 1 }
                guard end > 1 else { break }
                rest = rest.extracting(end...)
            }
            if rest.isEmpty { return true }
        }
        return false
    }

    /// Whether a field is called as the second, third… value of another one: `due_date_2`.
    static func hasNumberedNames(_ fields: [MeterField]) -> Bool {
        fields.contains { field in
            fields.contains { other in
                field.name.utf8.count > other.name.utf8.count
                    && field.name.utf8.span.begins(with: other.name)
                    && field.name.utf8.dropFirst(other.name.utf8.count + 1).allSatisfy {
                        $0.isDigit
                    }
            }
        }
    }

    /// Whether a field has exactly this name, which the second value of another one would have.
    func hasField(_ name: Span<UInt8>) -> Bool {
        guard hasNumberedNames else { return false }
        for field in fields where name.isEqual(to: field.name) { return true }
        return false
    }
}

extension RecordName {
    /// Whether `append` may give this name to some record. It may say so of a few names that no
    /// record has; never the other way.
    public static func isPossible(_ name: String) -> Bool {
        let utf8 = name.utf8.span
        return Quantity.allCases.contains {
            utf8.begins(with: $0.rawValue)
                && ($0.isNamedByHeader
                    || isPossible(rest: utf8.extracting($0.rawValue.utf8.count...)))
        }
            || VendorName.allCases.contains {
                utf8.begins(with: $0.rawValue)
                    && isPossible(rest: utf8.extracting($0.rawValue.utf8.count...))
            }
    }

    /// What stands behind the quantity: words, each with `_` in front.
    private static func isPossible(rest: Span<UInt8>) -> Bool {
        if rest.isEmpty { return true }
        guard rest.count > 1, rest[0] == UInt8(ascii: "_") else { return false }
        let rest = rest.extracting(1...)
        // Behind these more words follow than are listed here: units, hex digits.
        if ["mfct", "per", "times"].contains(where: { rest.begins(with: $0) }) { return true }
        for word in words where rest.begins(with: word) {
            if isPossible(rest: rest.extracting(word.utf8.count...)) { return true }
        }
        for word in ["", "tariff", "subunit", "storage"] where rest.begins(with: word) {
            var end = word.utf8.count
            while end < rest.count, rest[end].isDigit { end += 1 }
            guard end > word.utf8.count else { continue }
            if isPossible(rest: rest.extracting(end...)) { return true }
        }
        return false
    }

    private static let words =
        ["min", "max", "at_error"]
        + Qualifiers.words.map { $0.description }.filter { !$0.isEmpty }
}

extension Span<UInt8> {
    fileprivate func begins(with text: String) -> Bool {
        text.utf8.count <= count && extracting(0..<text.utf8.count).isEqual(to: text)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
