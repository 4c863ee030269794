import ArgumentParser
import Gateway
import Logging
import Receivers
import Wire

struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Writes the telegrams of your meters to standard output, to be replayed.",
        discussion: """
            oms2mqtt record >recorded.txt

            A line a telegram: when in UTC, RSSI in dBm, link mode, how its CRCs stand, the telegram \
            in hex, receiver. A receiver with `stick: replay` and `file: recorded.txt` plays it. \
            Telegrams stay encrypted; no key is written.

            Only meters of the configuration are recorded: what others send is theirs. Ctrl-C ends \
            it.

            Exit codes: 0 ended by Ctrl-C, or all was read; 1 no receiver can be used, or the output \
            cannot be written; 2 the configuration cannot be used.
            """)

    @OptionGroup var file: ConfigurationOption

    @OptionGroup var logging: LogOption

    @Flag(help: "Record all meters that are heard, also those of others.")
    var all = false

    func run() throws {
        let log = logging.logger()
        let settings = try file.load(log)
        guard all || !settings.meters.isEmpty else {
            printError("No meter is configured: list yours under `oms`, or use --all.")
            throw Exit.badConfiguration
        }
        let loop = EventLoop()
        let signals = StopSignals(loop: loop) { _ in loop.stop() }
        var pipeline = Pipeline(meters: settings.meters)
        var recorded = 0
        var leftOut = 0
        var unfinished = settings.receivers.count
        var failed = 0
        var isWritable = true
        printLine(RecordedTelegram.heading)
        let receivers = settings.receivers.map { receiver in
            var announcements = ReceiverAnnouncements(name: receiver.name)
            return receiver.makeReceiver(on: loop) { event in
                log.say(announcements.line(for: event))
                switch event {
                case .frame(let frame):
                    let now = WallTime.now
                    let outcome = pipeline.process(frame, from: receiver.name, at: now)
                    guard all || outcome.isOfConfiguredMeter else {
                        leftOut += 1
                        return
                    }
                    let line = RecordedTelegram.line(
                        time: now.description, frame: frame, receiver: receiver.name)
                    if writeLine(line) {
                        recorded += 1
                    } else {
                        isWritable = false
                        loop.stop()
                    }
                case .failed, .finished:
                    if case .failed = event { failed += 1 }
                    unfinished -= 1
                    if unfinished == 0 { loop.stop() }
                default: break
                }
            }
        }
        receivers.forEach { $0.start() }
        // All may have failed at once.
        if unfinished > 0 { withExtendedLifetime(signals) { loop.run() } }
        receivers.forEach { $0.stop() }
        printError(
            "\(counted(recorded, "telegram")) recorded, \(leftOut) of no configured meter left out."
        )
        if !isWritable { printError("The output cannot be written: is its disk full?") }
        if !isWritable || failed == settings.receivers.count { throw Exit.failure }
    }
}

extension Outcome {
    /// Whether the telegram is surely of a meter that is configured.
    fileprivate var isOfConfiguredMeter: Bool {
        switch self {
        case .reading, .notRead: true
        default: false
        }
    }
}
