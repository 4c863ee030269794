import CLinux
import Glibc

/// A shell's command line that we start, and whose standard output is read.
///
/// It runs in a process group of its own: with it all programs of a pipeline are ended, also those
/// that do not listen to SIGTERM.
final class ProcessPort: InputPort {
    private let command: String
    private let loop: EventLoop
    /// A program that lives so long, or has written something, is taken to work.
    private let proof: Duration
    private var process: pid_t = 0
    private var output: Int32 = -1
    private var errors: Int32 = -1
    private var watches: [EventLoop.Token] = []
    private var proofTimer: EventLoop.Token?
    private var isProven = false
    private var lastWords = LineFramer(limit: 512)
    private var lastLine: String?
    private var handler: (InputEvent) -> Void = { _ in }

    init(command: String, loop: EventLoop, proof: Duration = .seconds(3)) {
        self.command = command
        self.loop = loop
        self.proof = proof
    }

    deinit { close() }

    private var shownCommand: String { String(command.prefix(60)) }

    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError) {
        self.handler = handler
        var outputEnds: [Int32] = [-1, -1]
        var errorEnds: [Int32] = [-1, -1]
        guard pipe2(&outputEnds, O_CLOEXEC) == 0 else {
            throw .programNotStarted(shownCommand, errno: errno)
        }
        guard pipe2(&errorEnds, O_CLOEXEC) == 0 else {
            let number = errno
            outputEnds.forEach { Glibc.close($0) }
            throw .programNotStarted(shownCommand, errno: number)
        }
        output = outputEnds[0]
        errors = errorEnds[0]
        let result = spawn(output: outputEnds[1], errors: errorEnds[1])
        Glibc.close(outputEnds[1])
        Glibc.close(errorEnds[1])
        guard result == 0 else {
            process = 0
            close()
            throw .programNotStarted(shownCommand, errno: result)
        }
        for descriptor in [output, errors] {
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            watches.append(
                loop.watch(descriptor) { [weak self] _ in self?.read(descriptor) })
        }
        proofTimer = loop.after(proof) { [weak self] in self?.works() }
    }

    private func spawn(output: Int32, errors: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // Signals that we hold back or ignore are the program's own again.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = ["/bin/sh", "-c", command].map { (word: String) in strdup(word) }
        defer { words.forEach { free($0) } }
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, words + [nil], environ)
    }

    func close() {
        handler = { _ in }
        watches.forEach { loop.cancel($0) }
        watches = []
        loop.cancel(proofTimer)
        for descriptor in [output, errors] where descriptor >= 0 { Glibc.close(descriptor) }
        (output, errors) = (-1, -1)
        _ = endProcesses(grace: .zero)
    }

    // MARK: What it writes

    func pause() { if let watch = watches.first { loop.change(watch, to: []) } }
    func resume() { if let watch = watches.first { loop.change(watch, to: .input) } }

    private func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard descriptor == output else {
            return count > 0 ? heard(Array(buffer.prefix(count))) : errorsEnded()
        }
        if count > 0 {
            works()
            handler(.octets(Array(buffer.prefix(count)), stream: 0))
        } else {
            outputEnded()
        }
    }

    private func works() {
        guard !isProven else { return }
        isProven = true
        handler(.opened)
    }

    /// The last line on standard error tells best why a program ends.
    private func heard(_ octets: [UInt8]) {
        lastWords.append(octets)
        while let framed = lastWords.next() {
            if case .message(let line) = framed {
                let text = String(decoding: line.characters.prefix(120), as: UTF8.self)
                lastLine = text.filter { !$0.isNewline }
            }
        }
    }

    private func errorsEnded() {
        guard watches.count == 2 else { return }
        loop.cancel(watches.removeLast())
    }

    private func outputEnded() {
        // What it said last may still be in the other pipe.
        var buffer = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<16 {
            let count = Glibc.read(errors, &buffer, buffer.count)
            guard count > 0 else { break }
            heard(Array(buffer.prefix(count)))
        }
        heard([UInt8(ascii: "\n")])
        let handler = handler
        let ending = endProcesses(grace: .milliseconds(100))
        close()
        handler(.streamEnded(0))
        handler(
            .failed(.programEnded(shownCommand, ending: ending, lastWords: lastLine)))
    }

    // MARK: Its end

    /// Ends all of its process group, within half a second.
    ///
    /// - Parameter grace: what it is given to end by itself
    /// - Returns: how it ended
    private func endProcesses(grace: Duration) -> String {
        guard process > 0 else { return "ended" }
        let group = process
        process = 0
        var status: Int32 = 0
        var isReaped = false
        func wait(_ limit: Duration, until isDone: () -> Bool) {
            let deadline = ContinuousClock.now + limit
            while true {
                if !isReaped { isReaped = waitpid(group, &status, WNOHANG) == group }
                guard !isDone(), ContinuousClock.now < deadline else { return }
                usleep(2000)
            }
        }
        wait(grace) { isReaped }
        let endedByItself = isReaped
        kill(-group, SIGTERM)
        wait(.milliseconds(500)) { isReaped && kill(-group, 0) != 0 }
        kill(-group, SIGKILL)
        if !isReaped { waitpid(group, &status, 0) }
        guard endedByItself else { return "it closed its output" }
        return status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
    }
}
