import Glibc
import Wire

/// Plays a recording in its own time: each telegram so long behind the one before as it was heard.
/// The file is read piece by piece, however long it is.
final class ReplayPort: InputPort {
    private let path: String
    private let speed: Double
    private let repeats: Bool
    private let loop: EventLoop
    private var descriptor: Int32 = -1
    private var timer: EventLoop.Token?
    private var lines = LineFramer(limit: 8192)
    private var text = TelegramText(.auto)
    /// Read and not played yet.
    private var items: [TextItem] = []
    private var isAtEnd = false
    private var played = 0
    /// When the last telegram with a time was heard, and when it was played.
    private var last: (heard: Duration, played: EventLoop.Instant)?
    private var handler: (InputEvent) -> Void = { _ in }

    /// A clock that was set may leave a gap of years.
    private static let longestPause = Duration.seconds(86_400)
    /// So many at a time, so that a recording without pauses leaves time for others.
    private static let batch = 64

    init(path: String, speed: Double, repeats: Bool, loop: EventLoop) {
        self.path = path
        self.speed = speed
        self.repeats = repeats
        self.loop = loop
    }

    deinit { close() }

    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError) {
        self.handler = handler
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        handler(.opened)
        timer = loop.after(.zero) { [weak self] in self?.play() }
    }

    func close() {
        handler = { _ in }
        loop.cancel(timer)
        timer = nil
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private func play() {
        var due: [TextItem] = []
        var pause = Duration.zero
        while due.count < Self.batch {
            guard let item = next() else { break }
            pause = self.pause(before: item)
            guard pause <= .zero else { break }
            items.removeLast()
            if case .telegram(_, let time) = item {
                played += 1
                // From the time it was due, not from when it was played: delays do not add up.
                if let time {
                    last = (time, last.map { $0.played + scaled(time - $0.heard) } ?? loop.now)
                }
            }
            due.append(item)
        }
        if !due.isEmpty { handler(.items(due)) }
        // Whom it was told may have closed it.
        guard descriptor >= 0 else { return }
        if items.isEmpty, isAtEnd { return ended() }
        timer = loop.after(pause) { [weak self] in self?.play() }
    }

    private func pause(before item: TextItem) -> Duration {
        guard case .telegram(_, let time?) = item, let last else { return .zero }
        return loop.now.duration(to: last.played + scaled(time - last.heard))
    }

    private func scaled(_ duration: Duration) -> Duration {
        guard speed > 0 else { return .zero }
        return min(max(duration, .zero), Self.longestPause) / speed
    }

    /// At the end of the file: once more, or no more.
    private func ended() {
        guard repeats, played > 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            let handler = handler
            close()
            return handler(played > 0 ? .finished : .failed(.notRecording(path: path)))
        }
        isAtEnd = false
        last = nil
        // A short pause, so that a recording without times does not spin.
        timer = loop.after(.milliseconds(100)) { [weak self] in self?.play() }
    }

    /// The next item, which stays the last of `items`; nil at the end.
    private func next() -> TextItem? {
        while items.isEmpty {
            if let framed = lines.next() {
                switch framed {
                case .message(let line): items = text.read(line.characters).reversed()
                case .skipped(let octets, let reason):
                    items = [.skipped(octets: octets.count, reason)]
                }
            } else if isAtEnd {
                return nil
            } else {
                var buffer = [UInt8](repeating: 0, count: 16_384)
                let count = read(descriptor, &buffer, buffer.count)
                isAtEnd = count <= 0
                lines.append(isAtEnd ? [UInt8(ascii: "\n")] : Array(buffer.prefix(count)))
            }
        }
        return items.last
    }
}
