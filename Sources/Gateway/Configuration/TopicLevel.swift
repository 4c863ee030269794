/// A name as one level of an MQTT topic.
public enum TopicLevel {
    /// `name` with `_` for each `/`, `+`, `#` and control character, which a level cannot hold
    /// (MQTT 3.1.1, 4.7.1 and 1.5.3).
    public static func text(for name: String) -> String {
        replacing(in: name) { $0 == "/" || $0 == "+" || $0 == "#" || isControl($0) }
    }

    /// `name` with `_` for control characters alone: what can be shown on one line.
    static func withoutControls(_ name: String) -> String { replacing(in: name, isControl) }

    private static func replacing(
        in name: String, _ isReplaced: (Unicode.Scalar) -> Bool
    ) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars { scalars.append(isReplaced(scalar) ? "_" : scalar) }
        return String(scalars)
    }

    /// C0, C1 and the code points that are no characters.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || (0xFDD0...0xFDEF).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
    }
}
