import NIOHTTP1

/// What becomes of a request, by its head alone.
enum HTTPDecision: Equatable {
    case accept(HTTPDesk.Entry)
    case refuse(HTTPAnswer)

    init(on head: HTTPRequestHead, for entries: [HTTPDesk.Entry]) {
        // RFC 9112, 3.2: one host, even if nobody looks at it.
        let hosts = head.headers["host"].count
        guard hosts == 1 || hosts == 0 && head.version == .http1_0 else {
            self = .refuse(.badRequest("One 'Host' header is needed."))
            return
        }
        let path = Self.path(of: head.uri)
        // All of them are compared, so that the time tells nothing.
        let here = entries.filter { $0.path.isEqual(to: path) }
        guard !here.isEmpty else {
            self = .refuse(Self.nothingHere)
            return
        }
        let method = head.method == .HEAD ? "GET" : head.method.rawValue
        guard let entry = here.first(where: { $0.method.rawValue == method }) else {
            self = .refuse(Self.notAllowed(Set(here.map(\.method))))
            return
        }
        guard entry.authorisation.allows(head.headers["authorization"]) else {
            self = .refuse(Self.loginNeeded(entry.authorisation))
            return
        }
        // Without a length the body is counted as it comes. The decoder lets only numbers through;
        // one that is too large for an Int is too large for us.
        if let length = head.headers.first(name: "content-length"),
            Int(length).map({ $0 > entry.maximalBody }) ?? true
        {
            self = .refuse(Self.tooLarge)
            return
        }
        self = .accept(entry)
    }

    /// There is no page to look at: a person who tries is told what there is.
    static let nothingHere = HTTPAnswer.text(
        404,
        "There is nothing here. How the program is, say /readyz, /healthz and /metrics; meters and"
            + " readings are on MQTT.")
    static let tooLarge = HTTPAnswer.text(413, "The request's body is too large.")

    /// The path of a request's target, which may be a whole address (RFC 9112, 3.2.2).
    private static func path(of target: String) -> Substring {
        var rest = target[...]
        if rest.lowercased().hasPrefix("http://") {
            rest = rest.dropFirst("http://".count).drop { $0 != "/" && $0 != "?" }
        }
        return rest.prefix { $0 != "?" }
    }

    private static func notAllowed(_ methods: Set<HTTPRoute.Method>) -> HTTPAnswer {
        var names = methods.map(\.rawValue)
        if methods.contains(.get) { names.append("HEAD") }
        let allowed = names.sorted().joined(separator: ", ")
        return .text(405, "This takes \(allowed) alone.", headers: ["Allow": allowed])
    }

    private static func loginNeeded(_ authorisation: HTTPAuthorisation) -> HTTPAnswer {
        .text(
            401, "A login is needed here.",
            headers: authorisation.challenge.map { ["WWW-Authenticate": $0] } ?? [:])
    }
}
