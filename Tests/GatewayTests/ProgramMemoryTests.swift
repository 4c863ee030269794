import Glibc
import Testing

@testable import Gateway

@Suite struct ProgramMemoryTests {
    @Test func pagesOfFilesAreGivenBackAndComeAgainWhenNeeded() throws {
        let before = try residentFilePages()
        ProgramMemory.giveBack()
        #expect(try residentFilePages() < before)
        // Relocated addresses and code are as they were.
        #expect("\([3, 1, 2].sorted())" == "[1, 2, 3]")
    }

    private func residentFilePages() throws -> Int {
        let file = try SmallFile(reading: "/proc/self/statm", limit: 1 << 10)
        let numbers = String(decoding: file.octets, as: UTF8.self).split(separator: " ")
        return try #require(numbers.dropFirst(2).first.flatMap { Int($0) })
    }
}
