/// The transmissions whose copies are waited for, by first copy, earliest first.
///
/// Finding one by its octets and taking the earliest away cost the same however many wait: in a
/// fleet of gateways that are tens of thousands.
struct WaitingTransmissions {
    typealias Instant = ContinuousClock.Instant

    struct Entry {
        /// The octets without a repeater's bits.
        var key: [UInt8]
        var due: Instant
        var transmission: Transmission
    }

    /// The earliest ones that are gone stay in front of `head` until many are.
    private var entries: [Entry] = []
    private var head = 0
    /// What is added to an index in `entries` to make a number that lasts.
    private var offset = 0
    private var numbers: [[UInt8]: [Int]] = [:]

    var count: Int { entries.count - head }
    var first: Entry? { head < entries.count ? entries[head] : nil }

    mutating func append(_ entry: Entry) {
        numbers[entry.key, default: []].append(entries.count + offset)
        entries.append(entry)
    }

    /// Changes the earliest transmission with these octets that `isMeant`; false if there is none.
    mutating func update(
        _ key: [UInt8], where isMeant: (Transmission) -> Bool,
        _ change: (inout Transmission) -> Void
    ) -> Bool {
        for number in numbers[key] ?? [] {
            let index = number - offset
            guard entries.indices.contains(index), isMeant(entries[index].transmission) else {
                continue
            }
            change(&entries[index].transmission)
            return true
        }
        return false
    }

    mutating func removeFirst() -> Transmission? {
        guard let first else { return nil }
        head += 1
        numbers[first.key]?.removeFirst()
        if numbers[first.key]?.isEmpty == true { numbers[first.key] = nil }
        if head > 64, head * 2 > entries.count { compact() }
        return first.transmission
    }

    /// Takes out all that `isOut`, asked from the earliest on.
    mutating func remove(where isOut: (Entry) -> Bool) -> [Transmission] {
        var out: [Transmission] = []
        var left: [Entry] = []
        for entry in entries.dropFirst(head) {
            if isOut(entry) { out.append(entry.transmission) } else { left.append(entry) }
        }
        guard !out.isEmpty else { return out }
        self = WaitingTransmissions()
        for entry in left { append(entry) }
        return out
    }

    private mutating func compact() {
        entries.removeFirst(head)
        offset += head
        head = 0
    }
}
