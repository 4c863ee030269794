/// What of the program itself Home Assistant is told: a device with how it is.
///
/// In a fleet that hangs on another one, which stands for all of them. It has the id that a program
/// alone would have, and meters hang on it whichever decoder reads them. So a fleet may grow out of
/// a program that was alone, and meters stay what they are.
struct ProgramDevices: Equatable, Sendable {
    /// What meters hang on: the fleet, or the program where it is alone.
    var hub: DiscoveredDevice
    /// The program, in a fleet.
    var member: DiscoveredDevice?

    var all: [DiscoveredDevice] { [hub] + [member].compactMap(\.self) }
    /// The program, in a fleet and alone.
    var own: DiscoveredDevice { member ?? hub }

    init(_ settings: HomeAssistantPublisher.Settings) {
        let device = GatewayHealth.device(
            receivers: settings.receivers, topics: settings.topics, member: settings.member)
        guard settings.member != nil else {
            hub = device
            return
        }
        hub = Self.fleet(settings.topics)
        member = device
    }

    private static func fleet(_ topics: Topics) -> DiscoveredDevice {
        DiscoveredDevice(
            id: GatewayHealth.hubID(topics), name: Product.name, manufacturer: Product.name,
            model: "Fleet for wireless M-Bus", stateTopic: topics.service, availability: [],
            entities: [
                Entity(
                    key: "decoders", platform: .binarySensor, name: "Decoders",
                    deviceClass: .connectivity,
                    template: "{{ 'ON' if value == 'online' else 'OFF' }}", isDiagnostic: true,
                    isEnabled: true)
            ])
    }
}
