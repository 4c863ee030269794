import CLinux
import Glibc
import Receivers

/// One try to connect to the broker, on a thread of its own: looking up a name and connecting may
/// take minutes, so they must not happen on the event loop. The thread ends with the try.
///
/// Whoever does not want the outcome any more forgets the attempt.
final class ConnectionAttempt: Sendable {
    enum Outcome: Sendable {
        /// The broker has still to accept us.
        case reached(MosquittoConnection)
        case failed(BrokerError)
    }

    /// Gets one message.
    let outcome = Mailbox<Outcome>(limit: 1)
    private let settings: BrokerSettings
    private let versionFive: Bool

    init(_ settings: BrokerSettings, versionFive: Bool) {
        self.settings = settings
        self.versionFive = versionFive
    }

    func start() {
        var attributes = linux_thread_attributes()
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 << 10)
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let body = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &thread, &attributes,
            { body in
                guard let body else { return nil }
                let attempt = Unmanaged<ConnectionAttempt>.fromOpaque(body).takeRetainedValue()
                attempt.outcome.send(attempt.run())
                return nil
            }, body.toOpaque())
        if failure != 0 {
            body.release()
            outcome.send(
                .failed(.notStarted(cause: MosquittoConnection.systemText(failure))))
        }
    }

    private func run() -> Outcome {
        do {
            let connection = try MosquittoConnection(settings, versionFive: versionFive)
            return connection.connect() ? .reached(connection) : .failed(connection.connectError)
        } catch {
            return .failed(error)
        }
    }
}
