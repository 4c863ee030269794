import CLinux
import Glibc
import Synchronization
import Wire

/// Threads that decode blocks of lines side by side, and write them in the order of the input.
///
/// The caller's thread reads. Whoever has finished the block that is next in the output writes it,
/// and those behind it that are finished already. At most `room` blocks are held at a time.
final class OrderedWorkers: Sendable {
    private struct Blocks {
        /// Read and not yet taken by a worker, oldest first.
        var waiting: [(number: Int, lines: [UInt8])] = []
        /// Answers that wait for the ones before them, by number.
        var finished: [Int: [UInt8]] = [:]
        var nextToWrite = 0
        var isWriting = false
        /// Nobody reads the output any more.
        var outputClosed = false
    }

    private let blocks = Mutex(Blocks())
    private let output: Int32
    /// Counts the blocks that wait; a worker that finds none when woken ends.
    private let work = Semaphore(0)

    init(output: Int32) { self.output = output }

    /// Works until `input` ends or nobody reads the output any more.
    func run(
        _ input: inout LineBlocks, count: Int,
        _ makeDecoder: @escaping @Sendable () -> OfflineDecoder
    ) {
        let room = Semaphore(UInt32(4 * count))
        let threads = (0..<count).map { _ in
            WorkerThread { self.work(room, makeDecoder()) }
        }
        var number = 0
        while !blocks.withLock({ $0.outputClosed }) {
            var lines: [UInt8] = []
            guard input.next(into: &lines) else { break }
            room.wait()
            blocks.withLock { $0.waiting.append((number, lines)) }
            number += 1
            work.signal()
        }
        for _ in threads { work.signal() }
        threads.forEach { $0.join() }
    }

    private func work(_ room: Semaphore, _ decoder: OfflineDecoder) {
        while true {
            work.wait()
            let next = blocks.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            guard let next else { return }
            var json = JSONWriter(reserving: 4 * next.lines.count)
            decoder.appendJSON(ofLines: next.lines.span, to: &json)
            deliver(json.bytes, next.number, room)
        }
    }

    private func deliver(_ answers: [UInt8], _ number: Int, _ room: Semaphore) {
        blocks.withLock { $0.finished[number] = answers }
        while let next = takeFinished() {
            let written = next.span.write(to: output)
            blocks.withLock {
                $0.isWriting = false
                if !written { $0.outputClosed = true }
            }
            room.signal()
        }
    }

    /// The answers to be written next, if they are finished and nobody writes.
    private func takeFinished() -> [UInt8]? {
        blocks.withLock { blocks in
            guard !blocks.isWriting,
                let next = blocks.finished.removeValue(forKey: blocks.nextToWrite)
            else { return nil }
            blocks.nextToWrite += 1
            blocks.isWriting = true
            return next
        }
    }
}

/// A counter that can be waited for (an eventfd).
private final class Semaphore: Sendable {
    private let descriptor: Int32

    init(_ count: UInt32) { descriptor = eventfd(count, Int32(EFD_CLOEXEC | EFD_SEMAPHORE)) }
    deinit { close(descriptor) }

    func signal() { _ = eventfd_write(descriptor, 1) }

    /// Waits until the counter is above 0 and takes 1 from it.
    func wait() {
        var count: eventfd_t = 0
        while eventfd_read(descriptor, &count) != 0, errno == EINTR {}
    }
}

/// One thread that can be waited for.
private final class WorkerThread {
    private var thread = pthread_t()

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    init(_ run: @escaping @Sendable () -> Void) {
        pthread_create(
            &thread, nil,
            { body in
                if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(Body(run)).toOpaque())
    }

    func join() { pthread_join(thread, nil) }
}
