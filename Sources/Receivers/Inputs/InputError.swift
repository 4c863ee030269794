import Glibc

/// Why nothing comes from a program, the network or a file, with what to do about it.
public enum InputError: Error, Equatable, Sendable {
    case programNotStarted(String, errno: Int32)
    /// - Parameters:
    ///   - ending: how, as `exit code 1`
    ///   - lastWords: the last line that it wrote to standard error
    case programEnded(String, ending: String, lastWords: String?)
    case unknownHost(NetworkAddress, reason: String)
    case unreachable(NetworkAddress, errno: Int32)
    case disconnected(NetworkAddress)
    case cannotListen(NetworkAddress, errno: Int32)
    case cannotOpen(path: String, errno: Int32)
    case readFailed(path: String, errno: Int32)
    case notRecording(path: String)
}

extension InputError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .programNotStarted(let command, let number):
            "'\(command)' cannot be started: \(Self.text(number)). Check `command` in the settings."
        case .programEnded(let command, let ending, let lastWords):
            "'\(command)' ended (\(ending))"
                + (lastWords.map { ", its last words: \($0)." } ?? ".")
                + " It is started again. Check that its programs are installed and its receiver is"
                + " plugged in."
        case .unknownHost(let address, let reason):
            "The address of \(address) cannot be found: \(reason). Check `address` in the settings"
                + " and the network."
        case .unreachable(let address, let number):
            "\(address) cannot be reached: \(Self.text(number)). Check that it is switched on and"
                + " that address and port are right."
        case .disconnected(let address):
            "\(address) closed the connection. It is connected to again."
        case .cannotListen(let address, let number):
            "\(address) cannot be listened at: \(Self.text(number)). Write an address of this"
                + " computer, as 0.0.0.0, and a port that no other program uses."
        case .cannotOpen(let path, let number):
            "\(path) cannot be opened: \(Self.text(number)). Check the path, and who may read it."
        case .readFailed(let path, let number):
            "Reading from \(path) failed: \(Self.text(number)). Check the file and its disk."
        case .notRecording(let path):
            "\(path) has no telegram in it. Name a file that `oms2mqtt record` wrote."
        }
    }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
