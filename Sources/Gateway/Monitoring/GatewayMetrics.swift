import Receivers

/// All that `/metrics` tells, at one moment; `docs/monitoring.md` explains each.
struct GatewayMetrics {
    var now = WallTime.now
    var instant = ContinuousClock.now
    var meters: [MeterSettings] = []
    /// Whether meters' ids are written whole.
    var hasWholeIDs = false
    var counters = Counters()
    var history = MeterHistory()
    /// By receiver's name, of the last telegram.
    var signals: [String: Double] = [:]
    /// What was learned of meters, with the interval in which each sends.
    var memory = MeterMemory()
    var receivers: [String: ReceiverStatistics] = [:]
    var broker = BrokerFacts()
    var http = HTTPStatistics()
    var process = ProcessFacts()

    /// The connection to the broker, and what goes over it.
    struct BrokerFacts: Equatable, Sendable {
        var isConnected = false
        var published: UInt64 = 0
        var dropped: UInt64 = 0
        var waiting = 0
        var waitingOctets = 0
    }

    var text: [UInt8] {
        var text = MetricsText()
        appendBuild(to: &text)
        appendReceivers(to: &text)
        appendTelegrams(to: &text)
        appendMeters(to: &text)
        appendBroker(to: &text)
        appendServer(to: &text)
        appendProcess(to: &text)
        return text.octets
    }

    private func appendBuild(to text: inout MetricsText) {
        text.begin("oms2mqtt_build_info", .gauge, "Always 1; the program's version.")
        text.sample(1, ("version", Product.version))
    }

    private func appendReceivers(to text: inout MetricsText) {
        let receivers = receivers.sorted { $0.key < $1.key }
        text.begin("oms2mqtt_receiver_listening", .gauge, "Whether the receiver listens: 1 or 0.")
        for (name, state) in receivers {
            text.sample(state.isListening ? 1 : 0, ("receiver", name))
        }
        text.begin(
            "oms2mqtt_receiver_telegrams_total", .counter,
            "Telegrams heard, damaged ones and copies too.")
        for (name, state) in receivers { text.sample(state.frames, ("receiver", name)) }
        text.begin(
            "oms2mqtt_receiver_damaged_telegrams_total", .counter,
            "Telegrams whose check sums or lengths do not fit.")
        for (name, _) in receivers {
            text.sample(counters.damagedByReceiver[name, default: 0], ("receiver", name))
        }
        text.begin(
            "oms2mqtt_receiver_skipped_bytes_total", .counter,
            "Octets between stick and computer that belong to no message.")
        for (name, state) in receivers {
            for reason in SkipReason.allCases {
                text.sample(
                    state.skippedOctets[reason, default: 0], ("receiver", name),
                    ("reason", reason.name))
            }
        }
        text.begin(
            "oms2mqtt_receiver_recoveries_total", .counter,
            "Steps taken to bring a silent stick back.")
        for (name, state) in receivers {
            for step in RecoveryStep.allCases {
                text.sample(
                    state.recoveries[step, default: 0], ("receiver", name), ("step", step.name))
            }
        }
        text.begin(
            "oms2mqtt_receiver_losses_total", .counter,
            "How often the receiver was lost while it listened.")
        for (name, state) in receivers { text.sample(state.losses, ("receiver", name)) }
        text.begin(
            "oms2mqtt_receiver_last_telegram_timestamp_seconds", .gauge,
            "When the last telegram was heard, in seconds since 1970.")
        for (name, state) in receivers {
            text.sample(state.lastFrame.map(seconds), ("receiver", name))
        }
        text.begin(
            "oms2mqtt_receiver_signal_dbm", .gauge, "How strongly the last telegram was heard.")
        for (name, _) in receivers {
            text.sample(signals[name], ("receiver", name))
        }
    }

    private func appendTelegrams(to text: inout MetricsText) {
        text.begin(
            "oms2mqtt_telegrams_total", .counter,
            "Telegrams by what became of them; copies of one that was heard before are outcome copy."
        )
        for (outcome, count) in counters.byOutcome.sorted(by: { $0.key < $1.key }) {
            text.sample(count, ("outcome", outcome))
        }
        text.begin(
            "oms2mqtt_refused_inputs_total", .counter,
            "Messages on the input topic that hold no telegram.")
        for (reason, count) in counters.refusedInputs.sorted(by: { $0.key < $1.key }) {
            text.sample(count, ("reason", reason))
        }
    }

