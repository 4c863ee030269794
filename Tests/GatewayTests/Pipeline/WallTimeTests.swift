import Glibc
import Testing

@testable import Gateway

@Suite struct WallTimeTests {
    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00.000Z"),
        (-1, 999_999_999, "1969-12-31T23:59:59.999Z"),
        (951_782_399, 0, "2000-02-28T23:59:59.000Z"),
        (951_782_400, 0, "2000-02-29T00:00:00.000Z"),
        (951_868_800, 0, "2000-03-01T00:00:00.000Z"),
        (1_709_164_800, 1_000_000, "2024-02-29T00:00:00.001Z"),
        (1_740_787_200, 0, "2025-03-01T00:00:00.000Z"),
        (4_107_542_400, 0, "2100-03-01T00:00:00.000Z"),
        (4_107_542_399, 0, "2100-02-28T23:59:59.000Z"),
        (1_767_225_599, 120_999_999, "2025-12-31T23:59:59.120Z"),
        (-62_167_219_200, 0, "0000-01-01T00:00:00.000Z"),
        (253_402_300_799, 0, "9999-12-31T23:59:59.000Z"),
        (Int64.max, 0, "9999-12-31T23:59:59.000Z"),
        (Int64.min, 0, "0000-01-01T00:00:00.000Z"),
    ])
    func text(seconds: Int64, nanoseconds: UInt32, expected: String) {
        #expect(WallTime(seconds: seconds, nanoseconds: nanoseconds).description == expected)
    }

    /// Every day from 1900 to 2200 against the C library.
    @Test func agreesWithTheCLibrary() {
        for day in -25_567..<84_006 {
            var seconds = time_t(day) * 86_400 + 45_296
            var parts = tm()
            gmtime_r(&seconds, &parts)
            var text = [UInt8](repeating: 0, count: 40)
            // Glibc 2.41 says that the text is never null.
            let count = text.withUnsafeMutableBytes {
                guard let start = $0.baseAddress else { return 0 }
                return strftime(start, $0.count, "%Y-%m-%dT%H:%M:%S.000Z", &parts)
            }
            let expected = String(decoding: text.prefix(count), as: UTF8.self)
            let found = WallTime(seconds: Int64(seconds)).description
            guard found == expected else {
                Issue.record("\(found) instead of \(expected)")
                return
            }
        }
    }
}
