import ArgumentParser
import Gateway
import Logging
import Receivers
import Wire

struct ListenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Shows every telegram that the sticks hear, and publishes nothing.",
        discussion: """
            oms2mqtt listen
            oms2mqtt listen --stick cul --port /dev/ttyUSB0 --modes t1
            oms2mqtt listen --raw >telegrams.txt

            A line a telegram: when, how strong, whose, and whether it needs a key. The first word \
            behind the signal strength is what stands as `id` under `oms` in the configuration.

            Without options the receivers of the configuration are used, or the stick is looked for. \
            Ctrl-C ends it.

            Exit codes: 0 ended by Ctrl-C; 1 no receiver can be used as asked; 2 the configuration \
            has faults.
            """)

    @OptionGroup var file: ConfigurationOption

    @Option(help: "Which stick: im871a, amb8465, cul, iu891a, rc1180 or auto.")
    var stick: String?

    @Option(help: "The stick's port, a path or auto.")
    var port: String?

    @Option(help: "What to hear, with commas: t1, c1, s1.")
    var modes: String?

    @Flag(help: "Show each telegram as hex instead.")
    var raw = false

    func run() throws {
        let receivers = try self.receivers()
        let loop = EventLoop()
        let signals = StopSignals(loop: loop) { _ in loop.stop() }
        let usb = try? USBDevices(loop: loop)
        var left = receivers.count
        var allFailed = true
        let all = receivers.map { settings in
            var announcements = ReceiverAnnouncements(name: settings.name)
            return settings.makeReceiver(on: loop, usb: usb) { event in
                if let line = announcements.line(for: event), line.level >= .info {
                    printError(line.text)
                }
                switch event {
                case .frame(let frame): show(frame, from: settings)
                case .failed, .finished:
                    if case .finished = event { allFailed = false }
                    left -= 1
                    if left == 0 { loop.stop() }
                default: break
                }
            }
        }
        all.forEach { $0.start() }
        // All may have failed at once.
        if left > 0 { withExtendedLifetime(signals) { loop.run() } }
        all.forEach { $0.stop() }
        if left == 0, allFailed { throw Exit.failure }
    }

    private func show(_ frame: RadioFrame, from receiver: ReceiverSettings) {
        guard !raw else {
            printLine(Hex.text(frame.octets))
            return
        }
        var words: [UInt8] = []
        WallTime.now.appendText(to: &words)
        let time = String(decoding: words, as: UTF8.self)
        let strength = frame.signalStrength.map { "\($0) dBm" } ?? "no RSSI"
        do {
            let heard = try HeardTelegram(frame)
            printLine("\(time)  \(strength)  \(heard.description)")
        } catch { printLine("\(time)  \(strength)  damaged: \(error)") }
    }

    private func receivers() throws -> [ReceiverSettings] {
        guard stick != nil || port != nil || modes != nil else {
            guard file.found != nil else { return [ReceiverSettings(name: "receiver")] }
            return try file.load().receivers
        }
        let kind = stick.flatMap { $0 == "auto" ? nil : StickKind(rawValue: $0) }
        if let kind, StickCatalogue.row(for: kind) == nil {
            throw ValidationError(
                "--stick is one of im871a, amb8465, cul, iu891a, rc1180 and auto; what else telegrams"
                    + " come from is set up in the configuration.")
        }
        let wanted = try modes.map { text in
            try Set(
                text.split(separator: ",").map { word in
                    guard let mode = LinkMode(rawValue: word.lowercased()) else {
                        throw ValidationError("--modes are some of t1, c1, s1.")
                    }
                    return mode
                })
        }
        return [
            ReceiverSettings(
                name: kind?.rawValue ?? "receiver", kind: kind, port: port == "auto" ? nil : port,
                modes: wanted)
        ]
    }
}
