import Wire

/// Compact frames (CI 79, 7B, 73): the data of a full frame without its DIFs and VIFs
/// (EN 13757-3:2018, annex G).
///
/// `format signature (2, low octet first), CRC of the full frame (2, low octet first), data…`
public enum CompactFrame {
    /// The records of the full frame that a compact frame stands for, with their DIFs and VIFs.
    ///
    /// - Parameter range: from the format signature to the end of the data.
    /// - Throws: `truncated`; `compactFormatUnknown`; `compactFrameCRC` if the check sum over the
    ///   full frame is wrong with every layout that the signature may stand for.
    public static func expand(
        _ octets: Span<UInt8>, in range: Range<Int>, formats: CompactFormats, meter: MeterAddress
    ) throws(TelegramError) -> [UInt8] {
        var nobody = NoAccount()
        return try expand(octets, in: range, formats: formats, meter: meter, account: &nobody)
    }

    /// Octets before the data: format signature and CRC.
    static let headSize = 4

    static func expand(
        _ octets: Span<UInt8>, in range: Range<Int>, formats: CompactFormats, meter: MeterAddress,
        account: inout some DecodingAccount
    ) throws(TelegramError) -> [UInt8] {
        var reader = ByteReader(octets, in: range)
        let signature: UInt16
        let crc: UInt16
        do {
            signature = try reader.uint16()
            account.field(
                "Format signature", (reader.offset - 2)..<reader.offset,
                "CRC over the DIFs and VIFs that are left out")
            crc = try reader.uint16()
            account.field("Full frame's CRC", (reader.offset - 2)..<reader.offset, "to check it by")
        } catch {
            throw .truncated(error)
        }
        let layouts = formats.layouts(for: signature, meter: meter)
        guard !layouts.isEmpty else { throw .compactFormatUnknown(signature: signature) }
        for layout in layouts {
            guard let full = fill(layout.span, from: reader), CRC16.en13757(full) == crc else {
                continue
            }
            return full
        }
        throw .compactFrameCRC
    }

    /// Puts the data behind the headers they belong to; nil if they do not fit.
    private static func fill(_ headers: Span<UInt8>, from data: ByteReader) -> [UInt8]? {
        var header = ByteReader(headers)
        var data = copy data
        var nobody = NoAccount()
        var full: [UInt8] = []
        full.reserveCapacity(headers.count + data.left)
        while let dif = header.peek {
            let start = header.offset
            if dif == 0x0F || dif == 0x1F {
                _ = try? header.octet()
                full.append(dif)
                append(data.offset..<data.end, of: data.octets, to: &full)
                return header.left == 0 ? full : nil
            }
            guard let information = try? DataInformation(reading: &header, account: &nobody),
                let vif = header.peek,
                (try? ValueInformation(skipping: &header)) != nil
            else { return nil }
            append(start..<header.offset, of: headers, to: &full)
            let first = data.offset
            // A plain-text unit is no part of the layout: it comes with the data.
            if vif & 0x7F == 0x7C {
                guard let length = try? data.octet(), (try? data.take(Int(length))) != nil else {
                    return nil
                }
            }
            guard let form = try? DataForm(dataField: information.dataField, reading: &data),
                (try? data.take(form.length)) != nil
            else { return nil }
            append(first..<data.offset, of: data.octets, to: &full)
        }
        return full
    }

    private static func append(
        _ range: Range<Int>, of octets: Span<UInt8>, to full: inout [UInt8]
    ) {
        for place in range { full.append(octets[place]) }
    }
}

// Layouts of full frames
extension CompactFrame {
    /// The format signature of a full frame: CRC over the DIF to last VIFE of all its records.
    ///
    /// - Parameter records: all records of one telegram whose list was read to its end.
    /// - Returns: nil where no compact frame can have this layout: there are no records, or the
    ///   text of a unit stands among the VIFEs.
    public static func formatSignature(
        of records: ArraySlice<DataRecord>, octets: Span<UInt8>
    ) -> UInt16? {
        var crc: UInt16 = 0
        var last = OctetRange.empty
        for index in records.indices {
            let header = records[index].header
            // The elements of a profile share the header of the one record that was sent.
            guard header != last else { continue }
            let text = records[index].unitText.range
            guard text.isEmpty || text.lowerBound >= header.range.upperBound else { return nil }
            crc = CRC16.en13757(octets, in: header.range, continuing: crc)
            last = header
        }
        return last.isEmpty ? nil : ~crc
    }

    /// The DIF to last VIFE of all records, one behind the other.
    static func headers(of records: ArraySlice<DataRecord>, octets: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var last = OctetRange.empty
        for record in records where record.header != last {
            append(record.header.range.clamped(to: 0..<octets.count), of: octets, to: &result)
            last = record.header
        }
        return result
    }
}
