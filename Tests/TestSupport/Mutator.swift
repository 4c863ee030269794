/// Changes octets at random places, as a fuzzer does: the same seed gives the same changes.
public struct Mutator {
    private var random: SeededGenerator
    private let marks: [UInt8]
    private let pieces: [[UInt8]]

    /// - Parameters:
    ///   - marks: octets that mean something to the reader.
    ///   - pieces: longer things that do.
    public init(seed: UInt64, marks: String, pieces: [String] = []) {
        random = SeededGenerator(state: seed)
        self.marks = Array(marks.utf8) + [0x80, 0xC3, 0xFF]
        self.pieces = pieces.map { Array($0.utf8) }
    }

    /// One to four changes; never empty.
    public mutating func changed(_ octets: [UInt8]) -> [UInt8] {
        var changed = octets
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if changed.isEmpty { changed = [0x0A] }
            change(&changed)
        }
        return changed.isEmpty ? [0x0A] : changed
    }

    private mutating func change(_ octets: inout [UInt8]) {
        let place = Int.random(in: 0..<octets.count, using: &random)
        let end = min(place + Int.random(in: 1...40, using: &random), octets.count)
        switch Int.random(in: 0..<(pieces.isEmpty ? 6 : 7), using: &random) {
        case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
        case 1: octets[place] = marks.randomElement(using: &random) ?? 0
        case 2: octets.insert(marks.randomElement(using: &random) ?? 0, at: place)
        case 3: octets.removeSubrange(place..<end)
        case 4: octets.insert(contentsOf: octets[place..<end], at: place)
        case 5:
            let other = Int.random(in: 0...octets.count, using: &random)
            octets.insert(contentsOf: octets[place..<end], at: other)
        default:
            octets.replaceSubrange(place..<end, with: pieces.randomElement(using: &random) ?? [])
        }
    }
}
