import Glibc
import Wire

/// The telegrams that a file holds, in any form that an input reads (`InputFormat.auto`): a
/// recording, a log, lines of hex or JSON, or binary.
public struct WrittenTelegrams: Equatable, Sendable {
    public private(set) var frames: [RadioFrame] = []
    /// Octets that are no telegram.
    public private(set) var skippedOctets = 0
    /// Whether there was more than `mostOctets`, which was not read.
    public private(set) var isCut = false

    /// More than a day of a neighbourhood's telegrams.
    public static let mostOctets = 64 << 20

    /// Reads `path` to its end; what is beyond `mostOctets` is left out.
    public init(readingFile path: String) throws(InputError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        defer { close(descriptor) }
        try self.init(reading: descriptor, of: path)
    }

    /// - Parameter path: what an error names.
    public init(reading descriptor: Int32, of path: String) throws(InputError) {
        var stream = TelegramStream(.auto)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var total = 0
        while total < Self.mostOctets {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .readFailed(path: path, errno: errno)
            }
            total += count
            take(stream.received(Array(chunk.prefix(count))))
        }
        isCut = total >= Self.mostOctets
        take(stream.ended())
    }

    private mutating func take(_ items: [TextItem]) {
        for item in items {
            switch item {
            case .telegram(let frame, _): frames.append(frame)
            case .skipped(let octets, _): skippedOctets += octets
            }
        }
    }
}
