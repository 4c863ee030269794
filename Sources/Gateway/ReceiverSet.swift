import Logging
import Receivers
import Wire

/// The gateway's receivers: starts and stops them, says what a home owner should know of each, and
/// knows which of them listen.
final class ReceiverSet {
    private let loop: EventLoop
    private let log: Logger
    private let heard: (_ frame: RadioFrame, _ receiver: String) -> Void
    private let changed: () -> Void
    private var receivers: [String: any TelegramReceiver] = [:]
    private var usb: USBDevices?
    /// Whether each receiver listens.
    private(set) var listening: [String: Bool] = [:]

    /// - Parameters:
    ///   - heard: takes each frame.
    ///   - changed: is called when `listening` has changed, or what is done for a quiet receiver.
    init(
        loop: EventLoop, log: Logger,
        heard: @escaping (_ frame: RadioFrame, _ receiver: String) -> Void,
        changed: @escaping () -> Void
    ) {
        self.loop = loop
        self.log = log
        self.heard = heard
        self.changed = changed
    }

    var names: [String] { listening.keys.sorted() }
    var statistics: [String: ReceiverStatistics] { receivers.mapValues(\.statistics) }

    /// Not before signals are blocked: libusb has a thread of its own.
    func start(_ settings: ReceiverSettings) {
        guard receivers[settings.name] == nil else { return }
        listening[settings.name] = false
        var announcements = ReceiverAnnouncements(name: settings.name)
        let receiver = settings.makeReceiver(
            on: loop, usb: settings.input == nil ? openUSB() : nil
        ) { [weak self] event in
            guard let self else { return }
            log.say(announcements.line(for: event))
            switch event {
            case .frame(let frame): heard(frame, settings.name)
            case .listening: note(settings.name, isListening: true)
            case .lost, .failed, .finished: note(settings.name, isListening: false)
            case .recovering, .recovered: changed()
            case .waiting, .skipped, .notice, .notReset: break
            }
        }
        receivers[settings.name] = receiver
        receiver.start()
    }

    func stop(_ name: String) {
        receivers.removeValue(forKey: name)?.stop()
        listening[name] = nil
    }

    func stop() { for receiver in receivers.values { receiver.stop() } }
    func pause() { for receiver in receivers.values { receiver.pause() } }
    func resume() { for receiver in receivers.values { receiver.resume() } }

    private func openUSB() -> USBDevices? {
        if usb == nil {
            do { usb = try USBDevices(loop: loop) } catch { log.info("\(error)") }
        }
        return usb
    }

    private func note(_ name: String, isListening: Bool) {
        guard listening[name] != nil else { return }
        listening[name] = isListening
        changed()
    }
}
