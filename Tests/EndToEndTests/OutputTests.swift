import Testing

/// What becomes of the commands' output.
@Suite struct OutputTests {
    @Test(arguments: [
        "meters", "meters show abb/b23",
        "decode \(RecordingTests.foreign)",
    ])
    func aFullDiskIsTold(_ command: String) throws {
        let line = "exec \(Household.executable) \(command) >/dev/full"
        let program = try Program("sh", ["-c", line])
        #expect(program.ended() == 1)
        try program.wait { program.isReadToEnd }
        #expect(
            program.lines.last
                == "The output cannot be written (No space left on device): write it elsewhere.")
    }
}
