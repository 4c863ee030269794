/// A device as umockdev describes it.
public struct MockedDevice: Sendable {
    public var location: String
    public var address: Int
    public var vendor: UInt16
    public var product: UInt16
    public var name: String?
    public var serial: String?

    public init(
        location: String, address: Int, vendor: UInt16, product: UInt16, name: String? = nil,
        serial: String? = nil
    ) {
        self.location = location
        self.address = address
        self.vendor = vendor
        self.product = product
        self.name = name
        self.serial = serial
    }

    public var path: String {
        let hub = location.split(separator: ".").dropLast().joined(separator: ".")
        return "/sys/devices/pci0000:00/0000:00:14.0/usb1/"
            + (hub.isEmpty ? "" : "\(hub)/") + location
    }
    public var node: String { "bus/usb/001/\(Self.digits(address))" }

    var text: String {
        let ids = [vendor, product].map { format($0) }
        // Device and configuration of a CP2102, with other ids.
        let descriptors =
            "1201000200000040" + Self.swapped(vendor) + Self.swapped(product) + "0001010203010902"
            + "200001010080320904000002FF0000000705820240000007050102400000"
        var lines = [
            "P: " + path.dropFirst(4), "N: \(node)=\(descriptors)", "E: SUBSYSTEM=usb",
            "E: DEVTYPE=usb_device", "E: DEVNAME=/dev/\(node)", "E: BUSNUM=001",
            "E: DEVNUM=\(Self.digits(address))", "E: PRODUCT=\(ids[0])/\(ids[1])/100",
            "E: MAJOR=189", "E: MINOR=\(address - 1)", "A: busnum=1\\n", "A: devnum=\(address)\\n",
            "A: speed=12\\n", "A: idVendor=\(ids[0])\\n", "A: idProduct=\(ids[1])\\n",
            "A: bConfigurationValue=1\\n", "A: authorized=1\\n",
        ]
        if let name { lines.append("A: product=\(name)\\n") }
        if let serial { lines.append("A: serial=\(serial)\\n") }
        lines += ["A: dev=189:\(address - 1)\\n", "H: descriptors=\(descriptors)", ""]
        return lines.joined(separator: "\n") + "\n"
    }

    private func format(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
    private static func digits(_ number: Int) -> String {
        String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
    }
    private static func swapped(_ number: UInt16) -> String {
        [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

/// What is plugged in where several tests need the same.
extension MockedDevice {
    public static let hub = MockedDevice(
        location: "1-1", address: 8, vendor: 0x05E3, product: 0x0608)
    /// Plugged into the hub.
    public static let stick = MockedDevice(
        location: "1-1.3", address: 2, vendor: 0x10C4, product: 0xEA60, name: "WiMOD iM871A-usb",
        serial: "IM871A01")
    /// Another of the same kind.
    public static let twin = MockedDevice(
        location: "1-2", address: 3, vendor: 0x10C4, product: 0xEA60, name: "WiMOD iM871A-usb",
        serial: "IM871A02")
}
