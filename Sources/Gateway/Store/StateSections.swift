import Wire

/// What the program learned, as named runs of octets whose meaning is their owner's, and the
/// layout of the file they are kept in.
///
/// ```
/// 6F 6D 73 73   "omss"
/// VV VV         layout, 1; all numbers least significant octet first
/// NN NN         sections, each:
///   LL name     UTF-8
///   CC CC CC CC octets
/// SS SS SS SS   CRC-32 of all before
/// ```
public typealias StateSections = [String: [UInt8]]

/// Why a state file cannot be used.
enum StateLayoutError: Error, Equatable {
    case notAStateFile
    /// Written by a later release.
    case newer(version: UInt16)
    case tooLong
    /// Cut off or altered.
    case damaged
}

enum StateLayout {
    static let version: UInt16 = 1
    /// A longer file is not ours.
    static let limit = 4 << 20
    private static let mark: [UInt8] = Array("omss".utf8)

    /// The file's octets, the same for the same sections. A name is cut after 255 octets; sections
    /// that would make the file too long are left out.
    static func octets(of sections: StateSections) -> [UInt8] {
        var kept: [UInt8] = []
        var count: UInt16 = 0
        for (name, contents) in sections.sorted(by: { $0.key < $1.key }) {
            let name = name.utf8.prefix(255)
            guard kept.count + name.count + contents.count + 32 < limit, count < .max else {
                continue
            }
            kept.append(UInt8(name.count))
            kept.append(contentsOf: name)
            append(UInt32(contents.count), to: &kept)
            kept.append(contentsOf: contents)
            count += 1
        }
        var octets = mark
        append(version, to: &octets)
        append(count, to: &octets)
        octets.append(contentsOf: kept)
        append(CRC32.of(octets), to: &octets)
        return octets
    }

    static func sections(of octets: [UInt8]) throws(StateLayoutError) -> StateSections {
        guard octets.count <= limit else { throw .tooLong }
        guard octets.starts(with: mark) else { throw .notAStateFile }
        // Mark, layout, count and sum are always there.
        guard octets.count >= mark.count + 8 else { throw .damaged }
        do {
            var reader = ByteReader(octets.span, in: mark.count..<(octets.count - 4))
            let found = try reader.uint16()
            guard found <= version else { throw StateLayoutError.newer(version: found) }
            var end = ByteReader(octets.span, in: (octets.count - 4)..<octets.count)
            guard try end.uint32() == CRC32.of(octets.dropLast(4)) else {
                throw StateLayoutError.damaged
            }
            var sections: StateSections = [:]
            for _ in 0..<(try reader.uint16()) {
                let name = octets[try reader.take(Int(try reader.octet()))]
                let contents = octets[try reader.take(Int(try reader.uint32()))]
                sections[String(decoding: name, as: UTF8.self)] = Array(contents)
            }
            return sections
        } catch let error as StateLayoutError {
            throw error
        } catch {
            throw .damaged
        }
    }

    private static func append(_ number: some FixedWidthInteger, to octets: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { octets.append(contentsOf: $0) }
    }
}
