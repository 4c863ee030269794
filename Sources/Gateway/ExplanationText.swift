import Decoder
import Wire

/// Draws the decoder's account of a telegram for a terminal.
///
/// A block a layer; in a block a line a field: where it stands, its octets, its name, its meaning.
public struct ExplanationText {
    private static let octetsInLine = 8
    private static let widthOfOffset = 5
    private static let widthOfOctets = 3 * octetsInLine + 1
    private static let widthOfName = 22
    private static let widthOfMeaning = 52

    private let colour: Bool
    private var lines: [String] = []

    /// The drawing, without a line feed at its end.
    ///
    /// - Parameter colour: whether escape sequences for colours may be used.
    public static func draw(_ explanation: Explanation, colour: Bool) -> String {
        var text = ExplanationText(colour: colour)
        for layer in explanation.layers {
            text.begin(layer.name)
            for item in layer.items { text.draw(item) }
            for aside in layer.asides { text.draw(aside, .received) }
        }
        if let stop = explanation.stop {
            let place = stop.offset.map { "Stopped at octet \($0): " } ?? ""
            if !text.lines.isEmpty { text.lines.append("") }
            text.lines.append(text.paint(place + stop.reason, .stop))
        }
        return text.lines.joined(separator: "\n")
    }

    private init(colour: Bool) { self.colour = colour }

    private mutating func begin(_ layer: String) {
        if !lines.isEmpty { lines.append("") }
        lines.append(paint(layer, .layer))
    }

    private mutating func draw(_ item: Explanation.Item) {
        switch item {
        case .field(let field): draw(field, .octets)
        case .replaced(let how, let before, let after):
            lines.append(Self.blanks(Self.widthOfOffset + 1) + paint(how, .note))
            draw(before, .received, name: "as received")
            draw(after, .octets, name: "became")
        case .finding(let text):
            lines.append(Self.blanks(Self.widthOfOffset + 1) + paint(text, .note))
        case .notRead(let offset, let octets):
            draw(octets, .stop, at: offset, name: "not read")
        }
    }

    private mutating func draw(_ field: Explanation.Field, _ paint: Paint) {
        draw(field.octets, paint, at: field.offset, name: field.name, meaning: field.meaning)
    }

    private mutating func draw(
        _ octets: [UInt8], _ paint: Paint, at offset: Int? = nil, name: String, meaning: String = ""
    ) {
        let octets = stride(from: 0, to: octets.count, by: Self.octetsInLine).map { start in
            octets[start...].prefix(Self.octetsInLine).map { Hex.text([$0]) }
                .joined(separator: " ")
        }
        let meaning = meaning.wrapped(to: Self.widthOfMeaning)
        for row in 0..<max(octets.count, meaning.count, 1) {
            let first = row < octets.count ? offset.map { $0 + row * Self.octetsInLine } : nil
            let place = first.map { "\($0)" } ?? ""
            var line = Self.blanks(Self.widthOfOffset - place.count) + place + " "
            let cells = [
                (row < octets.count ? octets[row] : "", Self.widthOfOctets, paint),
                (row == 0 ? name : "", Self.widthOfName, .name),
                (row < meaning.count ? meaning[row] : "", 0, .meaning),
            ]
            for (text, width, paint) in cells {
                line += self.paint(text, paint) + Self.blanks(max(width - text.count, 1))
            }
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
    }

    private static func blanks(_ count: Int) -> String {
        String(repeating: " ", count: max(count, 0))
    }

    private enum Paint: String {
        case layer = "1"
        case octets = "36"
        case received = "35"
        case note = "33"
        case meaning = "32"
        case stop = "31"
        case name = ""
    }

    private func paint(_ text: String, _ paint: Paint) -> String {
        guard colour, !text.isEmpty, !paint.rawValue.isEmpty else { return text }
        return "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
    }
}
