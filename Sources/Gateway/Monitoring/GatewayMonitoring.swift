import Logging

// The gateway as it is seen from outside, by the web server.
extension Gateway {
    /// Not before signals are blocked: it has a thread of its own.
    func startWebServer() {
        guard configuration.httpd.enabled else { return }
        let server = HTTPServer(configuration.httpd, routes: webRoutes, loop: loop, log: log)
        webServer = server
        server.start()
    }

    /// Switches it on or off, or lets it listen elsewhere.
    func applyWebServer(from before: HTTPServerSettings) {
        let now = configuration.httpd
        switch (webServer, now.enabled) {
        case (nil, true): startWebServer()
        case (let server?, false):
            server.stop()
            webServer = nil
            log.info("Web server ended, as the settings say.")
        case (let server?, true) where (now.bind, now.port) != (before.bind, before.port):
            server.move(to: now)
        default: break
        }
    }

    var webRoutes: [HTTPRoute] {
        [
            HTTPRoute(.get, Secret("/metrics")) { [weak self] _ in
                guard let self else { return Self.isOver }
                return HTTPAnswer(
                    200, headers: ["Content-Type": MetricsText.contentType], body: metrics.text)
            },
            // That it comes here is all that is asked: a loop that hangs does not answer, and then
            // the server says so.
            HTTPRoute(.get, Secret("/healthz")) { _ in .text(200, "Healthy.") },
            HTTPRoute(.get, Secret("/readyz")) { [weak self] _ in
                self?.readiness.answer ?? Self.isOver
            },
        ] + datahubRoutes
    }

    private static var isOver: HTTPAnswer { .busy("oms2mqtt has stopped.") }

    private var metrics: GatewayMetrics {
        var metrics = GatewayMetrics()
        metrics.meters = configuration.meters
        metrics.hasWholeIDs = configuration.httpd.showsWholeIDs
        metrics.counters = pipeline.counters
        metrics.history = history
        metrics.signals = signals
        metrics.memory = pipeline.memory
        metrics.receivers = receivers.statistics
        metrics.broker = GatewayMetrics.BrokerFacts(
            isConnected: broker?.isConnected ?? false, published: broker?.published ?? 0,
            dropped: broker?.dropped ?? 0, waiting: broker?.waiting ?? storage.outbox.count,
            waitingOctets: storage.outbox.byteCount)
        metrics.http = webServer?.statistics ?? HTTPStatistics()
        metrics.process = .now
        return metrics
    }

    private var readiness: Readiness {
        Readiness(
            brokerAddress: configuration.mqtt.broker.address,
            isBrokerConnected: broker?.isConnected ?? false, receivers: receivers.listening,
            settingsFault: configurationFault.map {
                "The configuration is not used as it stands: \($0)"
            })
    }

    func noteSignals(of heard: Heard) {
        for reception in heard.receptions {
            if let strength = reception.signalStrength { signals[reception.receiver] = strength }
        }
    }
}
