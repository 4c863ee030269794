import Decoder
import Wire

/// The meters that were heard, to find one's own among them: by signal, since one's own is near.
public struct HeardMeters {
    /// What is known of one.
    public struct Meter: Sendable {
        public var telegram: HeardTelegram
        /// What the configuration calls it.
        public var name: String?
        /// In dBm, over the last telegrams; nil where no receiver tells.
        public var signal: Double?
        public var telegrams: UInt64 = 0
        public var lastHeard: WallTime
        /// Its total, where the telegram could be opened: `28504.27 m³`.
        public var total: String?
        /// Whether its telegrams could be opened.
        public var isOpen = false
    }

    /// So many, then the one that was silent longest is forgotten.
    static let limit = 2000

    private let filter: MeterFilter
    private let configured: [MeterSettings]
    private let decoder = OfflineDecoder()
    private var meters: [MeterAddress: Meter] = [:]
    /// Frames that were damaged.
    public private(set) var damaged: UInt64 = 0
    /// Meters whose total could not be compared, as they are encrypted.
    public var locked: Int { meters.values.count { !$0.isOpen } }

    /// Whether only meters that show a certain total are wanted.
    public var isComparing: Bool { filter.total != nil }

    /// - Parameter configured: whose keys are used, and whose names shown.
    public init(filter: MeterFilter = MeterFilter(), configured: [MeterSettings] = []) {
        self.filter = filter
        self.configured = configured
    }

    /// Takes a frame in.
    ///
    /// - Returns: its meter, if the filter lets it through.
    /// - Throws: `LinkLayerError` for a damaged frame.
    @discardableResult
    public mutating func hear(_ frame: RadioFrame, at time: WallTime) throws(LinkLayerError)
        -> Meter?
    {
        let telegram: HeardTelegram
        do { telegram = try HeardTelegram(frame) } catch {
            damaged &+= 1
            throw error
        }
        guard filter.passes(telegram.meter) else { return nil }
        let address = telegram.meter
        let settings = configured.first { $0.selector.match(address) != nil }
        var meter = meters[address] ?? Meter(telegram: telegram, lastHeard: time)
        meter.telegram = telegram
        meter.name = settings?.name
        meter.telegrams &+= 1
        meter.lastHeard = time
        if let strength = frame.signalStrength {
            meter.signal = meter.signal.map { $0 + (strength - $0) / 4 } ?? strength
        }
        let reading = try? decoder.reading(
            of: frame.octets, format: frame.format, key: settings?.key)
        if let reading {
            meter.isOpen = true
            meter.total = Self.total(of: reading) ?? meter.total
        }
        meters[address] = meter
        if meters.count > Self.limit,
            let oldest = meters.min(by: { $0.value.lastHeard < $1.value.lastHeard })
        {
            meters[oldest.key] = nil
        }
        guard let wanted = filter.total else { return meter }
        guard let reading, wanted.isIn(reading) else {
            // Another value than before: not the one.
            if reading != nil { meters[address] = nil }
            return nil
        }
        return meter
    }

    /// Those that pass, the strongest first; without a signal strength last, the busiest first.
    public var byStrength: [Meter] {
        meters.values.filter { filter.total == nil || $0.isOpen }.sorted { left, right in
            (left.signal ?? -1000, left.telegrams, right.telegram.meter.packed)
                > (right.signal ?? -1000, right.telegrams, left.telegram.meter.packed)
        }
    }

    /// The present total of what people pay for.
    private static func total(of reading: Reading) -> String? {
        for record in reading.records where record.storageNumber == 0 && record.tariff == 0 {
            guard record.function == .instantaneous, case .number(let value) = record.value else {
                continue
            }
            let (number, unit) = PublishedUnits.decided.published(value, of: record)
            switch unit {
            case .cubicMetre, .kilowattHour, .megajoule: return "\(number) \(unit.rawValue)"
            case _ where record.quantity == .hcaUnits: return "\(number) units"
            default: continue
            }
        }
        return nil
    }
}
