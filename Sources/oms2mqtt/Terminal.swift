import Glibc

/// What the terminal behind standard output can show.
enum Terminal {
    /// Whether colours may be used: it is a terminal, and NO_COLOR (no-color.org) is not set.
    static var mayColour: Bool {
        isatty(STDOUT_FILENO) == 1 && (variable("NO_COLOR") ?? "").isEmpty
            && variable("TERM") != "dumb"
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
