// What Datahubs post to the web server, which has checked login, method and size.
extension DatahubService {
    /// A route for each Datahub that has a path.
    ///
    /// - Parameter isFull: whether too much waits for the broker to take more.
    func routes(
        _ datahubs: [DatahubSettings], isFull: @escaping () -> Bool
    ) -> [HTTPRoute] {
        datahubs.compactMap { datahub in
            guard datahub.enabled, let endpoint = datahub.http else { return nil }
            return HTTPRoute(
                .post, endpoint.path, authorisation: HTTPAuthorisation(endpoint.login),
                maximalBody: DatahubBody.largest
            ) { [weak self] request in
                guard let self, !isFull() else {
                    return .busy(retryAfter: 10, "Too many messages wait for the broker.")
                }
                return answer(to: request.body, from: datahub)
            }
        }
    }

    /// Takes a body. What was dropped for a reason of its own was taken: it need not come again.
    private func answer(to body: [UInt8], from datahub: DatahubSettings) -> HTTPAnswer {
        switch receive(body, from: datahub) {
        case .refused(.notJSON(let error)):
            .badRequest(DatahubBodyError.notJSON(error).description)
        case .refused(let error): .text(413, error.description)
        case .cleared:
            .badRequest("The request has no body. Let the Datahub send its message in it.")
        default: .accepted
        }
    }
}

extension HTTPAuthorisation {
    init(_ login: DatahubEndpoint.Login) {
        switch login {
        case .secretPath: self = .none
        case .basic(let user, let password): self = .basic(user: user, password: password)
        case .bearer(let token): self = .bearer(token: token)
        }
    }
}
