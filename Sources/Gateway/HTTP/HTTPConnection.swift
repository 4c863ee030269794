import NIOCore
import NIOHTTP1
import Receivers

/// One client's connection: one request after the other, each checked and bounded before it gets to
/// the gateway.
///
/// What is wrong with a request is said as soon as it is known, with its body or without; then the
/// connection ends. Every phase has a time limit.
final class HTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        /// For a request's head.
        case waiting
        /// The rest of a request for this route.
        case receiving(HTTPDesk.Entry)
        /// The gateway has the request of this number.
        case asking(UInt64)
        case sending
        /// All is said; what still comes is passed over.
        case closing
    }

    private let desk: HTTPDesk
    private let client: HTTPClientAddress
    private var phase = Phase.waiting
    /// What has come of the request's body.
    private var body: [UInt8] = []
    private var isHead = false
    private var keepsAlive = true
    private var lastCall: UInt64 = 0
    private var deadline: Scheduled<Void>?

    private init(_ desk: HTTPDesk, _ client: HTTPClientAddress) {
        self.desk = desk
        self.client = client
    }

    /// Sets up a connection that was accepted, or closes it if there are too many.
    static func prepare(_ channel: any Channel, _ desk: HTTPDesk) throws {
        guard let client = channel.remoteAddress?.ipAddress.flatMap(HTTPClientAddress.init),
            desk.connects(client)
        else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in desk.disconnected(client) }
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = desk.limits.headOctets
        limits.maxHeaderListSize = desk.limits.headOctets
        limits.maxHeaderFieldCount = desk.limits.headers
        let decoder = HTTPRequestDecoder(limitConfiguration: limits)
        try channel.pipeline.syncOperations.addHandlers(
            ByteToMessageHandler(decoder, maximumBufferSize: 4 * desk.limits.headOctets),
            HTTPResponseEncoder(), HTTPServerPipelineHandler(), HTTPConnection(desk, client))
    }

    // MARK: What comes

    func channelActive(context: ChannelHandlerContext) { wait(context) }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        leave()
        phase = .closing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), phase) {
        case (.head(let head), .waiting): begin(head, context)
        case (.body(let octets), .receiving(let route)): take(octets, for: route, context)
        case (.end, .receiving(let route)): ask(route, context)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What is cut off by the client's leaving is no fault that could be told.
        guard context.channel.isActive else { return }
        switch (error, phase) {
        case (HTTPParserError.headerOverflow, .waiting):
            refuse(.text(431, "The request's headers are too long."), context)
        case (is HTTPParserError, .waiting), (is HTTPParserError, .receiving):
            refuse(.badRequest("This is no request of HTTP/1.1."), context)
        // In a body that is passed over.
        case (is HTTPParserError, _), (_, .closing): break
        default: close(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .some(.inputClosed) = event as? ChannelEvent else { return }
        switch phase {
        case .asking, .sending: keepsAlive = false
        case .waiting, .receiving, .closing: close(context)
        }
    }

    // MARK: A request

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        isHead = head.method == .HEAD
        // After a request for another protocol NIO's decoder reads no further one.
        keepsAlive =
            head.isKeepAlive && head.version == .http1_1
            && !head.headers.contains(name: "upgrade")
        if let wait = desk.spend(by: client) {
            return refuse(
                .text(
                    429, "Too many requests: wait \(wait) s.", headers: ["Retry-After": "\(wait)"]),
                context)
        }
        switch HTTPDecision(on: head, for: desk.entries) {
        case .refuse(let answer):
            if answer.status == 401, head.headers.contains(name: "authorization") {
                desk.wrongLogin(of: client)
            }
            refuse(answer, context)
        case .accept(let route):
            phase = .receiving(route)
            limit(desk.limits.body, context) { [self] in
                refuse(.text(408, "The request did not come to its end in time."), context)
            }
            if head.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                let go = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
        }
    }

    private func take(
        _ octets: ByteBuffer, for route: HTTPDesk.Entry, _ context: ChannelHandlerContext
    ) {
        guard body.count + octets.readableBytes <= route.maximalBody else {
            return refuse(HTTPDecision.tooLarge, context)
        }
        guard desk.takeBody(octets.readableBytes) else {
            return refuse(.busy(Self.busy), context)
        }
        body.append(contentsOf: octets.readableBytesView)
    }

    private func ask(_ route: HTTPDesk.Entry, _ context: ChannelHandlerContext) {
        lastCall += 1
        let number = lastCall
        phase = .asking(number)
        limit(desk.limits.answer, context) { [self] in
            send(.busy(retryAfter: 10, "The gateway does not answer: it hangs."), context)
        }
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let request = HTTPRequest(body: body, client: client)
        let call = HTTPDesk.Call(route: route.number, request: request) { answer in
            here.eventLoop.execute {
                let (connection, context) = here.value
                guard case .asking(number) = connection.phase else { return }
                connection.send(answer, context)
            }
        }
        guard desk.mailbox.send(.call(call)) else {
            leave()
            return send(.busy(Self.busy), context)
        }
        // The gateway's now, and given back by it.
        body = []
    }

    private static let busy = "There is too much to do just now."

    // MARK: Answers

    /// Answers a request that may not have come to its end, and ends the connection.
    private func refuse(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        keepsAlive = false
        leave()
        send(answer, context)
    }

    /// Gives back what a request that is not handed over has taken.
    private func leave() {
        desk.freeBody(body.count)
        body = []
    }

    private func send(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        desk.answered(answer.status)
        phase = .sending
        limit(desk.limits.sending, context) { [self] in close(context) }
        var head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status))
        for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
            head.headers.add(name: name, value: value)
        }
        if answer.status != 204 {
            head.headers.add(name: "Content-Length", value: "\(answer.body.count)")
        }
        head.headers.add(name: "Date", value: HTTPDate.text(WallTime.now.seconds))
        if !keepsAlive { head.headers.add(name: "Connection", value: "close") }
        let sent = context.eventLoop.makePromise(of: Void.self)
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenSuccess {
            let (connection, context) = here.value
            connection.sent(context)
        }
        guard !isHead, !answer.body.isEmpty else {
            return context.writeAndFlush(wrapOutboundOut(.head(head)), promise: sent)
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let octets = context.channel.allocator.buffer(bytes: answer.body)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(octets))), promise: sent)
    }

    /// The client has the answer, or at least the system has it. Only now its end is told, so that
    /// no next request is read from somebody who does not read answers.
    private func sent(_ context: ChannelHandlerContext) {
        guard case .sending = phase else { return }
        if keepsAlive {
            wait(context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        } else {
            phase = .closing
            // Closed at once, octets still on their way would make the client lose the answer.
            limit(desk.limits.lingering, context) { [self] in close(context) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            context.close(mode: .output, promise: nil)
        }
    }

    private func wait(_ context: ChannelHandlerContext) {
        phase = .waiting
        isHead = false
        limit(desk.limits.head, context) { [self] in
            desk.timedOut()
            close(context)
        }
    }

    private func close(_ context: ChannelHandlerContext) {
        leave()
        phase = .closing
        context.close(promise: nil)
    }

    /// From now on `action` is what happens when `time` is over.
    private func limit(
        _ time: Duration, _ context: ChannelHandlerContext, _ action: @escaping () -> Void
    ) {
        deadline?.cancel()
        let action = NIOLoopBound(action, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(time)) { action.value() }
    }
}
