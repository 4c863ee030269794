import Glibc

/// Ctrl-C and SIGTERM for commands that have no event loop.
enum Interruption {
    /// Calls `action` on a thread of its own when the first of them comes. To be called before
    /// other threads start, as they inherit that the signals are held back.
    static func onSignal(_ action: @escaping @Sendable () -> Void) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let waiting = Unmanaged.passRetained(Waiting(signals: signals, action: action))
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let waiting = Unmanaged<Waiting>.fromOpaque(pointer).takeRetainedValue()
                var signals = waiting.signals
                var signal: Int32 = 0
                sigwait(&signals, &signal)
                waiting.action()
                return nil
            }, waiting.toOpaque())
        pthread_detach(thread)
    }

    private final class Waiting {
        let signals: sigset_t
        let action: @Sendable () -> Void

        init(signals: sigset_t, action: @escaping @Sendable () -> Void) {
            self.signals = signals
            self.action = action
        }
    }
}
