/// A device that is none of the wireless meters: another part of the program knows it, and Home
/// Assistant is told of it in the same way.
struct OtherDevice {
    var device: DiscoveredDevice
    /// The last state, and when it is too old to be said again.
    var lastState: MQTTMessage?
    var staleFrom: HomeAssistantPublisher.Instant?
}

extension HomeAssistantPublisher {
    /// Home Assistant is told of so many at most.
    private static let mostOthers = 500

    /// What is known of a device that was not heard since the program was started, or not under
    /// these topics. To be called before `connected`.
    mutating func know(_ device: DiscoveredDevice) {
        guard others[device.id] != nil || others.count < Self.mostOthers else { return }
        others[device.id] = OtherDevice(device: device)
    }

    /// These devices are taken back where the broker still has them.
    mutating func forget(_ ids: [String], at now: Moment = Moment()) -> [Action] {
        guard !ids.isEmpty else { return [] }
        gone.formUnion(ids)
        for id in ids {
            others[id] = nil
            statesDue[id] = nil
        }
        return isConnected ? look(at: now) : []
    }

    /// Another device was heard.
    ///
    /// - Parameters:
    ///   - device: all that is known of it now.
    ///   - json: what goes to its state topic.
    mutating func heard(
        _ device: DiscoveredDevice, json: [UInt8], at now: Moment = Moment()
    ) -> [Action] {
        guard settings.isEnabled else { return [] }
        let before = others[device.id]
        guard before != nil || others.count < Self.mostOthers else { return [] }
        let state = MQTTMessage(topic: device.stateTopic, payload: json)
        gone.remove(device.id)
        others[device.id] = OtherDevice(
            device: device, lastState: state,
            staleFrom: device.expireAfter.map { now.instant + .seconds($0) })
        let isChanged = before?.device != device
        let actions: [Action] = isChanged ? [.remember] : []
        // While the scan runs, all will be announced anyway.
        guard isConnected, scan == nil else { return actions }
        return actions + (isChanged ? announce(device, at: now) : []) + [.publish(state)]
    }

    /// What of a device is fresh enough to be said again, oldest first.
    func lastStates(of id: String, at now: Moment) -> [MQTTMessage] {
        if let meter = meters[id] { return meter.lastStates.messages(at: now.instant) }
        guard let other = others[id], let stale = other.staleFrom, now.instant < stale,
            let state = other.lastState
        else { return [] }
        return [state]
    }
}
