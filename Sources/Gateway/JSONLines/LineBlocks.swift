import Glibc

/// Reads a file descriptor in blocks of whole lines: what has come, up to the last line feed.
///
/// A line longer than 1 MiB comes out as an empty one, so that memory stays bounded.
struct LineBlocks {
    private static let longestLine = 1 << 20
    private static let piece = 1 << 16

    private let descriptor: Int32
    /// The line that has begun.
    private var rest: [UInt8] = []
    /// What has begun is too long: its octets are passed over up to the next line feed.
    private var isPassingOver = false

    init(of descriptor: Int32) { self.descriptor = descriptor }

    /// Waits for the next line or lines and puts them in the place of what is in `block`; the last
    /// one may lack its line feed at the end of the input.
    ///
    /// - Returns: false when there are no more.
    mutating func next(into block: inout [UInt8]) -> Bool {
        block.removeAll(keepingCapacity: true)
        block += rest
        rest.removeAll(keepingCapacity: true)
        while true {
            let known = block.count
            guard block.append(from: descriptor, atMost: Self.piece) else {
                if isPassingOver { block = [0x0A] }
                isPassingOver = false
                return !block.isEmpty
            }
            if isPassingOver {
                block.removeFirst(block.span.endOfLine(from: 0))
                guard !block.isEmpty else { continue }
                isPassingOver = false
            }
            if let last = block[min(known, block.count)...].lastIndex(of: 0x0A) {
                rest += block[(last + 1)...]
                block.removeSubrange((last + 1)...)
                return true
            }
            if block.count > Self.longestLine {
                block = []
                isPassingOver = true
            }
        }
    }
}

extension [UInt8] {
    /// Waits for octets and appends them; false at the end of the input.
    fileprivate mutating func append(from descriptor: Int32, atMost most: Int) -> Bool {
        var count = 0
        append(addingCapacity: most) { output in
            output.withUnsafeMutableBufferPointer { room, used in
                repeat {
                    count = read(descriptor, room.baseAddress, room.count)
                } while count < 0 && errno == EINTR
                used = Swift.max(count, 0)
            }
        }
        return count > 0
    }
}
