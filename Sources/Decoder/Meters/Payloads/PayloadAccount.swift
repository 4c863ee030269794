import Wire

extension DecodingAccount {
    /// Tells what a family found: the values in the order of their octets, each octet once even
    /// where several values lie in it; values that were made of others as findings.
    ///
    /// - Parameters:
    ///   - deciphered: what the family put in clear.
    ///   - size: octets of the telegram; texts that were made stand behind them.
    mutating func payload(
        of reading: Reading, by family: PayloadFamily, deciphered: Range<Int>?, _ size: Int
    ) {
        guard isListening else { return }
        layer("Manufacturer's payload (\(family.name))")
        let octets = reading.telegram.octets.span.extracting(
            0..<min(size, reading.telegram.octets.count))
        if family.hook == .records {
            // Their octets, and the records of the standard, which have a DIF, were told before.
            for index in reading.records.indices
            where reading.records[index].name != nil || reading.records[index].header.isEmpty {
                finding(reading.valueInWords(index))
            }
        } else {
            var scrambled = deciphered
            for (range, words) in reading.payloadFields(in: reading.telegram.application, size) {
                if let now = scrambled, range.lowerBound >= now.lowerBound {
                    self.deciphered(now, of: octets, "by the manufacturer's own cipher")
                    scrambled = nil
                }
                field("Data", range, words)
            }
            if let scrambled {
                self.deciphered(scrambled, of: octets, "by the manufacturer's own cipher")
            }
            for index in reading.records.indices
            where reading.records[index].data.range.upperBound > size {
                finding(reading.valueInWords(index))
            }
        }
        finding(reading.payloadError?.description)
    }
}

extension Reading {
    /// `volume 12.345 m³`.
    fileprivate func valueInWords(_ index: Int) -> String {
        var name = TextBuffer(reserving: 64)
        let octets = telegram.octets.span
        RecordName.append(of: index, in: records, octets: octets, to: &name)
        return name.text + " " + records[index].meaning(in: octets)
    }

    /// Where values are within `content`, in order and apart, and what they say.
    fileprivate func payloadFields(
        in content: Range<Int>, _ size: Int
    ) -> [(range: Range<Int>, words: String)] {
        let placed = records.indices
            .map { (range: records[$0].data.range, index: $0) }
            .filter { !$0.range.isEmpty && $0.range.upperBound <= size }
            .filter { $0.range.clamped(to: content) == $0.range }
            .sorted { ($0.range.lowerBound, $0.index) < ($1.range.lowerBound, $1.index) }
        var fields: [(range: Range<Int>, words: String)] = []
        for (range, index) in placed {
            guard let last = fields.last, range.lowerBound < last.range.upperBound else {
                fields.append((range, valueInWords(index)))
                continue
            }
            let end = max(last.range.upperBound, range.upperBound)
            fields[fields.count - 1] = (
                last.range.lowerBound..<end, last.words + ", " + valueInWords(index)
            )
        }
        return fields
    }
}
