import Glibc
import Wire

/// Why a stick cannot be used, with what to do about it.
public enum StickError: Error, Equatable, Sendable {
    // The port
    /// No stick of that kind (nil: no known stick) is plugged in.
    case notFound(StickKind?)
    /// The named port does not exist.
    case absent(port: String)
    /// - Parameters:
    ///   - group: that owns the port
    ///   - mode: its permission bits in octal
    case notPermitted(port: String, group: String, mode: String)
    case busy(port: String)
    case notSerialPort(port: String)
    /// The port does not take 8 data bits, no parity, one stop bit at this rate.
    case refusedSettings(port: String, baudRate: UInt32)
    case openFailed(port: String, errno: Int32)
    case readFailed(port: String, errno: Int32)
    case writeFailed(port: String, errno: Int32)
    case unplugged(port: String)

    // The stick
    case noAnswer(StickKind, port: String, attempts: Int)
    /// No known kind of stick answered on any of these ports.
    case noneAnswered(ports: [String])
    case wrongStick(expected: StickKind, found: StickKind, port: String)
    case unknownModule(StickKind, port: String, type: UInt8)
    case wrongBand(StickKind, port: String, found: String)
    /// A relative without a radio receiver for meters.
    case noReceiver(StickKind, port: String, found: String)
    /// It is set up so that it cannot be listened to.
    case unusableSetting(
        StickKind, port: String, parameter: UInt8, value: UInt8, needed: UInt8)
    case refusedMode(StickKind, port: String, modes: Set<LinkMode>, status: UInt8)
    case firmwareTooOld(StickKind, firmware: String, needed: String, modes: Set<LinkMode>)
    case firmwareWithoutC(StickKind, port: String, firmware: String)
    case firmwareWithoutWirelessMBus(StickKind, port: String, firmware: String)
    /// It listened, and does not answer any more.
    case stoppedAnswering(StickKind, port: String)
    /// So many damaged messages came in a row.
    case onlyDamaged(StickKind, port: String, count: Int)

    /// What comes from a program, the network or a file.
    case input(InputError)

    // The configuration
    /// - Parameter stick: nil: no known stick can.
    case impossibleModes(Set<LinkMode>, stick: StickKind?, possible: [Set<LinkMode>])
    case unknownKind(StickKind)

    /// Whether only another configuration can help, so that no further try is made.
    public var isFinal: Bool {
        switch self {
        case .impossibleModes, .unknownKind: true
        default: false
        }
    }
}

extension StickError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFound(let kind?):
            "No \(kind) stick is plugged in. Plug it in, or name its port in the settings."
        case .notFound(nil):
            "No known radio stick is plugged in. Plug one in, or name its port in the settings."
        case .absent(let port):
            "\(port) does not exist. Plug the stick in; if it is plugged in, check the port in the"
                + " settings or install udev/60-oms2mqtt.rules."
        case .notPermitted(let port, let group, let mode):
            "No permission for \(port) (group \(group), mode \(mode)). Add the user that runs"
                + " oms2mqtt to the group \(group) and log in again, or install"
                + " udev/60-oms2mqtt.rules and plug the stick in again."
        case .busy(let port):
            "\(port) is in use by another program. End the other gateway, terminal program or"
                + " ModemManager that holds it."
        case .notSerialPort(let port):
            "\(port) is not a serial port. Check the port in the settings."
        case .refusedSettings(let port, let rate):
            "\(port) cannot be set to \(rate) Bd, 8N1. Check that it is the stick's port."
        case .openFailed(let port, let number):
            "\(port) cannot be opened: \(Self.text(number)). Check the stick and its port."
        case .readFailed(let port, let number):
            "Reading from \(port) failed: \(Self.text(number)). Plug the stick in again."
        case .writeFailed(let port, let number):
            "Writing to \(port) failed: \(Self.text(number)). Plug the stick in again."
        case .unplugged(let port):
            "The stick on \(port) was unplugged. It is used again as soon as it is back."
        case .noAnswer(let kind, let port, let attempts):
            "No \(kind) answered on \(port) in \(attempts) tries. Check that the stick is of this"
                + " kind (leave the kind out to find it out) and plug it in again."
        case .noneAnswered(let ports):
            "No known radio stick answered on \(ports.joined(separator: ", ")). Name its kind and"
                + " port in the settings, and plug it in again."
        case .wrongStick(let expected, let found, let port):
            "Expected \(expected) on \(port) but found \(found). Correct the kind or the port in"
                + " the settings."
        case .unknownModule(let kind, let port, let type):
            "The stick on \(port) speaks like the \(kind) but is another module (type"
                + " \(Hex.text([type]))). Use a stick that oms2mqtt knows."
        case .wrongBand(let kind, let port, let found):
            "The \(kind) on \(port) is \(found): it cannot hear meters at 868 MHz. Use a stick"
                + " for 868 MHz."
        case .noReceiver(let kind, let port, let found):
            "The \(kind) on \(port) is an \(found), which receives no meters. Use another stick."
        case .unusableSetting(let kind, let port, let parameter, let value, let needed):
            "The \(kind) on \(port) has its parameter \(Hex.text([parameter])) set to"
                + " \(Hex.text([value])). Set it to \(Hex.text([needed])) with the maker's tool."
        case .refusedMode(let kind, let port, let modes, let status):
            "The \(kind) on \(port) refused to listen for \(modes.names) (status"
                + " \(Hex.text([status]))). Plug it in again, or choose other modes."
        case .firmwareTooOld(let kind, let firmware, let needed, let modes):
            "\(kind) with firmware \(firmware) cannot hear \(modes.names) at once: that takes"
                + " firmware \(needed). Update it with the maker's tool, or choose one mode."
        case .firmwareWithoutC(let kind, let port, let firmware):
            "The firmware of the \(kind) on \(port) (\(firmware)) cannot hear C1. Flash one with"
                + " mode C, or choose T1."
        case .firmwareWithoutWirelessMBus(let kind, let port, let firmware):
            "The firmware of the \(kind) on \(port) (\(firmware)) has no wireless M-Bus. Flash"
                + " one that was built with it."
        case .stoppedAnswering(let kind, let port):
            "The \(kind) on \(port) does not answer any more. It is set up anew; if that does not"
                + " help, plug it in again."
        case .onlyDamaged(let kind, let port, let count):
            "The \(kind) on \(port) sent \(count) damaged messages in a row. It is set up anew;"
                + " if it goes on, try another cable or USB port."
        case .input(let error): error.description
        case .impossibleModes([], _, let possible):
            "No mode is set. Choose one of: \(possible.map(\.names).joined(separator: "; "))."
        case .impossibleModes(let modes, let kind, let possible):
            (kind.map { "\($0) cannot" } ?? "No known stick can") + " hear \(modes.names)"
                + (modes.count > 1 ? " at once" : "")
                + ". Choose one of: \(possible.map(\.names).joined(separator: "; "))."
        case .unknownKind(let kind):
            "No stick is called \(kind.rawValue). Known are: "
                + StickCatalogue.rows.map(\.kind.rawValue).joined(separator: ", ") + "."
        }
    }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}

