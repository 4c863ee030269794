import CLinux
import Glibc

/// A serial port with the USB device it belongs to.
public struct USBSerialPort: Equatable, Sendable {
    /// Its node, as `/dev/ttyUSB0`.
    public var path: String
    public var vendor: UInt16
    public var product: UInt16
    public var manufacturer: String?
    public var productName: String?
    public var serial: String?
    /// Where on the bus it is plugged in.
    public var location: USBLocation?

    public init(
        path: String, vendor: UInt16, product: UInt16, manufacturer: String? = nil,
        productName: String? = nil, serial: String? = nil, location: USBLocation? = nil
    ) {
        self.path = path
        self.vendor = vendor
        self.product = product
        self.manufacturer = manufacturer
        self.productName = productName
        self.serial = serial
        self.location = location
    }

    /// The kinds of stick it can be by what USB tells; the first are the likelier ones. Never
    /// proof: only a stick's own answer is.
    ///
    /// Kinds known by their own USB device come alone; those behind a serial adapter of any gadget
    /// are many.
    public var likelyKinds: [StickKind] {
        let known = StickCatalogue.rows.filter { $0.usb.contains { $0.matches(self) } }
        if !known.isEmpty { return known.map(\.kind) }
        return StickCatalogue.rows.filter { $0.genericUSB.contains { $0.matches(self) } }
            .map(\.kind)
    }

    /// Whether `serial` is its serial number, whatever the case, or the place where it is plugged
    /// in (`1-1.3`), for sticks that have no number.
    public func isCalled(_ serial: String) -> Bool {
        self.serial?.lowercased() == serial.lowercased() || location?.description == serial
    }

    /// Whether USB tells more than that a serial adapter is there.
    public var isKnownStick: Bool {
        StickCatalogue.rows.contains { $0.usb.contains { $0.matches(self) } }
    }
}

/// What is plugged in, from sysfs.
///
/// Ports without a USB device (`ttyS0`, `ttyAMA0`) are left out: a console, Bluetooth or a heating
/// controller may be behind them. They are used only when a person names them.
public struct SerialPorts: Sendable {
    private let sysfs: String
    /// The directory of the ports' nodes.
    let devices: String

    public init(sysfs: String = "/sys", devices: String = "/dev") {
        self.sysfs = sysfs
        self.devices = devices
    }

    /// All serial ports of USB devices, by path.
    public func listed() -> [USBSerialPort] {
        SystemFile.entries(of: "\(sysfs)/class/tty").sorted().compactMap { name in
            guard let device = SystemFile.resolved("\(sysfs)/class/tty/\(name)/device"),
                let usb = usbDevice(above: device),
                let vendor = number(in: "\(usb)/idVendor"),
                let product = number(in: "\(usb)/idProduct")
            else { return nil }
            return USBSerialPort(
                path: "\(devices)/\(name)", vendor: vendor, product: product,
                manufacturer: SystemFile.line("\(usb)/manufacturer"),
                productName: SystemFile.line("\(usb)/product"),
                serial: SystemFile.line("\(usb)/serial"),
                location: USBLocation(usb.split(separator: "/").last ?? ""))
        }
    }

    /// The ports where a stick of `kind` (nil: any known one) may be and the kinds to probe for,
    /// those that USB names as a stick first.
    ///
    /// - Parameter serial: the one stick wanted, see `USBSerialPort.isCalled`; nil: any
    func candidates(
        for kind: StickKind?, serial: String? = nil
    ) -> [(port: String, kinds: [StickKind])] {
        let ports = listed().filter { port in serial.map(port.isCalled) ?? true }
        return (ports.filter(\.isKnownStick) + ports.filter { !$0.isKnownStick })
            .map { port in (port.path, port.likelyKinds.filter { kind == nil || $0 == kind }) }
            .filter { !$0.1.isEmpty }
    }

    /// Where on the bus the device behind `port` is plugged in, symbolic links followed; nil if it
    /// is no USB device.
    func location(of port: String) -> USBLocation? {
        let node = SystemFile.resolved(port) ?? port
        return listed().first { $0.path == port || $0.path == node }?.location
    }

    /// Why `port` could not be opened now; nil if it may be. Opens nothing.
    public func obstacle(to port: String) -> StickError? {
        access(port, R_OK | W_OK) == 0 ? nil : StickError(opening: port, errno: errno)
    }

    // MARK: sysfs

    /// The nearest directory at or above `device` that describes a USB device.
    private func usbDevice(above device: String) -> String? {
        var directory = device[...]
        while directory.utf8.count > 1 {
            if access("\(directory)/idVendor", F_OK) == 0 { return String(directory) }
            guard let slash = directory.lastIndex(of: "/") else { return nil }
            directory = directory[..<slash]
        }
        return nil
    }

    private func number(in file: String) -> UInt16? {
        SystemFile.line(file).flatMap { UInt16($0, radix: 16) }
    }
}

/// What a port's node looks like, to notice when it is another one.
struct PortSighting: Equatable {
    private let numbers: [UInt64]

    /// Symbolic links are followed; nil when nothing is there. What is behind a network cannot be
    /// seen: it is taken to be there, as the same.
    init?(_ path: String) {
        if path.hasPrefix(TCPPort.scheme) {
            numbers = []
            return
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        numbers = [
            UInt64(status.st_dev), UInt64(status.st_ino), UInt64(status.st_rdev),
            UInt64(status.st_mode), UInt64(status.st_uid), UInt64(status.st_gid),
        ]
    }
}
