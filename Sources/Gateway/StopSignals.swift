import CLinux
import Glibc
import Receivers

/// The signals that end the process, as events of the loop.
///
/// `block` must be called before any thread is started, since threads inherit what is blocked;
/// a signal that is not blocked in one of them would end the process at once.
public final class StopSignals {
    public enum Signal: Equatable, Sendable { case stop, reload }

    private let loop: EventLoop
    private let descriptor: Int32
    private var watch: EventLoop.Token?

    /// Keeps SIGTERM, SIGINT and SIGHUP for the loop, and SIGPIPE from ending the process.
    public static func block() {
        var signals = all
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    public init(loop: EventLoop, _ handler: @escaping (Signal) -> Void) {
        Self.block()
        self.loop = loop
        var signals = Self.all
        let descriptor = signalfd(-1, &signals, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        self.descriptor = descriptor
        guard descriptor >= 0 else { return }
        watch = loop.watch(descriptor) { _ in
            var information = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            while read(descriptor, &information, size) == size {
                handler(information.ssi_signo == UInt32(SIGHUP) ? .reload : .stop)
            }
        }
    }

    deinit {
        loop.cancel(watch)
        if descriptor >= 0 { close(descriptor) }
    }

    private static var all: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
        return signals
    }
}