/// Something about a working stick that a person should know.
public enum StickNotice: Hashable, Sendable, CustomStringConvertible {
    /// T1 and C1 were wanted; this firmware hears T1 alone.
    case hearsOnlyT1(StickKind, firmware: String)
    /// Telegrams come without a check sum, so damage on the cable may go unseen.
    case outputWithoutChecksum(StickKind)
    case decryptsItself(StickKind)
    case sleeps(StickKind)
    /// It does not hand over the meter's address as it was sent.
    case handlesAddressItself(StickKind)
    /// It hands over only the meters that were taught to it.
    case hearsTaughtMetersOnly(StickKind)
    /// Frames longer than so many octets are lost.
    case cutsTelegrams(StickKind, longest: Int)
    case unusualBaudRate(StickKind, rate: UInt32, usual: UInt32)

    public var description: String {
        switch self {
        case .hearsOnlyT1(let kind, let firmware):
            "\(kind) with firmware \(firmware) cannot hear C1 besides T1: it hears T1 alone."
                + " Update its firmware if you have meters that send C1."
        case .outputWithoutChecksum(let kind):
            "\(kind) sends telegrams without a check sum. Set its parameter 05 to 01 (command"
                + " output) with the maker's tool so that damage on the cable is noticed."
        case .decryptsItself(let kind):
            "\(kind) decrypts telegrams itself, which changes them. Set its parameter 0B to 00"
                + " with the maker's tool."
        case .sleeps(let kind):
            "\(kind) falls asleep and misses telegrams. Set its parameter"
                + " \(kind == .rc1180 ? "04" : "3F") to 00 with the maker's tool."
        case .handlesAddressItself(let kind):
            "\(kind) handles the meters' addresses itself. Set its parameter 30 to 01 with the"
                + " maker's tool."
        case .hearsTaughtMetersOnly(let kind):
            "\(kind) hands over only meters that were taught to it. Set its parameter 3D to 02 with"
                + " the maker's tool."
        case .cutsTelegrams(let kind, let longest):
            "The \(kind) firmware cuts telegrams longer than \(longest) octets. Use firmware with"
                + " a larger line buffer, or another stick."
        case .unusualBaudRate(let kind, let rate, let usual):
            "\(kind) answers at \(rate) Bd instead of \(usual). Set it back with the maker's tool"
                + " so that it is found at once."
        }
    }
}

extension Set<LinkMode> {
    /// For people: `T1 and C1`.
    var names: String {
        sorted().reversed().map { $0.rawValue.uppercased() }.joined(separator: " and ")
    }
}
