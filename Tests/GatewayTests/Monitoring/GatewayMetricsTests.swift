import Decoder
import Glibc
import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// What `/metrics` says, and that Prometheus can read it.
@Suite struct GatewayMetricsTests {
    private func read(_ metrics: GatewayMetrics) throws -> ExpositionFormat {
        try ExpositionFormat(String(decoding: metrics.text, as: UTF8.self))
    }

    @Test func anIdleGatewaysMetricsCanBeRead() throws {
        let format = try read(GatewayMetrics())
        #expect(format.value("oms2mqtt_build_info", ["version": Product.version]) == 1)
        #expect(format.value("oms2mqtt_mqtt_connected") == 0)
        #expect(format.families.values.allSatisfy { $0.kind != "" })
    }

    /// Names are the user's, and may hold anything.
    @Test(arguments: [
        "plain", "a \"b\" \\ c", "line\nline", "Küche, {x=\"y\"}", "\\n", "\u{1F4A7}",
    ])
    func anyNameIsWrittenSoThatItIsReadAgain(name: String) throws {
        var metrics = GatewayMetrics()
        metrics.meters = [try MeterSettings(name: name, id: "12345678")]
        metrics.receivers = [name: ReceiverStatistics()]
        metrics.hasWholeIDs = true
        let format = try read(metrics)
        #expect(
            format.value("oms2mqtt_meter_readings_total", ["meter": name, "id": "12345678"]) == 0)
        #expect(format.value("oms2mqtt_receiver_telegrams_total", ["receiver": name]) == 0)
    }

    @Test func idsAreShortenedUnlessToldOtherwise() throws {
        var metrics = GatewayMetrics()
        metrics.meters = [GasMeter.settings()]
        let id = GasMeter.settings().id
        #expect(!String(decoding: metrics.text, as: UTF8.self).contains(id))
        metrics.hasWholeIDs = true
        #expect(String(decoding: metrics.text, as: UTF8.self).contains(id))
    }

    @Test func everyTelegramIsCounted() throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        var history = MeterHistory()
        pipeline.listening = ["cellar"]
        let start = ContinuousClock.now
        var good = RadioFrame(octets: try Hex.octets(GasMeter.formatA), format: .a)
        good.signalStrength = -71.5
        let damaged = RadioFrame(octets: Array(good.octets.dropLast(3)), format: .a)
        let frames = [good, damaged, good]
        for (place, frame) in frames.enumerated() {
            let instant = start + .seconds(10 * place)
            let time = WallTime(seconds: 1_795_000_000 + Int64(10 * place))
            for heard in pipeline.receive(frame, from: "cellar", at: time, instant: instant) {
                history.note(heard, meters: pipeline.meters)
            }
        }
        var metrics = GatewayMetrics()
        metrics.meters = pipeline.meters
        metrics.counters = pipeline.counters
        metrics.memory = pipeline.memory
        metrics.history = history
        metrics.signals = ["cellar": -80]
        var statistics = ReceiverStatistics()
        statistics.frames = 3
        statistics.isListening = true
        statistics.lastFrame = metrics.instant - .seconds(5)
        statistics.skippedOctets[.badChecksum] = 7
        statistics.recoveries[.resetStick] = 2
        metrics.receivers = ["cellar": statistics]
        metrics.now = WallTime(seconds: 1_795_000_100)
        let format = try read(metrics)
        let cellar = ["receiver": "cellar"]
        #expect(format.value("oms2mqtt_receiver_listening", cellar) == 1)
        #expect(format.value("oms2mqtt_receiver_telegrams_total", cellar) == 3)
        #expect(format.value("oms2mqtt_receiver_damaged_telegrams_total", cellar) == 1)
        #expect(
            format.value("oms2mqtt_receiver_last_telegram_timestamp_seconds", cellar)
                == 1_795_000_095)
        #expect(
            format.value(
                "oms2mqtt_receiver_skipped_bytes_total",
                ["receiver": "cellar", "reason": "bad_checksum"]) == 7)
        #expect(
            format.value(
                "oms2mqtt_receiver_recoveries_total",
                ["receiver": "cellar", "step": RecoveryStep.resetStick.name]) == 2)
        let gas = ["meter": "Gas", "id": Privacy.shortened(GasMeter.settings().id)]
        #expect(format.value("oms2mqtt_meter_readings_total", gas) == 2)
        #expect(format.value("oms2mqtt_meter_signal_dbm", gas) == -71.5)
        #expect(format.value("oms2mqtt_receiver_signal_dbm", cellar) == -80)
        #expect(
            format.value("oms2mqtt_meter_last_telegram_timestamp_seconds", gas)
                == 1_795_000_020)
        let outcomes = format.families["oms2mqtt_telegrams_total"]?.samples ?? []
        #expect(outcomes.reduce(0) { $0 + $1.value } == 3)
    }

    @Test func theProcessIsAsTheSystemSaysIt() throws {
        let before = ProcessFacts.now
        #expect(before.residentMemory > 1 << 20)
        #expect(before.processorTime > 0)
        let now = Double(WallTime.now.seconds)
        #expect(before.started <= now && before.started > now - 86_400)
        var descriptors: [Int32] = []
        defer { descriptors.forEach { close($0) } }
        for _ in 0..<1000 { descriptors.append(open("/dev/null", O_RDONLY)) }
        // Other tests open and close some meanwhile.
        #expect((700...1300).contains(ProcessFacts.now.openDescriptors - before.openDescriptors))
    }

    private static let promtool = "/usr/bin/promtool"

    /// By Prometheus' own tool, where it is installed.
    @Test(.enabled(if: access(promtool, X_OK) == 0)) func promtoolFindsNoFault() throws {
        let directory = TemporaryDirectory()
        var metrics = GatewayMetrics()
        metrics.meters = [GasMeter.settings()]
        metrics.receivers = ["cellar": ReceiverStatistics()]
        metrics.process = .now
        directory.write(metrics.text, "metrics")
        let command = "\(Self.promtool) check metrics <\(directory.file("metrics"))"
        #expect(try Subprocess.run("/bin/sh", ["-c", command]) == 0)
    }
}
