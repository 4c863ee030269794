/// How strongly the last telegrams were heard, in dBm.
struct SignalStrengths: Equatable, Sendable {
    /// By receiver's name; none for those that do not tell.
    private(set) var byReceiver: [String: Double] = [:]
    /// By configured meter's name, of the receiver that heard it best.
    private(set) var byMeter: [String: Double] = [:]

    mutating func note(_ heard: Heard) {
        for reception in heard.receptions {
            if let strength = reception.signalStrength { byReceiver[reception.receiver] = strength }
        }
        if let meter = heard.outcome.meter {
            byMeter[meter.name] = heard.receptions.compactMap(\.signalStrength).max()
        }
    }
}
