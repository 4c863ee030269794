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
        (0x0403, 0x6001, "FT232R USB UART", [.amb8465, .cul]),
        (0x1A86, 0x7523, "USB2.0-Serial", [.amb8465, .cul]),
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
        #expect(names(nil) == ["ttyUSB1: im871a", "ttyUSB0: amb8465 cul"])
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
