/// The broker in a `shell=` line of wmbusmeters that calls `mosquitto_pub`.
struct MosquittoPublication {
    var host: String?
    var port: String?
    var user: String?
    var password: Secret?

    /// Nil for a line that calls something else.
    init?(_ shell: String) {
        let words = Self.words(shell)
        guard let program = words.firstIndex(where: { $0.hasSuffix("mosquitto_pub") }) else {
            return nil
        }
        var rest = words[(program + 1)...]
        while let option = rest.popFirst() {
            switch option {
            case "-h", "--host": host = rest.popFirst()
            case "-p", "--port": port = rest.popFirst()
            case "-u", "--username": user = rest.popFirst()
            case "-P", "--pw": password = rest.popFirst().map(Secret.init)
            default: continue
            }
        }
        // What the shell puts in is not known here.
        if host?.contains("$") == true { host = nil }
        if user?.contains("$") == true { user = nil }
        if password?.text.contains("$") == true { password = nil }
    }

    /// The words of a command line, as a shell cuts them.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }
}
