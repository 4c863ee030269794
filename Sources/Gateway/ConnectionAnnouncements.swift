import Logging
import Receivers
import Wire

/// Chooses what to say of the broker: changes, never the same error for every try.
struct BrokerAnnouncements {
    private let address: String
    /// The error that was told last and is not over.
    private var told: BrokerError?
    private var dropped: UInt64 = 0
    private var isDroppingTold = false
    private struct Refusal: Hashable { var topic, cause: String }
    private var refusals: Set<Refusal> = []
    /// So many refused topics are told.
    static let mostRefusals = 20

    init(address: String) { self.address = address }

    mutating func connected() -> Announcement? {
        isDroppingTold = false
        // While two programs fight over a client id each connection is a short one.
        if case .takenOver = told { return nil }
        told = nil
        return Announcement(.info, "Connected to the broker at \(address).")
    }

    mutating func disconnected(_ error: BrokerError) -> Announcement? {
        if case .takenOver = told, case .lost = error { return nil }
        guard error != told else { return nil }
        told = error
        return Announcement(.warning, error.description)
    }

    /// A connection lasted: whatever was told is over.
    mutating func isStable() { told = nil }

    /// The broker takes no messages on `topic`: said once for each, and of the first topics alone.
    mutating func refused(_ topic: String, _ what: String, because cause: String) -> Announcement? {
        guard refusals.count < Self.mostRefusals,
            refusals.insert(Refusal(topic: topic, cause: cause)).inserted
        else { return nil }
        let last = refusals.count == Self.mostRefusals
        return Announcement(
            .warning,
            "\(what) on '\(ShownText.withoutControls(topic))': \(cause)."
                + (last ? " More of this kind are counted and not told." : ""))
    }

    /// So many messages were given up until now because too many waited: said once for each time
    /// without a connection.
    mutating func dropped(_ count: UInt64) -> Announcement? {
        defer { dropped = count }
        guard count > dropped, !isDroppingTold else { return nil }
        isDroppingTold = true
        return Announcement(
            .warning,
            "More messages wait for the broker at \(address) than can be kept: older ones are"
                + " dropped. Check that the broker runs and keeps up.")
    }
}

/// Chooses what to say of one receiver: changes, never the same error for every try.
public struct ReceiverAnnouncements {
    private let name: String
    private var told: StickError?
    private var notices: Set<StickNotice> = []
    /// Whether an input was opened, and no telegram came since.
    private var isUnproven = false
    /// That such a one is open again, to be told with the next telegram.
    private var untold: Announcement?

    public init(name: String) { self.name = name }

    public mutating func line(for event: ReceiverEvent) -> Announcement? {
        switch event {
        case .listening(let identity) where identity.modes.isEmpty:
            let opened = line(.info, "\(identity.kind) (\(identity.port)) is open.")
            guard !isUnproven else {
                untold = opened
                return nil
            }
            (told, isUnproven) = (nil, true)
            return opened
        case .listening(let identity):
            told = nil
            let modes = identity.modes.sorted().map { $0.rawValue.uppercased() }
            return line(
                .info,
                "\(identity.model ?? identity.kind.description) on \(identity.port) listens for "
                    + modes.joined(separator: " and ")
                    + (identity.firmware.map { ", firmware \($0)" } ?? "") + ".")
        case .lost(let error), .waiting(let error, _):
            guard told != error else { return nil }
            // That it is not there follows from that it was unplugged.
            if case .unplugged(let port) = told, error == .absent(port: port) { return nil }
            told = error
            return line(.warning, error.description)
        case .failed(let error): return line(.error, error.description)
        case .finished(let place): return line(.info, "\(place) was read to its end.")
        case .notice(let notice):
            guard notices.insert(notice).inserted else { return nil }
            return line(.warning, notice.description)
        case .skipped(let octets, let reason):
            return line(.debug, "\(octets) octets passed over (\(reason)).")
        case .recovering(let step, let silence):
            return line(
                step.isDisruptive ? .warning : .debug,
                "nothing was heard for \(Self.text(silence)): \(Self.text(step)).")
        case .recovered(let silence, let step):
            return line(
                .info,
                "telegrams come again, after \(Self.text(silence)); what helped: "
                    + Self.text(step) + ".")
        case .notReset(let error): return line(.warning, error.description)
        case .frame:
            isUnproven = false
            guard let opened = untold else { return nil }
            (told, untold) = (nil, nil)
            return opened
        }
    }

    /// What is done, for people.
    private static func text(_ step: RecoveryStep) -> String {
        switch step {
        case .askStatus: "asking the stick whether it is there"
        case .reconfigure: "setting the stick up again"
        case .resetStick: "restarting the stick by its own command"
        case .reopen: "closing its port and opening it again"
        case .resetUSB: "resetting its USB device"
        }
    }

    /// `40 s`, `5 min`, `13 h`.
    private static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        return seconds < 120
            ? "\(seconds) s" : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }

    private func line(_ level: Announcement.Level, _ text: String) -> Announcement {
        Announcement(level, "Receiver '\(name)': \(text)")
    }
}
