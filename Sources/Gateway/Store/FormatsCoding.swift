import Decoder
import Wire

/// Layouts of compact frames as octets for the state file.
///
/// Layout 1, then for each, low octets first: meter 8, signature 2, length 2, headers.
enum FormatsCoding {
    private static let layout: UInt8 = 1

    static func octets(of formats: CompactFormats) -> [UInt8] {
        var writer = MemoryWriter()
        writer.append(layout)
        for entry in formats.entries {
            guard let length = UInt16(exactly: entry.headers.count) else { continue }
            writer.append(entry.meter.packed)
            writer.append(entry.signature)
            writer.append(length)
            for octet in entry.headers { writer.append(octet) }
        }
        return writer.octets
    }

    /// Nil for octets that `octets(of:)` did not write. An entry whose signature does not fit is
    /// left out.
    static func formats(of octets: [UInt8]) -> CompactFormats? {
        var reader = ByteReader(octets.span)
        var entries: [CompactFormats.Entry] = []
        do {
            guard try reader.number(UInt8.self) == layout else { return nil }
            while reader.offset < octets.count {
                let meter = MeterAddress(packed: try reader.number())
                let signature: UInt16 = try reader.number()
                let length: UInt16 = try reader.number()
                let headers = Array(octets[try reader.take(Int(length))])
                entries.append(
                    CompactFormats.Entry(signature: signature, meter: meter, headers: headers))
            }
        } catch {
            return nil
        }
        return CompactFormats(entries)
    }
}
