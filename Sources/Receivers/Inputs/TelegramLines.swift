import Wire

/// The telegrams of a file that a person has: a recording, a log of another program, hex or JSON
/// lines (`{"data": "2E44…"}` or `{"telegram": "2E44…"}`).
public enum TelegramLines {
    /// Lines that hold no telegram are passed over.
    public static func frames(in octets: [UInt8]) -> [RadioFrame] {
        var text = TelegramText(.auto)
        return octets.split(separator: 0x0A).flatMap { line in
            text.read(Array(line)).compactMap { item in
                if case .telegram(let frame, _) = item { frame } else { nil }
            }
        }
    }
}
