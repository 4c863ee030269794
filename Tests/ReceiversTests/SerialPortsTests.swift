import Glibc
import TestSupport
import Testing

@testable import Receivers

@Suite struct SerialPortsTests {
    let directory = TemporaryDirectory()

    @Test func listsUSBPortsAlone() {
        directory.addUSB(
            "ttyUSB0", vendor: "10c4", product: "ea60", name: "WiMOD iM871A-usb",
            manufacturer: "Silicon Labs", serial: "00B93F7D")
        directory.addUSB("ttyACM0", vendor: "03eb", product: "204b", name: "CUL868")
        directory.makeDirectory("sys/devices/platform/serial/tty/ttyAMA0")
        directory.makeDirectory("sys/class/tty")
        directory.link("sys/devices/platform/serial/tty/ttyAMA0/device", to: "../../")
        directory.link(
            "sys/class/tty/ttyAMA0",
            to: "\(directory.path)/sys/devices/platform/serial/tty/ttyAMA0")
        directory.makeDirectory("sys/class/tty/tty1")
        let devices = "\(directory.path)/dev"
        #expect(
            directory.ports.listed() == [
                USBSerialPort(
                    path: "\(devices)/ttyACM0", vendor: 0x03EB, product: 0x204B,
                    productName: "CUL868"),
                USBSerialPort(
                    path: "\(devices)/ttyUSB0", vendor: 0x10C4, product: 0xEA60,
                    manufacturer: "Silicon Labs", productName: "WiMOD iM871A-usb",
                    serial: "00B93F7D"),
            ])
    }

    @Test func nothingWithoutSysfs() {
        #expect(directory.ports.listed() == [])
    }

    static let likely: [(vendor: UInt16, product: UInt16, name: String?, kinds: [StickKind])] = [
        (0x10C4, 0x87ED, nil, [.im871a]),
        (0x10C4, 0xEA60, "WiMOD iM871A-usb", [.im871a]),
        (0x10C4, 0xEA60, "CP2102 USB to UART Bridge Controller", [.im871a]),
        (0x0403, 0x6001, "AMB8465 AMBER USB Stick", [.amb8465]),
        (0x0403, 0x6001, "Metis-II", [.amb8465]),
        (0x0403, 0x6001, "FT232R USB UART", [.amb8465, .cul, .rc1180]),
        (0x1A86, 0x7523, "USB2.0-Serial", [.amb8465, .cul, .rc1180]),
        (0x03EB, 0x204B, "CUL868", [.cul]),
        (0x1366, 0x0105, "J-Link", []),
    ]

    @Test(arguments: likely)
    func likelyKinds(vendor: UInt16, product: UInt16, name: String?, kinds: [StickKind]) {
        let port = USBSerialPort(
            path: "/dev/ttyUSB0", vendor: vendor, product: product, productName: name)
        #expect(port.likelyKinds == kinds)
    }

    @Test func knownSticksAreTriedBeforeAdapters() {
        directory.addUSB("ttyUSB0", vendor: "0403", product: "6001", name: "FT232R USB UART")
        directory.addUSB("ttyUSB1", vendor: "10c4", product: "87ed")
        directory.addUSB("ttyUSB2", vendor: "1366", product: "0105")
        func names(_ kind: StickKind?) -> [String] {
            directory.ports.candidates(for: kind).map { candidate in
                let name = candidate.port.split(separator: "/").last ?? ""
                return "\(name): \(candidate.kinds.map(\.rawValue).joined(separator: " "))"
            }
        }
        #expect(names(nil) == ["ttyUSB1: im871a", "ttyUSB0: amb8465 cul rc1180"])
        #expect(names(.cul) == ["ttyUSB0: cul"])
        #expect(names(.im871a) == ["ttyUSB1: im871a"])
    }

    @Test func obstacles() {
        directory.write("", to: "dev/ttyUSB0")
        #expect(directory.ports.obstacle(to: "\(directory.path)/dev/ttyUSB0") == nil)
        let absent = "\(directory.path)/dev/ttyUSB1"
        #expect(directory.ports.obstacle(to: absent) == .absent(port: absent))
    }
}

@Suite struct PortHoldersTests {
    let directory = TemporaryDirectory()

    @Test func namesWhoHasThePortOpen() {
        directory.write("", to: "dev/ttyUSB0")
        directory.write("", to: "dev/ttyUSB1")
        directory.link("dev/stick", to: "ttyUSB0")
        directory.write("minicom\n", to: "proc/4242/comm")
        directory.link("proc/4242/fd/3", to: "\(directory.path)/dev/ttyUSB0")
        directory.write("brltty\n", to: "proc/77/comm")
        directory.link("proc/77/fd/9", to: "\(directory.path)/dev/ttyUSB1")
        directory.write("cpuinfo\n", to: "proc/cpuinfo")
        let holders = PortHolders(procfs: "\(directory.path)/proc")
        #expect(
            holders.holders(of: "\(directory.path)/dev/stick") == [
                PortHolders.Program(process: 4242, name: "minicom")
            ])
        #expect(holders.suspects() == [PortHolders.Program(process: 77, name: "brltty")])
        #expect(holders.holders(of: "\(directory.path)/dev/ttyUSB9") == [])
    }

    /// Of a program whose descriptors may not be read the lock tells.
    @Test func namesWhoHasThePortLocked() {
        directory.write("", to: "dev/ttyUSB0")
        var status = stat()
        stat("\(directory.path)/dev/ttyUSB0", &status)
        let (major, minor) = (status.st_dev >> 8 & 0xFFF, status.st_dev & 0xFF)
        func two(_ number: UInt) -> String {
            (number < 16 ? "0" : "") + String(number, radix: 16)
        }
        directory.write(
            "1: POSIX  ADVISORY  READ 5 00:01:9 0 EOF\n2: FLOCK  ADVISORY  WRITE 99 "
                + "\(two(major)):\(two(minor)):\(status.st_ino) 0 EOF\n", to: "proc/locks")
        directory.write("gateway\n", to: "proc/99/comm")
        #expect(
            PortHolders(procfs: "\(directory.path)/proc")
                .holders(of: "\(directory.path)/dev/ttyUSB0") == [
                    PortHolders.Program(process: 99, name: "gateway")
                ])
    }

    /// Two of a kind are told apart by number, or by place where there is none.
    @Test func equalSticksAreToldApart() {
        directory.addUSB("ttyUSB0", vendor: "10c4", product: "87ed", serial: "IM871A01")
        directory.addUSB("ttyUSB1", vendor: "10c4", product: "87ed", serial: "IM871A02")
        let found = directory.ports.candidates(for: .im871a, serial: "im871a02")
        #expect(found.map(\.port) == ["\(directory.path)/dev/ttyUSB1"])
        #expect(directory.ports.candidates(for: .im871a, serial: "IM871A03").isEmpty)
        let port = USBSerialPort(
            path: "/dev/ttyUSB0", vendor: 0x1A86, product: 0x7523, location: USBLocation("1-1.3"))
        #expect(port.isCalled("1-1.3"))
        #expect(!port.isCalled("1-1"))
    }
}
