import Wire

/// When, by whom and how strongly a telegram was heard.
public struct Reception: Sendable {
    public var time: WallTime
    /// The one that heard it best.
    public var receiver: String?
    /// The strongest, in dBm.
    public var signalStrength: Double?
    /// All that heard it, if there are several: name and dBm.
    public var receivers: [(name: String, signalStrength: Double?)] = []

    public init(time: WallTime, receiver: String? = nil, signalStrength: Double? = nil) {
        self.time = time
        self.receiver = receiver
        self.signalStrength = signalStrength
    }

    /// Who heard a transmission.
    public init(_ heard: Heard) {
        let best = heard.receptions.max {
            $0.signalStrength ?? -.infinity < $1.signalStrength ?? -.infinity
        }
        self.init(time: heard.time, receiver: best?.receiver, signalStrength: best?.signalStrength)
        if heard.receptions.count > 1 {
            receivers = heard.receptions.map { ($0.receiver, $0.signalStrength) }
        }
    }

    func append(to json: inout JSONWriter) {
        json.key("received_at")
        json.string(time.description)
        if let receiver {
            json.key("receiver")
            json.string(receiver)
        }
        if let signalStrength {
            json.key("rssi_dbm")
            json.double(signalStrength)
        }
        guard !receivers.isEmpty else { return }
        json.key("receivers")
        json.beginObject()
        for receiver in receivers {
            json.key(receiver.name)
            if let strength = receiver.signalStrength {
                json.double(strength)
            } else {
                json.null()
            }
        }
        json.endObject()
    }
}
