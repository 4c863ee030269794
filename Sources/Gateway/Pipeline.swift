import Decoder
import Receivers
import Wire

/// Step 4 to 7: from a frame to the reading of a configured meter that can be believed. No clock,
/// no log, no port.
public struct Pipeline {
    public typealias Instant = ContinuousClock.Instant

    public private(set) var meters: [MeterSettings]
    public private(set) var counters = Counters()
    /// Names of meters that were heard and whose id begins with another type than theirs.
    public private(set) var typeDiffersIn: Set<String> = []
    /// What was learned of configured meters; of others nothing is kept.
    public private(set) var memory = MeterMemory()
    private var directory: MeterDirectory
    private var duplicates: DuplicateFilter
    private var isDecoderOfFleet = false
    private let decoder = TelegramDecoder()
    private var catalogue: MeterCatalogue
    /// The latest time of any frame: fragments want a clock that never goes back.
    private var latest: UInt64 = 0

    /// - Parameter isDecoderOfFleet: whether telegrams come from many gateways that are not known by
    ///   name, 20,000 in a second.
    public init(
        meters: [MeterSettings], catalogue: MeterCatalogue = MeterCatalogue(),
        isDecoderOfFleet: Bool = false
    ) {
        duplicates = DuplicateFilter()
        self.meters = meters
        self.catalogue = catalogue
        directory = MeterDirectory(meters.map(\.selector))
        join(isDecoderOfFleet: isDecoderOfFleet)
    }

    /// Becomes a fleet's decoder, or ceases to be one. Transmissions that are remembered stay so.
    mutating func join(isDecoderOfFleet: Bool) {
        self.isDecoderOfFleet = isDecoderOfFleet
        duplicates.awaitsOthers = isDecoderOfFleet
        duplicates.limits = isDecoderOfFleet ? .fleet : .house
    }

    /// Names what is read after this catalogue from now on.
    mutating func use(_ catalogue: MeterCatalogue) { self.catalogue = catalogue }

    /// Reads these meters from now on. What was learned of those that stay is kept, and so are
    /// transmissions that wait for copies; what is known of others is forgotten.
    public mutating func configure(_ meters: [MeterSettings]) {
        self.meters = meters
        directory.configure(meters.map(\.selector))
        forgetOthers()
        let names = Set(meters.map(\.name))
        typeDiffersIn.formIntersection(names)
        counters.forgetMeters { !names.contains($0) }
    }

    private mutating func forgetOthers() {
        let selectors = meters.map(\.selector)
        memory.forget { address in !selectors.contains { $0.match(address) != nil } }
    }

    // MARK: Frames of sticks

    /// The names of the receivers that listen at the moment: a transmission waits for the copies of
    /// all of them, but not for long.
    public var listening: Set<String> {
        get { duplicates.awaited }
        set {
            // What was silence of a receiver is none of a meter's.
            if !duplicates.awaited.isSubset(of: newValue) { memory.interrupted() }
            duplicates.awaited = newValue
        }
    }

    /// The names of receivers that may hand over one transmission twice.
    public var repeating: Set<String> {
        get { duplicates.repeating }
        set { duplicates.repeating = newValue }
    }

    /// When `release` wants to be called; nil while no transmission waits for copies.
    public var nextRelease: Instant? { duplicates.nextDue }

    /// All transmissions that wait for copies: there will be nobody to wait for them.
    mutating func releaseAll(at time: WallTime, instant: Instant) -> [Heard] {
        duplicates.awaited = []
        duplicates.awaitsOthers = false
        return release(at: time, instant: instant)
    }

    /// Takes a frame of one receiver.
    ///
    /// - Parameters:
    ///   - receiver: its name in the configuration.
    ///   - instant: the same moment as `time`, on the clock that nobody sets.
    ///   - heardAt: when it was heard, if it took a while to come here; nil: at `time`.
    /// - Returns: the transmissions that are complete now.
    public mutating func receive(
        _ frame: consuming RadioFrame, from receiver: String, at time: WallTime, instant: Instant,
        heardAt: WallTime? = nil
    ) -> [Heard] {
        let mode = frame.linkMode
        let strength = frame.signalStrength
        let claimed = MeterAddress(claimedBy: frame)
        let link: LinkLayerFrame
        do { link = try LinkLayerFrame(parsing: frame) } catch {
            counters.count(.damaged(error), from: receiver, at: time)
            let reception = Transmission.Reception(
                receiver: receiver, copies: 1, signalStrength: strength)
            return [
                Heard(
                    outcome: .damaged(error), time: time, receptions: [reception], claimed: claimed)
            ]
        }
        let firsts = duplicates.tallies[receiver]?.firsts ?? 0
        let complete = duplicates.receive(
            link, linkMode: mode, signalStrength: strength, from: receiver, at: instant,
            heardAt: heardAt ?? time)
        // The first copy is counted with its transmission.
        if duplicates.tallies[receiver]?.firsts == firsts {
            counters.count(copyFrom: receiver)
        }
        return complete.map { heard($0, at: time, instant: instant) }
    }

