import Logging
import Receivers
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// A web server on a free port, with the loop that its handlers run on.
final class RunningServer {
    let loop = EventLoop()
    let lines = GatewayTests.Lines()
    let server: HTTPServer

    init(
        _ routes: [HTTPRoute], limits: HTTPLimits = HTTPLimits(),
        settings: HTTPServerSettings = .anyPort
    ) {
        server = HTTPServer(
            settings, routes: routes, limits: limits, retryAfter: .milliseconds(50), loop: loop,
            log: lines.logger)
        server.start()
        loop.turn(until: { server.port != nil })
    }

    deinit { stop() }

    /// Stops it, and waits until its thread has ended.
    func stop() {
        let stopped = Mutex(false)
        server.stop { stopped.withLock { $0 = true } }
        let deadline = ContinuousClock.now + patience
        while !stopped.withLock({ $0 }), .now < deadline { loop.turn(atMost: .milliseconds(2)) }
    }

    func client() throws -> HTTPClient {
        let port = try #require(server.port)
        let client = HTTPClient(port: port) { [loop] in loop.turn(atMost: .milliseconds(1)) }
        return try #require(client)
    }

    /// Sends one request on a connection of its own.
    func answer(to request: String) throws -> HTTPClient.Answer? {
        let client = try client()
        client.send(request)
        return client.answer(hasBody: !request.hasPrefix("HEAD"))
    }
}

extension HTTPServerSettings {
    static var anyPort: HTTPServerSettings {
        var settings = HTTPServerSettings()
        settings.port = 0
        return settings
    }
}
