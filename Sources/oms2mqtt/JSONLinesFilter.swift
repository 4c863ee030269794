import Gateway
import Glibc
import Wire

/// Standard input to standard output, a JSON line for a JSON line, in order.
///
/// Output is written whenever no more input is waiting, so that a program that asks line by line
/// gets its answer at once, and in large pieces while input streams in.
struct JSONLinesFilter {
    /// A line longer than this is answered by an error; its rest is passed over.
    private static let longestLine = 1 << 20
    private static let pieceOfOutput = 1 << 16

    let decoder: OfflineDecoder

    func run() {
        var input: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var output = JSONLines()
        var skipping = false
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            var start = 0
            while let end = chunk[start..<count].firstIndex(of: 0x0A) {
                if skipping {
                    skipping = false
                } else if input.isEmpty {
                    answer(chunk.span.extracting(start..<end), &output)
                } else {
                    input += chunk[start..<end]
                    answer(input.span, &output)
                    input.removeAll(keepingCapacity: true)
                }
                start = end + 1
                if output.count >= Self.pieceOfOutput, !output.flush() { return }
            }
            if !skipping { input += chunk[start..<count] }
            if input.count > Self.longestLine {
                input.removeAll()
                skipping = true
                answer(Span(), &output)
            }
            if !moreInputWaits, !output.flush() { return }
        }
        if !input.isEmpty { answer(input.span, &output) }
        _ = output.flush()
    }

    private func answer(_ line: Span<UInt8>, _ output: inout JSONLines) {
        decoder.appendJSON(ofLine: line, to: &output.json)
        output.endLine()
    }

    private var moreInputWaits: Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0 && descriptor.revents & Int16(POLLIN) != 0
    }
}

/// Lines that wait to be written to standard output.
struct JSONLines {
    var json = JSONWriter(reserving: 1 << 17)

    var count: Int { json.bytes.count }

    mutating func endLine() { json.newLine() }

    /// Writes all; false when nobody reads any more.
    mutating func flush() -> Bool {
        defer { json.removeAll() }
        return json.bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = write(
                    STDOUT_FILENO, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }
}
