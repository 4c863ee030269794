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

    @Test(arguments: [
        ("lisen", "There is no command 'lisen': did you mean 'listen'?"),
        ("auto:t1 Kitchen", "There is no command 'auto:t1'."),
        ("--config e2m.yaml", "A command comes first: `oms2mqtt run --config`."),
    ])
    func whatIsNoCommandIsTold(_ line: String, _ message: String) throws {
        let program = try Program(
            Household.executable, line.split(separator: " ").map(String.init))
        #expect(program.ended() == 64)
        try program.wait { program.isReadToEnd }
        #expect(program.lines.first == "Error: \(message)")
    }

    @Test func thatItDoesNotStartIsTold() throws {
        let program = try Program(Household.executable, ["run", "--config", "/nowhere/e2m.yaml"])
        #expect(program.ended() == 2)
        try program.wait { program.isReadToEnd }
        #expect(
            program.lines.last?.hasSuffix(
                "/nowhere/e2m.yaml cannot be used as it is. Correct it, and start again.") == true)
    }
}
