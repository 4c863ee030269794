import CMosquitto
import Glibc

// Why there is no connection (any more), in words.
extension MosquittoConnection {
    /// Why `connect` failed.
    var connectError: BrokerError {
        if let secureError { return secureError }
        return switch fault.code {
        case Self.code(MOSQ_ERR_EAI): .hostUnknown(settings.host)
        case Self.code(MOSQ_ERR_ERRNO):
            .unreachable(address: settings.address, cause: Self.systemText(fault.systemError))
        case Self.code(MOSQ_ERR_TLS), Self.code(MOSQ_ERR_TLS_HANDSHAKE):
            .notTrusted(address: settings.address, .other(Self.libraryText(fault.code)))
        default: .notStarted(cause: Self.libraryText(fault.code))
        }
    }

    /// Why the connection ended.
    var endError: BrokerError {
        let address = settings.address
        if let refusal {
            return switch refusal {
            // MQTT 3.1.1 (3.2.2.3): 2, 4, 5; MQTT 5 (3.2.2.2): 133, 134, 135.
            case 1, 132: .versionRefused(address: address)
            case 2, 133: .clientIDRefused(settings.clientID)
            case 4, 5, 134, 135: .loginRefused(user: settings.user)
            case 3:
                .refused(
                    address: address, cause: String(cString: mosquitto_connack_string(refusal)))
            default:
                .refused(address: address, cause: String(cString: mosquitto_reason_string(refusal)))
            }
        }
        if isTakenOver { return .takenOver(clientID: settings.clientID, certain: true) }
        let cause: String
        if let disconnectReason, disconnectReason >= 128 {
            cause = String(cString: mosquitto_reason_string(disconnectReason))
        } else if fault.code == Self.code(MOSQ_ERR_ERRNO) {
            cause = Self.systemText(fault.systemError)
        } else {
            cause =
                fault.code == Self.code(MOSQ_ERR_CONN_LOST)
                ? "the broker or the network ended it" : Self.libraryText(fault.code)
        }
        if settings.tls != nil, began == nil {
            return secureError ?? .notTrusted(address: address, .other(cause))
        }
        return .lost(address: address, cause: cause)
    }

    /// What the library said while the secure connection was made; nil if that was not the fault.
    private var secureError: BrokerError? {
        guard settings.tls != nil else { return nil }
        if let unusableFile { return .badTLSFiles(cause: unusableFile) }
        if let tlsFault { return .notTrusted(address: settings.address, tlsFault) }
        guard fault.systemError == EPROTO else { return nil }
        // TLS 1.3: the broker misses our certificate only after the handshake.
        return .notTrusted(address: settings.address, isSecured ? .certificateWanted : .noTLS)
    }

    /// Why the broker does not take a message, and what to do (MQTT 5, 3.4.2.1).
    static func refusal(_ reason: Int32) -> String {
        let cause = String(cString: mosquitto_reason_string(reason))
        return switch reason {
        case 135: "the broker does not let us. Allow it in the broker's access list"
        case 151: "the broker has no room for it (\(cause)). Raise its limits"
        default: "the broker refuses it (\(cause)). Its log may say why"
        }
    }

    /// Why a message is not even sent, and what to do (MQTT 5, 3.2.2.3.6: the broker's largest).
    static func unsendable(_ code: Int32) -> String {
        code == self.code(MOSQ_ERR_OVERSIZE_PACKET)
            ? "it is larger than the broker takes. Raise its limit (mosquitto: `max_packet_size`)"
            : libraryText(code)
    }

    static let success = code(MOSQ_ERR_SUCCESS)

    static func code(_ error: mosq_err_t) -> Int32 { Int32(error.rawValue) }

    /// The library's sentence without its full stop, which our own sentences have.
    static func libraryText(_ code: Int32) -> String {
        var text = String(cString: mosquitto_strerror(code))
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    static func systemText(_ error: Int32) -> String { String(cString: strerror(error)) }
}
