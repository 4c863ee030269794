import Decoder
import Wire

/// The values in a meter's file: numbers, storage numbers, names.
extension MeterDefinitionReader {
    func octet(_ group: KeyGroup<DetectionKey>, _ key: DetectionKey) -> UInt8? {
        guard let text = group.text(key) else { return nil }
        guard let number = Self.number(text), let octet = UInt8(exactly: number) else {
            group.add(at: key, "this is no octet: write it as 0x1B, or as a number up to 255")
            return nil
        }
        return octet
    }

    func number<Key, Value: FixedWidthInteger>(
        _ group: KeyGroup<Key>, _ key: Key, _ type: Value.Type
    ) -> Value? {
        guard let text = group.text(key) else { return nil }
        guard let number = Self.number(text), let value = Value(exactly: number) else {
            group.add(at: key, "this is no number: write digits")
            return nil
        }
        return value
    }

    /// `8`, or `2..16` for several.
    func storage<Key>(_ group: KeyGroup<Key>, _ key: Key) -> ClosedRange<UInt64>? {
        guard let text = group.text(key) else { return nil }
        let ends = text.split(separator: ".", omittingEmptySubsequences: true).map {
            Self.number(String($0))
        }
        let isRange = text.contains("..")
        if ends.count == (isRange ? 2 : 1), let first = ends[0], let last = ends[ends.count - 1],
            first <= last, last < 1 << 41
        {
            return first...last
        }
        group.add(at: key, "this is no storage number: write 8, or 2..16 for several")
        return nil
    }

    /// `0x20` or `32`.
    static func number(_ text: String) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }

    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_")
            }
    }
}
