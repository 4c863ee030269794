import Gateway
import Glibc

/// Puts the files of a folder into the program's source: `embed-meters meters FILE.swift`.
@main
enum EmbedMeters {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let file = fopen(arguments[2], "w") else {
            print("embed-meters FOLDER FILE.swift")
            exit(64)
        }
        fputs(BuiltInMeters.source(for: MeterDefinitionFolder(arguments[1])), file)
        fclose(file)
    }
}
