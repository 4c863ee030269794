/// Why there is no connection to the broker.
public enum BrokerError: Error, Equatable, Sendable {
    case hostUnknown(String)
    /// The system's words for what went wrong: connection refused, no route, time-out.
    case unreachable(address: String, cause: String)
    /// It took the connection and then said nothing.
    case noAnswer(address: String)
    case loginRefused(user: String?)
    case clientIDRefused(String)
    /// It does not speak the version of MQTT that is configured.
    case versionRefused(address: String)
    /// The broker's own words.
    case refused(address: String, cause: String)
    /// A certificate or key file that cannot be used.
    case badTLSFiles(cause: String)
    case notTrusted(address: String, TLSFault)
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
        case .versionRefused(let address):
            "The broker at \(address) does not speak this version of MQTT. Write `protocol: auto`"
                + " under `mqtt`."
        case .refused(let address, let cause):
            "The broker at \(address) refuses the connection: \(cause)."
        case .badTLSFiles(let cause):
            "The files for TLS cannot be used (\(cause)). Check the paths under `mqtt`, and that"
                + " they are readable PEM files."
        case .notTrusted(let address, let fault):
            "No secure connection to the broker at \(address): \(fault)"
        case .lost(let address, let cause):
            "The connection to the broker at \(address) was lost (\(cause)). It is tried again."
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

/// Why there is no secure connection.
public enum TLSFault: Equatable, Sendable {
    case unknownAuthority, expired, notYetValid, otherHost
    /// The broker wants a certificate of ours, or another one.
    case certificateWanted
    case noTLS
    /// In the words of the library.
    case other(String)

    /// What an error of libmosquitto says.
    ///
    /// - Parameter verification: what OpenSSL found out about the broker's certificate
    ///   (`X509_V_ERR_…`); 0: nothing wrong.
    init(_ text: String, verification: Int) {
        self =
            switch verification {
            case 10: .expired
            case 9: .notYetValid
            case 2, 18...21: .unknownAuthority
            default:
                if text.contains("host name verification failed") {
                    .otherHost
                } else if text.contains("wrong version number") || text.contains("unexpected eof") {
                    .noTLS
                } else if text.contains("certificate required")
                    || text.contains("alert bad certificate")
                    || text.contains("alert unknown ca")
                    || text.contains("alert handshake failure")
                {
                    .certificateWanted
                } else {
                    .other(text)
                }
            }
    }
}

extension TLSFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownAuthority:
            "its certificate is signed by an authority that is not trusted here. Name the file with"
                + " the authority's certificate under `tls_ca`, a line of `mqtt`."
        case .expired:
            "its certificate has expired. Renew it at the broker, and check this computer's date."
        case .notYetValid:
            "its certificate is not valid yet. Check this computer's date and the broker's."
        case .otherHost:
            "its certificate is for another host. Write `host` under `mqtt` as the certificate names"
                + " it, or make one that names this host."
        case .certificateWanted:
            "the broker wants a certificate from us that it trusts. Name its file and that of its key"
                + " under `tls_cert` and `tls_key`, lines of `mqtt`."
        case .noTLS:
            "the port does not speak TLS. Check `port` under `mqtt`; most brokers have TLS at 8883."
        case .other(let cause):
            "\(cause). Check that the port speaks TLS, that its certificate names this host, and that"
                + " its authority is trusted."
        }
    }
}
