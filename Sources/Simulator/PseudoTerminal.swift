import CLinux
import Glibc

/// A pseudo terminal whose host side has a lasting name: plugging in makes a new terminal and
/// points the name to it, unplugging takes both away.
///
/// The host side is kept open here too, so hosts may open and close it without the terminal
/// noticing a hang-up; the line is raw from the start, or the kernel would echo what the stick
/// says before a host has set it up.
public final class PseudoTerminal {
    /// The name that hosts open.
    public let link: String
    /// The stick's side, non-blocking; -1 while unplugged.
    public private(set) var descriptor: Int32 = -1
    private var hostSide: Int32 = -1
    /// Where `link` points while plugged in.
    private var device = ""

    /// - Throws: as `plug`.
    public init(link: String) throws(PseudoTerminalError) {
        self.link = link
        try plug()
    }

    deinit { unplug() }

    public var isPlugged: Bool { descriptor >= 0 }

    /// Makes a new terminal and lets the link point to it, in place of a link left over.
    ///
    /// - Throws: `PseudoTerminalError` when there is no terminal to be had, or when the link
    ///   cannot be made or would take the place of something that is no link.
    public func plug() throws(PseudoTerminalError) {
        guard !isPlugged else { return }
        guard openpty(&descriptor, &hostSide, nil, nil, nil) == 0 else {
            throw .noTerminal(reason: Self.reason())
        }
        var settings = termios()
        var name = [CChar](repeating: 0, count: 256)
        guard tcgetattr(hostSide, &settings) == 0, ttyname_r(hostSide, &name, name.count) == 0
        else {
            let reason = Self.reason()
            close()
            throw .noTerminal(reason: reason)
        }
        cfmakeraw(&settings)
        _ = tcsetattr(hostSide, TCSANOW, &settings)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        for side in [descriptor, hostSide] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
        device = Self.text(name)
        do throws(PseudoTerminalError) {
            try makeLink()
        } catch {
            close()
            throw error
        }
    }

    /// Ends the terminal, which hosts see as a stick pulled out, and takes the link away.
    ///
    /// What hosts have not read yet is lost, as in reality; `isDrained` tells.
    public func unplug() {
        guard isPlugged else { return }
        if Self.target(of: link) == device { _ = Glibc.unlink(link) }
        close()
    }

    /// Whether hosts have read all that was written.
    public var isDrained: Bool {
        // Unlike FIONREAD, poll first lets the kernel hand on what it still has under way.
        var unread = pollfd(fd: hostSide, events: Int16(POLLIN), revents: 0)
        return poll(&unread, 1, 0) == 0
    }

    /// Lets the next host open the terminal although one before it, now gone, claimed it alone.
    ///
    /// A claim ends with the last close, which never comes as the host side is open here.
    public func releaseClaim() { _ = linux_ioctl(hostSide, UInt(TIOCNXCL)) }

    /// Whether the host has set the line to `baudRate`; true for rates that sticks do not have.
    func isSet(to baudRate: Int) -> Bool {
        let codes = [9_600: B9600, 38_400: B38400, 57_600: B57600, 115_200: B115200]
        var settings = termios()
        guard let code = codes[baudRate], tcgetattr(hostSide, &settings) == 0 else { return true }
        return cfgetospeed(&settings) == speed_t(code)
    }

    /// Sets the line to a rate that no stick has, as if the stick had changed its own.
    func spoilBaudRate() {
        var settings = termios()
        guard tcgetattr(hostSide, &settings) == 0 else { return }
        cfsetspeed(&settings, speed_t(B300))
        _ = tcsetattr(hostSide, TCSANOW, &settings)
    }

    /// A descriptor (inotify) that is readable once a host opens the terminal; -1 if there is none
    /// to be had. The caller's to close.
    func openingDescriptor() -> Int32 {
        let watch = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        if watch >= 0 { _ = inotify_add_watch(watch, device, UInt32(IN_OPEN)) }
        return watch
    }

    private func close() {
        _ = Glibc.close(descriptor)
        _ = Glibc.close(hostSide)
        descriptor = -1
        hostSide = -1
    }

    private func makeLink() throws(PseudoTerminalError) {
        var status = stat()
        if lstat(link, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
            throw .linkTaken(path: link)
        }
        // A rename replaces a link that is there in one step: hosts never see none.
        let temporary = "\(link).\(getpid())"
        _ = Glibc.unlink(temporary)
        guard symlink(device, temporary) == 0, rename(temporary, link) == 0 else {
            let reason = Self.reason()
            _ = Glibc.unlink(temporary)
            throw .noLink(path: link, reason: reason)
        }
    }

    private static func target(of link: String) -> String? {
        var target = [CChar](repeating: 0, count: 256)
        return readlink(link, &target, target.count - 1) < 0 ? nil : text(target)
    }

    /// The text before the first zero.
    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func reason() -> String {
        strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }
}

/// Why a stick cannot be plugged in.
public enum PseudoTerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    case noTerminal(reason: String)
    case linkTaken(path: String)
    case noLink(path: String, reason: String)

    public var description: String {
        switch self {
        case .noTerminal(let reason):
            "No pseudo terminal can be opened (\(reason)). Check that /dev/pts is mounted."
        case .linkTaken(let path):
            "\(path) exists and is no link; it is left as it is. Give another path with --link."
        case .noLink(let path, let reason):
            "\(path) cannot be made (\(reason)). Give a path in a directory you may write to "
                + "with --link."
        }
    }
}
