import Receivers
import Wire

/// Reads what comes on the topics that telegrams are taken from: the telegram, and who heard it
/// when. Pure.
struct TelegramInputs {
    struct Telegram {
        var frame: RadioFrame
        /// Whose it is in counters and readings, as a receiver's name.
        var receiver: String
        var time: WallTime
    }

    /// So many names of receivers are told apart; whoever may publish could invent any number.
    static let mostNames = 1000
    static let namelessReceiver = "others"
    /// Of telegrams on the program's own input that do not tell who heard them.
    static let nameOfOwnInput = "oms_input"

    /// A message may have waited at the broker for so many seconds; another clock may be ahead by a
    /// few.
    private static let oldest: Int64 = 7 * 86_400
    private static let mostAhead: Int64 = 10

    /// This program's name at the broker: what it handed on does not come in again.
    let ownName: String
    private(set) var names: Set<String> = []

    init(ownName: String) { self.ownName = ownName }

    /// - Parameters:
    ///   - filter: the subscription that `topic` came by. The receiver's name is what stands where
    ///     it has wildcards, together with the one that the message tells; without both it is the
    ///     topic's last level.
    mutating func read(
        _ payload: [UInt8], on topic: String, by filter: TopicFilter, at now: WallTime
    ) throws(TelegramMessageError) -> Telegram {
        let message = try TelegramMessage(payload)
        if message.gateway == ownName { throw .ownTelegram }
        let parts = [
            filter.wildcards(of: topic), message.gateway, message.receiver,
        ].compactMap(\.self)
        var name = parts.filter { !$0.isEmpty }.joined(separator: "/")
        if name.isEmpty { name = String(topic.split(separator: "/").last ?? "") }
        name = String(name.prefix(128))
        if !names.contains(name) {
            if names.count < Self.mostNames {
                names.insert(name)
            } else {
                name = Self.namelessReceiver
            }
        }
        return Telegram(
            frame: message.frame, receiver: name, time: Self.time(message.time, now) ?? now)
    }

    /// The time that a message tells, if it can be true.
    private static func time(_ told: Duration?, _ now: WallTime) -> WallTime? {
        guard let (seconds, attoseconds) = told?.components,
            (now.seconds - oldest...now.seconds + mostAhead).contains(seconds)
        else { return nil }
        return WallTime(
            seconds: seconds, nanoseconds: UInt32(clamping: attoseconds / 1_000_000_000))
    }
}
