import Decoder
import Wire

/// Draws the decoder's account of a telegram for a terminal, and as JSON for programs.
public struct ExplanationText {
    /// Octets in a line of the first column.
    private static let octetsInLine = 8
    private static let columnOfName = 3 * octetsInLine + 3
    private static let columnOfMeaning = columnOfName + 26

    private var colour: Bool
    private var lines: [String] = []

    /// - Parameter colour: whether escape sequences for colours may be used.
    public init(colour: Bool) { self.colour = colour }

    /// The drawing: a block a layer; octets, name and meaning in columns.
    public static func draw(_ explanation: Explanation, colour: Bool) -> String {
        var text = ExplanationText(colour: colour)
        for layer in explanation.layers {
            if !text.lines.isEmpty { text.lines.append("") }
            text.lines.append(text.paint(layer.name, .bold))
            for item in layer.items { text.draw(item) }
        }
        return text.lines.joined(separator: "\n")
    }

    private mutating func draw(_ item: Explanation.Item) {
        switch item {
        case .field(let name, let octets, let meaning):
            draw(octets, .octets, name: name, meaning: meaning)
        case .deciphered(let how, let before, let after):
            lines.append("  " + paint(how, .note))
            draw(before, .cipher, name: "as received", meaning: "")
            draw(after, .octets, name: "in clear", meaning: "")
        }
    }

    private mutating func draw(_ octets: [UInt8], _ paint: Paint, name: String, meaning: String) {
        var rest = octets[...]
        var isFirst = true
        repeat {
            let piece = rest.prefix(Self.octetsInLine)
            rest = rest.dropFirst(Self.octetsInLine)
            let hex = piece.map { Hex.text([$0]) }.joined(separator: " ")
            var line = "  " + self.paint(hex, paint)
            if isFirst, !name.isEmpty || !meaning.isEmpty {
                line += Self.blanks(Self.columnOfName - 2 - hex.count) + name
                if !meaning.isEmpty {
                    let used = Self.columnOfName + name.count
                    line += Self.blanks(max(Self.columnOfMeaning - used, 2))
                    line += self.paint(meaning, .meaning)
                }
            }
            lines.append(line)
            isFirst = false
        } while !rest.isEmpty
    }

    private static func blanks(_ count: Int) -> String {
        String(repeating: " ", count: max(count, 0))
    }

    // MARK: Colours

    private enum Paint: String {
        case bold = "1", octets = "36", cipher = "35", note = "33", meaning = "32"
    }

    private func paint(_ text: String, _ paint: Paint) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension ExplanationText {
    /// Appends `[{"layer":…,"items":[{"name":…,"octets":…,"meaning":…}, …]}, …]`.
    public static func append(_ explanation: Explanation, to json: inout JSONWriter) {
        json.beginArray()
        for layer in explanation.layers {
            json.beginObject()
            json.key("layer")
            json.string(layer.name)
            json.key("items")
            json.beginArray()
            for item in layer.items { append(item, to: &json) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }

    private static func append(_ item: Explanation.Item, to json: inout JSONWriter) {
        json.beginObject()
        switch item {
        case .field(let name, let octets, let meaning):
            json.key("name")
            json.string(name)
            json.key("octets")
            json.hex(octets.span)
            json.key("meaning")
            json.string(meaning)
        case .deciphered(let how, let before, let after):
            json.key("deciphered")
            json.string(how)
            json.key("received")
            json.hex(before.span)
            json.key("clear")
            json.hex(after.span)
        }
        json.endObject()
    }
}