    private func appendMeters(to text: inout MetricsText) {
        let known = meters.map { (settings: $0, counts: counters.byMeter[$0.name]) }
        text.begin(
            "oms2mqtt_meter_readings_total", .counter, "Readings of the meter that were published.")
        for (meter, counts) in known {
            text.sample(counts?.readings ?? 0, ("meter", meter.name), ("id", id(meter)))
        }
        text.begin(
            "oms2mqtt_meter_unpublished_telegrams_total", .counter,
            "Telegrams of the meter that gave no reading to publish, by reason.")
        for (meter, _) in known {
            for occurrence in (history.meters[meter.name]?.all ?? []).sorted(by: {
                $0.code < $1.code
            })
            where occurrence.code != "reading" {
                text.sample(
                    occurrence.count, ("meter", meter.name), ("id", id(meter)),
                    ("reason", occurrence.code))
            }
        }
        text.begin(
            "oms2mqtt_meter_last_telegram_timestamp_seconds", .gauge,
            "When the meter was last heard, in seconds since 1970.")
        for (meter, counts) in known {
            text.sample(counts?.lastHeard.seconds, ("meter", meter.name), ("id", id(meter)))
        }
        text.begin(
            "oms2mqtt_meter_last_reading_timestamp_seconds", .gauge,
            "When the meter's last reading was heard, in seconds since 1970.")
        for (meter, counts) in known {
            text.sample(counts?.lastReading?.seconds, ("meter", meter.name), ("id", id(meter)))
        }
        text.begin(
            "oms2mqtt_meter_interval_seconds", .gauge,
            "How often the meter usually sends, once that is learned.")
        for (meter, counts) in known {
            let learned = counts?.address.flatMap { memory[$0]?.interval.interval }
            text.sample(
                learned.map { Double($0 / .milliseconds(1)) / 1000 }, ("meter", meter.name),
                ("id", id(meter)))
        }
        text.begin(
            "oms2mqtt_meter_signal_dbm", .gauge,
            "How strongly the meter's last telegram was heard, by the receiver that heard it best.")
        for (meter, _) in known {
            let strengths = history.meters[meter.name]?.receptions.compactMap(\.signalStrength)
            text.sample(strengths?.max(), ("meter", meter.name), ("id", id(meter)))
        }
    }

    private func appendBroker(to text: inout MetricsText) {
        text.begin("oms2mqtt_mqtt_connected", .gauge, "Whether the broker is connected: 1 or 0.")
        text.sample(broker.isConnected ? 1 : 0)
        text.begin(
            "oms2mqtt_mqtt_published_messages_total", .counter,
            "Messages that the broker has acknowledged.")
        text.sample(broker.published)
        text.begin(
            "oms2mqtt_mqtt_dropped_messages_total", .counter,
            "Messages given up because too many waited, or the broker does not take them.")
        text.sample(broker.dropped)
        text.begin("oms2mqtt_mqtt_waiting_messages", .gauge, "Messages that wait for the broker.")
        text.sample(broker.waiting)
        text.begin(
            "oms2mqtt_mqtt_outbox_bytes", .gauge,
            "What kept readings take that wait for the broker, in memory and on disk.")
        text.sample(broker.waitingOctets)
    }

    private func appendServer(to text: inout MetricsText) {
        text.begin(
            "oms2mqtt_http_answers_total", .counter, "Requests to the web server by their answer.")
        for (status, count) in http.answered.sorted(by: { $0.key < $1.key }) {
            text.sample(count, ("status", "\(status)"))
        }
        text.begin("oms2mqtt_http_connections", .gauge, "Connections that are open now.")
        text.sample(http.connections)
        text.begin(
            "oms2mqtt_http_refused_connections_total", .counter,
            "Connections closed at once because there were too many.")
        text.sample(http.refusedConnections)
        text.begin(
            "oms2mqtt_http_timed_out_connections_total", .counter,
            "Connections closed because no whole request came in time.")
        text.sample(http.timedOut)
    }

    private func appendProcess(to text: inout MetricsText) {
        text.begin(
            "process_resident_memory_bytes", .gauge, "Memory that the program has in use.")
        text.sample(process.residentMemory)
        text.begin("process_cpu_seconds_total", .counter, "Processor time that it has used.")
        text.sample(process.processorTime)
        text.begin("process_open_fds", .gauge, "Files and sockets that it has open.")
        text.sample(process.openDescriptors)
        text.begin(
            "process_start_time_seconds", .gauge, "When it was started, in seconds since 1970.")
        text.sample(process.started)
    }

    private func id(_ meter: MeterSettings) -> String {
        hasWholeIDs ? meter.id : Privacy.shortened(meter.id)
    }

    /// A moment of the clock that nobody sets, on the world's.
    private func seconds(_ moment: ContinuousClock.Instant) -> Int64 {
        (now - moment.duration(to: instant)).seconds
    }
}
