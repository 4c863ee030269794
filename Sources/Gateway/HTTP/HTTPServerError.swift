import Glibc

/// Why the web server does not listen; it is tried again every minute.
enum HTTPServerError: Error, Equatable, Sendable {
    case portInUse(UInt16)
    case notPermitted(port: UInt16)
    case addressNotHere(String)
    case system(code: Int32, port: UInt16)

    init(code: Int32, address: String, port: UInt16) {
        switch code {
        case EADDRINUSE: self = .portInUse(port)
        case EACCES, EPERM: self = .notPermitted(port: port)
        case EADDRNOTAVAIL: self = .addressNotHere(address)
        default: self = .system(code: code, port: port)
        }
    }
}

extension HTTPServerError: CustomStringConvertible {
    var description: String {
        switch self {
        case .portInUse(let port):
            "The web server cannot use port \(port): another program has it (energy2mqtt perhaps). "
                + "End that one, or write another `port` under `httpd`. All else works without it."
        case .notPermitted(let port):
            "The web server may not use port \(port). Write a `port` above 1023 under `httpd`. "
                + "All else works without it."
        case .addressNotHere(let address):
            "The web server cannot listen at \(address): this computer does not have that address "
                + "now. Check `bind` under `httpd`. All else works without it."
        case .system(let code, let port):
            "The web server cannot listen at port \(port): \(String(cString: strerror(code))). "
                + "Check `bind` and `port` under `httpd`. All else works without it."
        }
    }
}
