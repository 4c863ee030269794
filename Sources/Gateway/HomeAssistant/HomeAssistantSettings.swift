import Receivers

extension HomeAssistantPublisher {
    /// What of the configuration Home Assistant is told about.
    public struct Settings: Equatable, Sendable {
        public var isEnabled: Bool
        public var form: DiscoveryForm
        public var units: PublishedUnits
        public var topics: Topics
        public var meters: [MeterSettings]
        /// Names.
        public var receivers: [String]

        public init(
            isEnabled: Bool = true, form: DiscoveryForm = .devices,
            units: PublishedUnits = .decided, topics: Topics, meters: [MeterSettings],
            receivers: [String] = []
        ) {
            self.isEnabled = isEnabled
            self.form = form
            self.units = units
            self.topics = topics
            self.meters = meters
            self.receivers = receivers
        }

        init(_ configuration: Configuration, _ topics: Topics) {
            self.init(
                isEnabled: configuration.mqtt.homeAssistant, form: configuration.mqtt.discovery,
                units: configuration.mqtt.units, topics: topics, meters: configuration.meters,
                receivers: configuration.receivers.map(\.name))
        }
    }
}
