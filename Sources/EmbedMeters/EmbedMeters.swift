import Gateway
import Glibc

/// Puts the files of a folder into the program's source: `embed-meters meters FILE.swift`.
@main
enum EmbedMeters {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("embed-meters FOLDER FILE.swift")
            exit(64)
        }
        let folder = MeterDefinitionFolder(arguments[1])
        let faults = folder.load().1
        for (path, fault) in faults { print("\(path):\(fault)") }
        guard faults.isEmpty, let file = fopen(arguments[2], "w") else {
            exit(1)
        }
        fputs(BuiltInMeters.source(for: folder), file)
        fclose(file)
    }
}
