/// Why there is no connection to the broker.
public enum BrokerError: Error, Equatable, Sendable {
    case hostUnknown(String)
    /// The system's words for what went wrong: connection refused, no route, time-out.
    case unreachable(address: String, cause: String)
    /// It took the connection and then said nothing.
    case noAnswer(address: String)
    case loginRefused(user: String?)
    case clientIDRefused(String)
    /// The broker's own words.
    case refused(address: String, cause: String)
    /// A certificate or key file that cannot be used.
    case badTLSFiles(cause: String)
    case notTrusted(address: String, cause: String)
    case lost(address: String, cause: String)
    /// Another program came with the same client id. Some brokers say so (`certain`: MQTT 5, 3.1.4);
    /// of others (mosquitto 2.0) it is known by connections that end soon, again and again.
    case takenOver(clientID: String, certain: Bool)
    /// The client could not be set up at all.
    case notStarted(cause: String)
}

extension BrokerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .hostUnknown(let host):
            "The broker's host name '\(host)' is not known. Check `host` under `mqtt`, or write its"
                + " IP address."
        case .unreachable(let address, let cause):
            "The broker at \(address) cannot be reached (\(cause)). Check that it runs and that"
                + " `host` and `port` under `mqtt` are right."
        case .noAnswer(let address):
            "The broker at \(address) takes the connection but does not answer. Check that `port`"
                + " is its MQTT port, and whether it wants TLS."
        case .loginRefused(let user?):
            "The broker refuses the login of user '\(user)'. Check `user` and `pass` under `mqtt`."
        case .loginRefused(nil):
            "The broker wants a login. Set `user` and `pass` under `mqtt`."
        case .clientIDRefused(let clientID):
            "The broker does not accept the client id '\(clientID)'. Set another `client_name` under"
                + " `mqtt`."
        case .refused(let address, let cause):
            "The broker at \(address) refuses the connection: \(cause)."
        case .badTLSFiles(let cause):
            "The files for TLS cannot be used (\(cause)). Check the paths under `mqtt`, and that"
                + " they are readable PEM files."
        case .notTrusted(let address, let cause):
            "No secure connection to the broker at \(address) (\(cause)). Check that the port speaks"
                + " TLS, that its certificate names this host, and that its authority is trusted."
        case .lost(let address, let cause):
            "The connection to the broker at \(address) was lost (\(cause))."
        case .takenOver(let clientID, certain: true):
            "Another program connected to the broker with our client id '\(clientID)', and the"
                + " broker dropped us. Give each program its own `client_name` under `mqtt`."
        case .takenOver(let clientID, certain: false):
            "The broker ends each connection soon after it began. Most likely another program uses"
                + " our client id '\(clientID)': give each its own `client_name` under `mqtt`."
        case .notStarted(let cause):
            "The MQTT client could not be started: \(cause)."
        }
    }
}
