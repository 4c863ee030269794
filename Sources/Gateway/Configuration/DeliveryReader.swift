// `qos` and `retain` below `mqtt`: how each kind of message is sent.
extension ConfigurationReader {
    func delivery(_ parent: KeyGroup<MQTTKey>, _ settings: MQTTSettings) -> Delivery {
        var delivery = Delivery()
        if let group = kinds(parent, .quality) {
            for kind in Delivery.Kind.allCases {
                guard let quality = group.number(kind, in: 0...2) else { continue }
                // 1 is what nothing written means.
                if quality != 1 { delivery.quality[kind] = Int32(quality) }
                if quality == 0, kind == .readings || kind == .forward {
                    group.add(
                        .warning, at: kind,
                        "with 0 messages are lost whenever the connection is: write 1 to keep them")
                }
                if quality == 0, kind == .status || kind == .discovery, settings.homeAssistant {
                    group.add(
                        at: kind,
                        "with 0 a message may be lost that Home Assistant needs: write 1 or 2, or "
                            + "'ha_enabled: false'")
                }
            }
        }
        if let group = kinds(parent, .retain) {
            for kind in Delivery.Kind.allCases {
                guard let retained = group.bool(kind) else { continue }
                delivery.retained[kind] = retained
                switch kind {
                case .status, .discovery:
                    if !retained, settings.homeAssistant {
                        group.add(
                            at: kind,
                            "Home Assistant would lose the meters at its next start: write true, "
                                + "or 'ha_enabled: false'")
                    }
                case .raw, .forward:
                    if retained {
                        group.add(
                            at: kind,
                            "all meters share this topic, so the broker would keep that of one "
                                + "alone: take this line out")
                    }
                case .readings: break
                }
            }
        }
        return delivery
    }

    private func kinds(
        _ parent: KeyGroup<MQTTKey>, _ key: MQTTKey
    ) -> KeyGroup<Delivery.Kind>? {
        parent.value(key).flatMap {
            KeyGroup<Delivery.Kind>($0, path: parent.path(key), faults: faults)
        }
    }
}
