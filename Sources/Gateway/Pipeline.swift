import Decoder
import Wire

/// What became of one frame: exactly one of these for each.
public enum Outcome: Equatable, Sendable {
    /// A configured meter's telegram, opened and read.
    case reading(MeterSettings, Reading)
    /// No frame, or a damaged one.
    case damaged(LinkLayerError)
    /// A meter that is not configured, and whether its telegram is encrypted.
    case notConfigured(MeterAddress, encrypted: Bool)
    /// Two meters fit one configured id, or one meter fits two of them (their names).
    case ambiguous(meters: [String], addresses: [MeterAddress])
    /// A configured meter's telegram that gives no reading.
    case notRead(MeterSettings, MeterAddress, TelegramError)

    /// A short name for counters.
    public var code: String {
        switch self {
        case .reading: "reading"
        case .damaged(let error): error.code
        case .notConfigured: "not_configured"
        case .ambiguous: "ambiguous_meter"
        case .notRead(_, _, let error): error.code
        }
    }
}

/// Step 4 to 7: from a frame to the reading of a configured meter. No clock, no log, no port.
public struct Pipeline {
    public let meters: [MeterSettings]
    public private(set) var counters = Counters()
    /// Names of meters that were heard and whose id begins with another type than theirs.
    public private(set) var typeDiffersIn: Set<String> = []
    private var directory: MeterDirectory
    private let decoder = TelegramDecoder()
    private let catalogue: MeterCatalogue
    /// The latest time of any frame: fragments want a clock that never goes back.
    private var latest: UInt64 = 0

    public init(meters: [MeterSettings], catalogue: MeterCatalogue = MeterCatalogue()) {
        self.meters = meters
        self.catalogue = catalogue
        directory = MeterDirectory(meters.map(\.selector))
    }

    /// Does all that can be done with `frame`, which `receiver` heard at `time`.
    public mutating func process(
        _ frame: consuming RadioFrame, from receiver: String, at time: WallTime
    ) -> Outcome {
        let outcome = outcome(of: frame, at: time)
        counters.count(outcome, from: receiver, at: time)
        return outcome
    }

    /// Counts a payload of `oms_input` that holds no telegram.
    mutating func count(_ error: TelegramInputError) { counters.count(error) }

    private mutating func outcome(of frame: consuming RadioFrame, at time: WallTime) -> Outcome {
        let link: LinkLayerFrame
        do { link = try LinkLayerFrame(parsing: frame) } catch { return .damaged(error) }
        let sender = link.sender
        let headers: Result<TelegramHeaders, TelegramError> = Result {
            () throws(TelegramError) in try TelegramHeaders(parsing: link)
        }
        let address = (try? headers.get())?.meter ?? sender

        var found = directory.find(address, at: time.seconds)
        // A radio adapter sends for the meter that is behind it; either may be configured.
        if found == .none, sender != address { found = directory.find(sender, at: time.seconds) }
        switch found {
        case .none:
            return .notConfigured(address, encrypted: (try? headers.get())?.encryption != nil)
        case .ambiguous(let indices, let addresses):
            return .ambiguous(meters: indices.map { meters[$0].name }, addresses: addresses)
        case .meter(let index, let typeDiffers):
            let meter = meters[index]
            if typeDiffers { typeDiffersIn.insert(meter.name) }
            do throws(TelegramError) {
                return .reading(meter, try read(link, headers.get(), meter.key, at: time))
            } catch { return .notRead(meter, address, error) }
        }
    }

    private mutating func read(
        _ frame: consuming LinkLayerFrame, _ headers: TelegramHeaders, _ key: MeterKey?,
        at time: WallTime
    ) throws(TelegramError) -> Reading {
        latest = max(latest, UInt64(clamping: time.seconds))
        var reading = try decoder.reading(of: frame, headers: headers, key: key, now: latest)
        catalogue.apply(to: &reading)
        return reading
    }
}
