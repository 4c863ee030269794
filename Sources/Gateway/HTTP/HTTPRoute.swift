/// One thing that the web server can be asked for.
///
/// The server checks method, login and size, and calls `handle` on the gateway's event loop with
/// what is left. A route for `GET` answers `HEAD` too.
struct HTTPRoute {
    enum Method: String, Equatable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    var method: Method
    /// Begins with "/" and has no query; compared octet by octet, in a time that tells nothing of
    /// it, as it may be the only lock.
    var path: Secret
    var authorisation: HTTPAuthorisation
    /// Octets that a request's body may have.
    var maximalBody: Int
    /// Answers at once; it may not wait for anything.
    var handle: (HTTPRequest) -> HTTPAnswer

    init(
        _ method: Method, _ path: Secret, authorisation: HTTPAuthorisation = .none,
        maximalBody: Int = 0, handle: @escaping (HTTPRequest) -> HTTPAnswer
    ) {
        self.method = method
        self.path = path
        self.authorisation = authorisation
        self.maximalBody = maximalBody
        self.handle = handle
    }
}

/// What a handler gets of a request that may be made.
struct HTTPRequest: Equatable, Sendable {
    var body: [UInt8]
    /// Who asks, for the log.
    var client: HTTPClientAddress

    init(body: [UInt8] = [], client: HTTPClientAddress) {
        self.body = body
        self.client = client
    }
}

/// What is answered; the server adds length, date and what belongs to the connection.
struct HTTPAnswer: Equatable, Sendable {
    /// 200 to 599.
    var status: Int
    /// Names with their values, as `Retry-After`.
    var headers: [String: String]
    var body: [UInt8]

    init(_ status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Words for a person.
    static func text(
        _ status: Int, _ text: String, headers: [String: String] = [:]
    ) -> HTTPAnswer {
        var answer = HTTPAnswer(status, headers: headers, body: Array((text + "\n").utf8))
        answer.headers["Content-Type"] = "text/plain; charset=utf-8"
        return answer
    }

    /// Taken; there is nothing to say about it.
    static let accepted = HTTPAnswer(204)

    /// What was sent is not what is expected here.
    static func badRequest(_ text: String) -> HTTPAnswer { .text(400, text) }

    /// There is too much to do; to be tried again.
    static func busy(retryAfter seconds: Int = 1, _ text: String) -> HTTPAnswer {
        .text(503, text, headers: ["Retry-After": "\(seconds)"])
    }
}
