import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Receivers

/// The program's web server: connections live on a thread of their own, handlers of routes run on
/// the gateway's event loop, and neither waits for the other.
///
/// While it cannot listen, it says why once and tries again every minute.
final class HTTPServer {
    private let settings: HTTPServerSettings
    private let desk: HTTPDesk
    private let routes: [HTTPRoute]
    private let loop: Receivers.EventLoop
    private let log: Logger
    private let retryAfter: Duration
    private var group: MultiThreadedEventLoopGroup?
    private var watch: Receivers.EventLoop.Token?
    private var retry: Receivers.EventLoop.Token?
    private var told: HTTPServerError?
    /// Where it listens; nil: it does not.
    private(set) var port: UInt16?

    /// - Parameter settings: port 0 takes any that is free.
    init(
        _ settings: HTTPServerSettings, routes: [HTTPRoute], limits: HTTPLimits = HTTPLimits(),
        retryAfter: Duration = .seconds(60), loop: Receivers.EventLoop, log: Logger
    ) {
        self.settings = settings
        self.routes = routes
        self.loop = loop
        self.log = log
        self.retryAfter = retryAfter
        desk = HTTPDesk(routes, limits: limits)
    }

    var statistics: HTTPStatistics { desk.statistics }

    /// Not before signals are blocked: it starts a thread.
    func start() {
        guard group == nil else { return }
        watch = loop.watch(desk.mailbox) { [weak self] in self?.handle($0) }
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        listen()
    }

    /// Closes all connections, whatever goes on in them, and ends the thread; `whenDone` is called
    /// on that thread or another one.
    func stop(_ whenDone: @escaping @Sendable () -> Void = {}) {
        loop.cancel(watch)
        loop.cancel(retry)
        port = nil
        guard let group else { return whenDone() }
        self.group = nil
        group.shutdownGracefully { _ in whenDone() }
    }

    private func listen() {
        guard let group else { return }
        let address: SocketAddress
        do {
            address = try SocketAddress(ipAddress: settings.bind, port: Int(settings.port))
        } catch {
            return failed(.addressNotHere(settings.bind))
        }
        let desk = desk
        let settings = settings
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8192)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try HTTPConnection.prepare(channel, desk)
                }
            }
            .bind(to: address)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    let port = channel.localAddress?.port.map(UInt16.init(truncatingIfNeeded:))
                    desk.mailbox.send(.listening(port: port ?? settings.port))
                case .failure(let error):
                    desk.mailbox.send(
                        .failed(
                            HTTPServerError(
                                code: (error as? IOError)?.errnoCode ?? 0, address: settings.bind,
                                port: settings.port)))
                }
            }
    }

    private func handle(_ message: HTTPDesk.Message) {
        switch message {
        case .listening(let port):
            self.port = port
            told = nil
            log.info("Web server at \(settings.bind), port \(port).")
        case .failed(let error): failed(error)
        case .call(let call):
            desk.freeBody(call.request.body.count)
            call.answer(routes[call.route].handle(call.request))
        case .notice(let notice): log.warning("\(notice)")
        }
    }

    private func failed(_ error: HTTPServerError) {
        if told != error { log.warning("\(error)") }
        told = error
        retry = loop.after(retryAfter) { [weak self] in self?.listen() }
    }
}
