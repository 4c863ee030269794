import CLinux
import Glibc
import Testing
import Wire

@testable import Gateway

/// The filter with real pipes: order, answers at once, and what is no request.
@Suite(.timeLimit(.minutes(1))) struct JSONLinesFilterTests {
    /// A plain telegram of an invented water meter, whose number ends in `index`.
    private static func telegram(_ index: Int) -> String {
        let number = "00" + String(repeating: "0", count: 4 - String(index).count) + String(index)
        let octets = stride(from: 4, through: 0, by: -2).map { place in
            let start = number.index(number.startIndex, offsetBy: place)
            return String(number[start..<number.index(start, offsetBy: 2)])
        }
        return "1444015E" + octets.joined() + "0010077A010000000C1345230100"
    }

    private static func line(_ index: Int) -> String {
        #"{"telegram":"\#(telegram(index))","key":null}"#
    }

    private static func index(of answer: JSONValue) -> Int? {
        answer["proto"]?["device_number"]?.string.flatMap { Int($0) }
    }

    @Test(arguments: [1, 2, 5, 0])
    func linesAreAnsweredInTheirOrder(jobs: Int) throws {
        let filter = try RunningFilter(jobs: jobs)
        let count = 5000
        filter.writeInBackground((0..<count).map { Self.line($0) + "\n" }.joined())
        for index in 0..<count {
            let answer = try filter.answer()
            try #require(Self.index(of: answer) == index, "\(answer)")
        }
        #expect(filter.answerOrEnd() == nil)
    }

    @Test(arguments: [1, 3])
    func eachLineIsAnsweredBeforeTheNextIsSent(jobs: Int) throws {
        let filter = try RunningFilter(jobs: jobs)
        for index in [7, 8, 9] {
            filter.write(Self.line(index) + "\n")
            #expect(Self.index(of: try filter.answer()) == index)
        }
        filter.endInput()
        #expect(filter.answerOrEnd() == nil)
    }

    @Test(arguments: [1, 3])
    func lineInPiecesIsOneLine(jobs: Int) throws {
        let filter = try RunningFilter(jobs: jobs)
        let line = Self.line(3)
        filter.write(String(line.prefix(20)))
        filter.write(String(line.dropFirst(20).prefix(30)))
        filter.write(String(line.dropFirst(50)) + "\n" + Self.line(4))
        #expect(Self.index(of: try filter.answer()) == 3)
        filter.endInput()
        // The last line has no line feed.
        #expect(Self.index(of: try filter.answer()) == 4)
        #expect(filter.answerOrEnd() == nil)
    }

    @Test(arguments: [
        ("", "not_json"), ("\r", "not_json"), ("{", "not_json"), ("nonsense", "not_json"),
        ("{}", "no_telegram"), ("[]", "no_telegram"), (#"{"telegram":null}"#, "no_telegram"),
        (#"{"telegram":"XY"}"#, "not_hex"), (#"{"telegram":"123"}"#, "not_hex"),
        (#"{"telegram":""}"#, "truncated"),
        (#"{"telegram":"00","key":"12"}"#, "bad_key_format"),
        (#"{"telegram":"00","key":12}"#, "bad_key_format"), ("\u{0}\u{1}", "not_json"),
    ])
    func whatIsNoRequestIsAnsweredByAnError(line: String, code: String) throws {
        let filter = try RunningFilter(jobs: 1)
        filter.write(line + "\n" + Self.line(5) + "\r\n")
        let error = try filter.answer()
        #expect(error["error"]?.string == code)
        #expect(error["message"]?.string?.isEmpty == false)
        #expect(Self.index(of: try filter.answer()) == 5)
    }

    @Test(arguments: [1, 2])
    func tooLongLineIsAnsweredOnceAndPassedOver(jobs: Int) throws {
        let filter = try RunningFilter(jobs: jobs)
        let long = String(repeating: "x", count: 3 << 20)
        filter.writeInBackground(long + "\n" + Self.line(6) + "\n" + long)
        #expect(try filter.answer()["error"]?.string == "not_json")
        #expect(Self.index(of: try filter.answer()) == 6)
        #expect(try filter.answer()["error"]?.string == "not_json")
        #expect(filter.answerOrEnd() == nil)
    }

    @Test(arguments: [1, 2])
    func endsWhenNobodyReadsAnyMore(jobs: Int) throws {
        signal(SIGPIPE, SIG_IGN)
        let filter = try RunningFilter(jobs: jobs)
        filter.write(Self.line(1) + "\n")
        _ = try filter.answer()
        filter.closeOutput()
        // The filter notices when it writes; then it reads no more.
        filter.writeInBackground(String(repeating: Self.line(2) + "\n", count: 20_000))
        filter.join()
    }
}

/// A filter on a thread of its own, between two pipes.
private final class RunningFilter: @unchecked Sendable {
    private var input: [Int32] = [-1, -1]
    private var output: [Int32] = [-1, -1]
    private var thread = pthread_t()
    private var joined = false
    private var pending: [UInt8] = []

    init(jobs: Int) throws {
        try #require(pipe2(&input, O_CLOEXEC) == 0)
        try #require(pipe2(&output, O_CLOEXEC) == 0)
        let filter = JSONLinesFilter(jobs: jobs)
        let (from, to) = (input[0], output[1])
        thread = Self.start {
            filter.run(input: from, output: to)
            close(from)
            close(to)
        }
    }

    deinit {
        endInput()
        closeOutput()
        join()
    }

    func write(_ text: String) { Self.write(Array(text.utf8), to: input[1]) }

    /// Writes on another thread, and ends the input behind it.
    func writeInBackground(_ text: String) {
        let octets = Array(text.utf8)
        let descriptor = input[1]
        input[1] = -1
        let writer = Self.start {
            Self.write(octets, to: descriptor)
            close(descriptor)
        }
        pthread_detach(writer)
    }

    func endInput() {
        if input[1] >= 0 { close(input[1]) }
        input[1] = -1
    }

    func closeOutput() {
        if output[0] >= 0 { close(output[0]) }
        output[0] = -1
    }

    func join() {
        if !joined { pthread_join(thread, nil) }
        joined = true
    }

    /// The next answer.
    func answer() throws -> JSONValue { try #require(answerOrEnd()) }

    /// Nil at the end of the output.
    func answerOrEnd() -> JSONValue? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = Array(pending[..<end])
                pending.removeFirst(end + 1)
                return (try? JSONValue(parsing: line.span)) ?? .null
            }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(output[0], &chunk, chunk.count)
            guard count > 0 else { return nil }
            pending += chunk[..<count]
        }
    }

    private static func write(_ octets: [UInt8], to descriptor: Int32) {
        _ = octets.span.write(to: descriptor)
    }

    private static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t {
        final class Body: Sendable {
            let run: @Sendable () -> Void
            init(_ run: @escaping @Sendable () -> Void) { self.run = run }
        }
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { body in
                if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(Body(run)).toOpaque())
        return thread
    }
}
