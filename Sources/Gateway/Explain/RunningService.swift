import CLinux
import Glibc
import Wire

/// The gateway that runs on this computer, asked by another command over its socket.
public struct RunningService {
    static let socketName = "oms2mqtt.sock"

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case notRunning
        case notPermitted(String)
        case noAnswer(String)

        public var description: String {
            switch self {
            case .notRunning:
                "No oms2mqtt runs here: start it with `systemctl start oms2mqtt` or `oms2mqtt run`."
            case .notPermitted(let path):
                "oms2mqtt runs, but you may not ask it (\(path)): run this with sudo, or join its"
                    + " group (`adduser YOU oms2mqtt`, then log in again)."
            case .noAnswer(let path):
                "oms2mqtt at \(path) does not answer: `systemctl status oms2mqtt` tells how it is."
            }
        }
    }

    private let path: String

    /// Where the gateway that is told `configuration` of the file `path` has its socket: where
    /// systemd says (`RuntimeDirectory=`), else beside its state.
    static func socketPath(stateDirectory: String?) -> String? {
        let given = getenv("RUNTIME_DIRECTORY").map { String(cString: $0) }
        let directory = given?.split(separator: ":").first.map(String.init) ?? stateDirectory
        return directory.map { "\($0)/\(socketName)" }
    }

    /// Looks for the one that runs.
    ///
    /// - Parameters:
    ///   - configuration: that it has, if it is known.
    ///   - file: the path of the configuration file.
    public init(of configuration: Configuration?, file: String?) throws(Failure) {
        var directories: [String] = []
        if let file {
            directories.append((configuration ?? Configuration()).storage.directory(besides: file))
            directories.append(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
        }
        directories += ["/run/oms2mqtt", "/var/lib/oms2mqtt"]
        var forbidden: String?
        for directory in directories where !directory.isEmpty {
            let path = "\(directory)/\(Self.socketName)"
            if let descriptor = LocalSocket.connected(to: path) {
                close(descriptor)
                self.path = path
                return
            }
            if errno == EACCES || errno == EPERM { forbidden = forbidden ?? path }
        }
        if let forbidden { throw .notPermitted(forbidden) }
        throw .notRunning
    }

    /// What it says of a meter, by name or id: lines for people, and the whole answer as JSON.
    public func explain(
        _ meter: String
    ) throws(Failure) -> (isPublished: Bool, lines: [String], json: String) {
        let (answer, text) = try ask("explain", meter)
        let verdict = answer["verdict"]?.string
        return (
            verdict == MeterAnswer.Verdict.published.rawValue,
            answer["lines"]?.elements?.compactMap(\.string) ?? [], text
        )
    }

    /// The last telegrams of the meters that an id may mean.
    public func telegrams(of meter: String) throws(Failure) -> [RadioFrame] {
        let (answer, _) = try ask("telegrams", meter)
        return (answer["telegrams"]?.elements ?? []).compactMap { telegram in
            guard let octets = telegram["data"]?.string.flatMap({ try? Hex.octets($0) }),
                let format = telegram["format"]?.string.flatMap(FrameFormat.init(rawValue:))
            else { return nil }
            return RadioFrame(octets: octets, format: format)
        }
    }

    private func ask(
        _ question: StaticString, _ meter: String
    ) throws(Failure) -> (JSONValue, String) {
        var json = JSONWriter()
        json.beginObject()
        json.key(question)
        json.string(meter)
        json.endObject()
        guard let descriptor = LocalSocket.connected(to: path) else { throw .noAnswer(path) }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        let line = json.bytes + [0x0A]
        guard send(descriptor, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else {
            throw .noAnswer(path)
        }
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while octets.last != 0x0A, octets.count < 1 << 20 {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { throw .noAnswer(path) }
            octets += chunk.prefix(count)
        }
        octets.removeLast()
        guard let answer = try? JSONValue(parsing: octets.span) else { throw .noAnswer(path) }
        return (answer, String(decoding: octets, as: UTF8.self))
    }
}
