import CLinux
import Glibc
import Synchronization

/// What another thread hands to the event loop: bounded, in order, waking the loop.
public final class Mailbox<Message: Sendable>: Sendable {
    private let waiting = Mutex<[Message]>([])
    private let limit: Int
    /// Readable while messages wait (an eventfd).
    let descriptor: Int32

    /// - Parameter limit: how many messages may wait; further ones are refused.
    public init(limit: Int) {
        self.limit = limit
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit { close(descriptor) }

    /// Hands over `message`, from any thread.
    ///
    /// - Returns: false when the box is full and the message was not taken.
    @discardableResult
    public func send(_ message: Message) -> Bool {
        let taken = waiting.withLock { messages in
            guard messages.count < limit else { return false }
            messages.append(message)
            return true
        }
        _ = eventfd_write(descriptor, 1)
        return taken
    }

    /// Takes all that wait, oldest first.
    public func receiveAll() -> [Message] {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
        return waiting.withLock { messages in
            defer { messages.removeAll(keepingCapacity: true) }
            return messages
        }
    }
}