    /// The transmissions whose copies were waited for long enough; to be called at `nextRelease`
    /// and when `listening` changed.
    public mutating func release(at time: WallTime, instant: Instant) -> [Heard] {
        duplicates.release(at: instant).map { heard($0, at: time, instant: instant) }
    }

    private mutating func heard(
        _ transmission: Transmission, at time: WallTime, instant: Instant
    ) -> Heard {
        let waited = transmission.firstHeard.duration(to: instant)
        let id = isDecoderOfFleet ? TransmissionID(transmission.frame) : nil
        var heard = heard(
            transmission.frame, at: transmission.heardAt ?? time - waited,
            instant: transmission.firstHeard)
        heard.receptions = transmission.receptions
        heard.transmission = id
        if isDecoderOfFleet { heard.firstHeard = transmission.firstHeard }
        counters.count(
            heard.outcome, from: transmission.receptions.first?.receiver ?? "", at: heard.time)
        return heard
    }

    // MARK: Telegrams of other programs

    /// Does all that can be done with a telegram that came from `source`, which is no stick: no
    /// copies of it are waited for.
    public mutating func take(
        _ frame: consuming RadioFrame, from source: String, at time: WallTime,
        instant: Instant = .now
    ) -> Heard {
        let strength = frame.signalStrength
        let claimed = MeterAddress(claimedBy: frame)
        var heard: Heard
        do {
            heard = self.heard(try LinkLayerFrame(parsing: frame), at: time, instant: instant)
        } catch {
            heard = Heard(
                outcome: .damaged(error), time: time, receptions: [], claimed: claimed)
        }
        heard.receptions = [
            Transmission.Reception(receiver: source, copies: 1, signalStrength: strength)
        ]
        counters.count(heard.outcome, from: source, at: time)
        return heard
    }

    /// The outcome alone.
    public mutating func process(
        _ frame: consuming RadioFrame, from source: String, at time: WallTime
    ) -> Outcome {
        take(frame, from: source, at: time).outcome
    }

    /// Counts a message of another program that holds no telegram.
    mutating func count(_ error: TelegramMessageError) { counters.count(error) }

    // MARK: Both

    private mutating func heard(
        _ link: consuming LinkLayerFrame, at time: WallTime, instant: Instant
    ) -> Heard {
        let outcome = outcome(of: link, at: time)
        guard case .reading(let meter, let reading) = outcome else {
            return Heard(outcome: outcome, time: time, receptions: [])
        }
        let address = reading.telegram.meter
        let judgement = memory.update(address, at: time.seconds) { state in
            state.judge(reading, at: time.seconds, instant: instant)
        }
        let judged: Outcome =
            switch judgement.decision {
            case .publish: outcome
            case .hold(let findings): .held(meter, reading, findings)
            case .refuse(let reason): .replayed(meter, address, reason)
            }
        return Heard(outcome: judged, notices: judgement.notices, time: time, receptions: [])
    }

    private mutating func outcome(of link: consuming LinkLayerFrame, at time: WallTime) -> Outcome {
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

// What outlasts a restart
extension Pipeline {
    /// What was learned of meters, for the state file.
    public var learned: StateSections {
        ["meters": memory.encode(), "formats": FormatsCoding.octets(of: decoder.formats)]
    }

    /// Takes up what `learned` was before; meters that are not configured any more are forgotten.
    ///
    /// - Returns: the names of sections that cannot be read.
    public mutating func restore(_ sections: StateSections) -> [String] {
        var unreadable: [String] = []
        if let octets = sections["meters"] {
            if let found = MeterMemory(decoding: octets) {
                memory = found
            } else {
                unreadable.append("meters")
            }
            forgetOthers()
        }
        if let octets = sections["formats"] {
            if let found = FormatsCoding.formats(of: octets) {
                decoder.formats = found
            } else {
                unreadable.append("formats")
            }
        }
        return unreadable
    }
}
