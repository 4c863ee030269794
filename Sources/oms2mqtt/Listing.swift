import Gateway
import Logging
import Receivers
import Wire

/// What `oms2mqtt listen` shows: telegrams line by line, or a table of their meters.
final class Listing {
    enum Form { case raw, lines, table }

    private var meters: HeardMeters
    private let form: Form
    private var table = ListenTable()

    init(_ meters: HeardMeters, form: Form) {
        self.meters = meters
        self.form = form
    }

    /// The table is drawn once a second, whether or not something is heard: times go on.
    func start(on loop: EventLoop) {
        guard form == .table else { return }
        ListenTable.clear()
        draw(on: loop)
    }

    private func draw(on loop: EventLoop) {
        table.draw(meters, at: .now)
        loop.after(.seconds(1)) { [weak self] in self?.draw(on: loop) }
    }

    /// What happens to receivers: beside the telegrams, or below the table.
    func note(_ announcement: Announcement?, _ log: Logger) {
        guard let announcement, announcement.level >= log.logLevel else { return }
        if form == .table {
            table.notes = table.notes.suffix(2) + [announcement.text]
        } else {
            log.say(announcement)
        }
    }

    func show(_ frame: RadioFrame) {
        let now = WallTime.now
        let octets = frame.octets
        let strength = frame.signalStrength
        do {
            guard let meter = try meters.hear(frame, at: now) else { return }
            if form == .raw { printLine(Hex.text(octets)) }
            if form == .lines { printLine(line(meter.telegram.description, strength, now, meter)) }
        } catch {
            if form == .raw { printLine(Hex.text(octets)) }
            if form == .lines { printLine(line("damaged: \(error)", strength, now, nil)) }
        }
    }

    private func line(
        _ text: String, _ strength: Double?, _ now: WallTime, _ meter: HeardMeters.Meter?
    ) -> String {
        var words: [UInt8] = []
        now.appendText(to: &words)
        let time = String(decoding: words, as: UTF8.self)
        let total = meter?.total.map { ", reads \($0)" } ?? ""
        let name = meter?.name.map { ", your '\($0)'" } ?? ""
        return "\(time)  \(strength.map { "\($0) dBm" } ?? "no RSSI")  \(text)\(total)\(name)"
    }

    /// All that was heard, the strongest first.
    func end() {
        let all = meters.byStrength
        if form == .lines, !all.isEmpty {
            ListenTable.lines(all, at: .now).forEach(printError)
        }
        if meters.locked > 0, meters.isComparing {
            printError(
                counted(meters.locked, "encrypted meter")
                    + " could not be compared: only a key tells what they show.")
        }
    }
}
