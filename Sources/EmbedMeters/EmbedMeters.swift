import Decoder
import Gateway
import Glibc

/// Puts the files of a folder into the program's source, and the names and units that they publish
/// into the folder's `fields.txt`: `embed-meters meters FILE.swift`.
@main
enum EmbedMeters {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("embed-meters FOLDER FILE.swift")
            exit(64)
        }
        let folder = MeterDefinitionFolder(arguments[1])
        let (definitions, faults) = folder.load()
        for (path, fault) in faults { print("\(path):\(fault)") }
        let list = "\(arguments[1])/fields.txt"
        let released = PublishedFields(parsing: text(of: list))
        let published = PublishedFields(of: definitions)
        let missing = published.missing(of: released)
        for line in missing {
            print(
                "\(list): '\(line)' is not published any more by the telegrams of its definition."
                    + " A name and its unit stay for ever: put the field back, or its telegram.")
        }
        guard faults.isEmpty, missing.isEmpty else { exit(1) }
        write(published.text(with: released), to: list)
        write(BuiltInMeters.source(for: folder), to: arguments[2])
    }

    /// Empty where there is no file.
    private static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var character = fgetc(file)
        while character != EOF {
            octets.append(UInt8(truncatingIfNeeded: character))
            character = fgetc(file)
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w"), fputs(text, file) != EOF, fclose(file) == 0 else {
            print("\(path) cannot be written.")
            exit(1)
        }
    }
}
