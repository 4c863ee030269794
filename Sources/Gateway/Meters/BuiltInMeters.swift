import Decoder

/// The definitions of the folder `meters/`, inside the program.
///
/// `BuiltInMeterFiles.swift` has their texts and the index by manufacturer; `make meters` writes it
/// anew, and a test says when it is due.
public enum BuiltInMeters {
    /// `maker/model` and the file's text.
    static var all: [(id: StaticString, text: StaticString)] { files }

    /// The numbers of the files that ask for `manufacturer`.
    static func files(of manufacturer: ManufacturerCode) -> [Int] {
        let code = UInt32(manufacturer.global.rawValue)
        // Sorted: first those below, then those that are meant.
        var low = 0
        var high = index.count
        while low < high {
            let middle = (low + high) / 2
            if index[middle] >> 16 < code { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < index.count, index[low] >> 16 == code {
            found.append(Int(index[low] & 0xFFFF))
            low += 1
        }
        return found
    }

    /// The definition of a file; nil where it has faults, which a test rules out.
    static func definition(_ file: Int) -> MeterDefinition? {
        guard files.indices.contains(file) else { return nil }
        let text = files[file].text.withUTF8Buffer { Array($0) }
        return MeterDefinitionReader.read(text, id: files[file].id.description).0
    }

    /// The text of `BuiltInMeterFiles.swift` for the files of `folder`.
    public static func source(for folder: MeterDefinitionFolder) -> String {
        var rows: [String] = []
        var codes: [(code: UInt16, file: Int)] = []
        for (number, file) in folder.files().0.enumerated() {
            let text = String(decoding: file.octets, as: UTF8.self)
            rows.append("        (\"\(file.id)\", #\"\"\"\n\(text)\n\"\"\"#),\n")
            let detections = MeterDefinitionReader.read(file.octets, id: file.id).0?.detections
            let found = Set((detections ?? []).map(\.meter.manufacturer.rawValue))
            codes += found.map { ($0, number) }
        }
        codes.sort { ($0.code, $0.file) < ($1.code, $1.file) }
        let index = codes.map {
            "        0x" + hex(UInt32($0.code) << 16 | UInt32($0.file)) + ",\n"
        }
        return """
            // Made of the files in meters/ by `make meters`: change those instead.
            // swift-format-ignore-file

            extension BuiltInMeters {
                /// Manufacturer (upper half) and number of a file (lower half), sorted.
                static let index: [UInt32] = [
            \(index.joined())    ]

                static let files: [(id: StaticString, text: StaticString)] = [
            \(rows.joined())    ]
            }

            """
    }

    private static func hex(_ number: UInt32) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
