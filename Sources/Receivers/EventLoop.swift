import CLinux
import Glibc

/// The one thread that everything runs on: it sleeps in `poll` until a descriptor is ready, a
/// timer is due or a mailbox has something in it, and never wakes without a reason.
///
/// Nothing here is thread-safe but `Mailbox`, through which other threads (those of C libraries)
/// hand over what they have. So all that the loop calls may keep plain state without a lock.
public final class EventLoop {
    public typealias Instant = ContinuousClock.Instant

    /// What a watched descriptor is ready for.
    public struct Readiness: OptionSet, Sendable {
        public let rawValue: Int16
        public init(rawValue: Int16) { self.rawValue = rawValue }
        public static let input = Readiness(rawValue: Int16(POLLIN))
        public static let output = Readiness(rawValue: Int16(POLLOUT))
        /// The other end is gone or the descriptor is bad: read what is left, then close.
        public static let hangUp = Readiness(rawValue: Int16(POLLHUP | POLLERR | POLLNVAL))
    }

    /// Names a watch or a timer so that it can be ended.
    public struct Token: Hashable, Sendable { fileprivate let number: UInt64 }

    private struct Watch {
        var descriptor: Int32
        var interest: Readiness
        var handler: (Readiness) -> Void
    }
    private struct Timer {
        var due: Instant
        var token: Token
        var action: () -> Void
    }

    private var watches: [Token: Watch] = [:]
    /// By time due, the next one last.
    private var timers: [Timer] = []
    private var lastNumber: UInt64 = 0
    private var polled: [pollfd] = []
    private var polledTokens: [Token] = []
    private var watchesChanged = true
    private var stopped = false

    /// What time it is; tests turn a clock of their own.
    private let clock: () -> Instant

    public init() { clock = { .now } }
    init(clock: @escaping () -> Instant) { self.clock = clock }

    public var now: Instant { clock() }
    /// When the next timer is due; nil: there is none.
    var due: Instant? { timers.last?.due }

    // MARK: Descriptors

    /// Calls `handler` whenever `descriptor` is ready for `interest` or hung up, until `cancel`.
    /// The descriptor stays the caller's: cancel before closing it.
    public func watch(
        _ descriptor: Int32, for interest: Readiness = .input,
        _ handler: @escaping (Readiness) -> Void
    ) -> Token {
        let token = newToken()
        watches[token] = Watch(descriptor: descriptor, interest: interest, handler: handler)
        watchesChanged = true
        return token
    }

    /// Changes what a watch waits for.
    public func change(_ token: Token, to interest: Readiness) {
        watches[token]?.interest = interest
        watchesChanged = true
    }

    /// Calls `handler` with each message that another thread sends to `mailbox`.
    public func watch<Message>(
        _ mailbox: Mailbox<Message>, _ handler: @escaping (Message) -> Void
    ) -> Token {
        watch(mailbox.descriptor) { _ in
            for message in mailbox.receiveAll() { handler(message) }
        }
    }

    // MARK: Timers

    /// Calls `action` once, `delay` from now.
    @discardableResult
    public func after(_ delay: Duration, _ action: @escaping () -> Void) -> Token {
        let timer = Timer(due: now + delay, token: newToken(), action: action)
        let place = timers.firstIndex { $0.due <= timer.due } ?? timers.endIndex
        timers.insert(timer, at: place)
        return timer.token
    }

    /// Ends a watch or a timer; one that has ended already is no fault.
    public func cancel(_ token: Token?) {
        guard let token else { return }
        if watches.removeValue(forKey: token) != nil {
            watchesChanged = true
        } else if let place = timers.firstIndex(where: { $0.token == token }) {
            timers.remove(at: place)
        }
    }

    // MARK: Running

    /// Runs until `stop` is called.
    public func run() {
        stopped = false
        while !stopped { turn(atMost: nil) }
    }

    public func stop() { stopped = true }

    /// Waits for the next event, at most `limit` long, and handles what is due.
    ///
    /// - Returns: whether a descriptor was ready
    @discardableResult
    public func turn(atMost limit: Duration?) -> Bool {
        if watchesChanged { collectDescriptors() }
        let ready = poll(&polled, nfds_t(polled.count), milliseconds(atMost: limit))
        runDueTimers()
        guard ready > 0 else { return false }
        // A handler may cancel other watches or add some: only those still there are called.
        let results = zip(polledTokens, polled).filter { $0.1.revents != 0 }
        for (token, result) in results {
            watches[token]?.handler(Readiness(rawValue: result.revents))
        }
        return true
    }

    private func runDueTimers() {
        let now = now
        while let next = timers.last, next.due <= now {
            timers.removeLast()
            next.action()
        }
    }

    private func collectDescriptors() {
        watchesChanged = false
        polledTokens = Array(watches.keys)
        polled = watches.values.map {
            pollfd(fd: $0.descriptor, events: $0.interest.rawValue, revents: 0)
        }
    }

    /// How long `poll` may sleep: to the next timer or `limit`, rounded up so that it is due then.
    private func milliseconds(atMost limit: Duration?) -> Int32 {
        var wait = limit
        if let due = timers.last?.due {
            let untilDue = max(now.duration(to: due), .zero)
            wait = min(wait ?? untilDue, untilDue)
        }
        guard let wait else { return -1 }
        let (seconds, attoseconds) = wait.components
        guard seconds < 86_400 else { return 86_400_000 }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(seconds * 1000 + part)
    }

    private func newToken() -> Token {
        lastNumber += 1
        return Token(number: lastNumber)
    }
}
