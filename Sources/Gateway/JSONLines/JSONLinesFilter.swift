import Glibc
import Wire

/// Telegrams in, readings out: a JSON line for each line, in the same order.
///
/// Whatever has come is answered at once, before more is waited for: a program that asks line by
/// line gets its answer, and input that streams in is worked off in large pieces.
public struct JSONLinesFilter: Sendable {
    /// Threads that decode.
    private let jobs: Int
    private let makeDecoder: @Sendable () -> OfflineDecoder

    /// - Parameters:
    ///   - jobs: how many threads decode; 0: one for each core.
    ///   - makeDecoder: makes the decoder of one thread.
    public init(
        jobs: Int = 1, makeDecoder: @escaping @Sendable () -> OfflineDecoder = { OfflineDecoder() }
    ) {
        self.jobs = jobs > 0 ? jobs : max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
        self.makeDecoder = makeDecoder
    }

    /// Runs until the input ends or nobody reads the output any more.
    ///
    /// - Parameters: file descriptors.
    public func run(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
        var blocks = LineBlocks(of: input)
        if jobs > 1 {
            return OrderedWorkers(output: output).run(&blocks, count: jobs, makeDecoder)
        }
        let decoder = makeDecoder()
        var json = JSONWriter(reserving: 1 << 18)
        var block: [UInt8] = []
        while blocks.next(into: &block) {
            json.removeAll()
            decoder.appendJSON(ofLines: block.span, to: &json)
            guard json.span.write(to: output) else { return }
        }
    }
}

extension OfflineDecoder {
    /// Answers all lines of a block.
    func appendJSON(ofLines block: Span<UInt8>, to json: inout JSONWriter) {
        var start = 0
        while start < block.count {
            let end = block.endOfLine(from: start)
            appendJSON(ofLine: block.extracting(start..<end), to: &json)
            json.newLine()
            start = end + 1
        }
    }
}

extension Span<UInt8> {
    /// The place of the next line feed, or of the end.
    func endOfLine(from start: Int) -> Int {
        withUnsafeBufferPointer { octets in
            guard start < octets.count, let base = octets.baseAddress,
                let found = memchr(base + start, 0x0A, octets.count - start)
            else { return octets.count }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Writes all; false when nobody reads any more.
    func write(to descriptor: Int32) -> Bool {
        withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(
                    descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }
}
