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
    private var settings: HTTPServerSettings
    private let desk: HTTPDesk
    /// What can be asked for; what was asked before they changed finds nothing.
    var routes: [HTTPRoute] {
        didSet {
            firstRoute += oldValue.count
            desk.use(routes)
        }
    }
    /// The number of the first of `routes` at the desk; the others count on.
    private var firstRoute = 0
    private let loop: Receivers.EventLoop
    private let log: Logger
    private let retryAfter: Duration
    /// Nil while nothing may be asked: before the start, after the stop, and between two addresses.
    private var group: MultiThreadedEventLoopGroup?
    private var watches: [Receivers.EventLoop.Token] = []
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
        guard watches.isEmpty else { return }
        watches = [
            loop.watch(desk.mailbox) { [weak self] in self?.handle($0) },
            loop.watch(desk.states) { [weak self] in self?.handle($0) },
        ]
        open()
    }

    /// Listens at the address of `settings` from now on. Connections to the former one are closed:
    /// whoever may not reach the new one shall not go on over the old.
    func move(to settings: HTTPServerSettings) {
        self.settings = settings
        loop.cancel(retry)
        told = nil
        port = nil
        guard let group else { return }
        self.group = nil
        // Only then is its port free, which may be the new one as well.
        group.shutdownGracefully { [desk] _ in desk.states.send(.closed) }
    }

    private func open() {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        listen()
    }

    /// Closes all connections, whatever goes on in them, and ends the thread; `whenDone` is called
    /// on that thread or another one.
    func stop(_ whenDone: @escaping @Sendable () -> Void = {}) {
        for watch in watches { loop.cancel(watch) }
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
                    desk.states.send(.listening(port: port ?? settings.port))
                case .failure(let error):
                    desk.states.send(
                        .failed(
                            HTTPServerError(
                                code: (error as? IOError)?.errnoCode ?? 0, address: settings.bind,
                                port: settings.port)))
                }
            }
    }

    private func handle(_ message: HTTPDesk.Message) {
        switch message {
        case .call(let call):
            desk.freeBody(call.request.body.count)
            let place = call.route - firstRoute
            let isHere = routes.indices.contains(place)
            call.answer(
                isHere ? routes[place].handle(call.request) : HTTPDecision.nothingHere)
        case .notice(let notice): log.warning("\(notice)")
        }
    }

    private func handle(_ state: HTTPDesk.State) {
        switch state {
        // Of an address that is being left nothing matters any more.
        case .listening where group == nil, .failed where group == nil: break
        case .listening(let port):
            self.port = port
            told = nil
            log.info("Web server at \(settings.bind), port \(port).")
        case .failed(let error): failed(error)
        case .closed: open()
        }
    }

    private func failed(_ error: HTTPServerError) {
        if told != error { log.warning("\(error)") }
        told = error
        retry = loop.after(retryAfter) { [weak self] in self?.listen() }
    }
}
