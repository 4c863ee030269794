import CLibUSB
import Glibc

/// Where on the bus a device is plugged in: the bus and the ports from its root on. It is the same
/// for whatever is plugged in there, as often as it is.
public struct USBLocation: Hashable, Sendable, CustomStringConvertible {
    public var bus: UInt8
    public var ports: [UInt8]

    public init(bus: UInt8, ports: [UInt8]) {
        self.bus = bus
        self.ports = ports
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, let bus = UInt8(halves[0]) else { return nil }
        let ports = halves[1].split(separator: ".", omittingEmptySubsequences: false)
            .map { UInt8($0) }
        guard !ports.isEmpty, !ports.contains(nil) else { return nil }
        self.init(bus: bus, ports: ports.compactMap(\.self))
    }

    /// As the kernel names the device: `1-1.3`.
    public var description: String {
        "\(bus)-" + ports.map { "\($0)" }.joined(separator: ".")
    }
}

/// A device on the bus, whatever it is.
public struct USBDevice: Equatable, Sendable {
    public var location: USBLocation
    /// Changes each time it is plugged in.
    public var address: UInt8
    public var vendor: UInt16
    public var product: UInt16
    public var manufacturer: String?
    public var productName: String?
    public var serial: String?

    /// For device files: `/dev/bus/usb/001/002`.
    var nodeName: String {
        let numbers = [location.bus, address].map { number in
            String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
        }
        return "bus/usb/" + numbers.joined(separator: "/")
    }
}

/// Something was plugged in or pulled out.
public enum USBEvent: Equatable, Sendable {
    case arrived(USBDevice)
    /// Its strings are not known any more.
    case left(USBDevice)
}

/// Why the bus cannot be watched, or a device not be reset.
public enum USBError: Error, Equatable, Sendable, CustomStringConvertible {
    case unavailable(reason: String)
    case gone(USBLocation)
    case notPermitted(node: String)
    case resetFailed(USBLocation, reason: String)

    public var description: String {
        switch self {
        case .unavailable(let reason):
            "USB cannot be watched (\(reason)). Sticks are still found by their ports, but cannot"
                + " be reset; let the container or service see /dev/bus/usb."
        case .gone(let location): "Nothing is plugged in at USB \(location) any more."
        case .notPermitted(let node):
            "No permission to reset the stick (\(node)). Install udev/60-oms2mqtt.rules and plug"
                + " the stick in again."
        case .resetFailed(let location, let reason):
            "The stick at USB \(location) could not be reset (\(reason)). Plug it in again."
        }
    }
}

/// The USB devices that are plugged in, word of those that come and go, and the reset of one.
///
/// libusb's own descriptors are watched by the event loop, so its callbacks come on the loop's
/// thread and no thread of ours is needed: no transfers are made here, and without them libusb
/// needs its descriptors of the beginning only. (libusb waits for the kernel's events on a thread
/// of its own, which sleeps until there is one.) Nothing is asked of a device but what the kernel
/// has read already: foreign ones are never opened.
public final class USBDevices {
    public struct Subscription: Hashable { fileprivate let number: Int }

    private let context: OpaquePointer
    private let loop: EventLoop
    private let sysfs: String
    private let devices: String
    private var callback: libusb_hotplug_callback_handle = 0
    private var tokens: [EventLoop.Token] = []
    private var handlers: [Int: (USBEvent) -> Void] = [:]
    private var lastNumber = 0

    /// Starts a thread of libusb's: block signals that are to be read before.
    ///
    /// - Throws: `USBError.unavailable`, as in a container without USB.
    public init(
        loop: EventLoop, sysfs: String = "/sys", devices: String = "/dev"
    ) throws(USBError) {
        var context: OpaquePointer?
        let result = libusb_init(&context)
        guard result == 0, let context else {
            throw .unavailable(reason: Self.text(result))
        }
        self.context = context
        self.loop = loop
        self.sysfs = sysfs
        self.devices = devices
        watchDescriptors()
        let registered = libusb_hotplug_register_callback(
            context,
            Int32(
                LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue
                    | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue), 0,
            LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            { _, device, event, pointer in
                guard let device, let pointer else { return 0 }
                Unmanaged<USBDevices>.fromOpaque(pointer).takeUnretainedValue()
                    .happened(event, to: device)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque(), &callback)
        guard registered == 0 else { throw .unavailable(reason: Self.text(registered)) }
    }

    deinit {
        libusb_hotplug_deregister_callback(context, callback)
        for token in tokens { loop.cancel(token) }
        libusb_exit(context)
    }

    private func watchDescriptors() {
        guard let list = libusb_get_pollfds(context) else { return }
        defer { libusb_free_pollfds(list) }
        var place = 0
        while let descriptor = list[place] {
            place += 1
            let interest = EventLoop.Readiness(rawValue: descriptor.pointee.events)
            tokens.append(
                loop.watch(descriptor.pointee.fd, for: interest) { [weak self] _ in
                    self?.handleEvents()
                })
        }
    }

    private func handleEvents() {
        var noTime = timeval()
        _ = libusb_handle_events_timeout_completed(context, &noTime, nil)
    }

    // MARK: What is there

    /// All devices but hubs of the computer itself, by location.
    public func listed() -> [USBDevice] {
        withDevices { $0.compactMap(describe) }
            .sorted { "\($0.location)" < "\($1.location)" }
    }

    /// Calls `handler` on the loop for each device that comes or goes.
    public func subscribe(_ handler: @escaping (USBEvent) -> Void) -> Subscription {
        lastNumber += 1
        handlers[lastNumber] = handler
        return Subscription(number: lastNumber)
    }

    public func cancel(_ subscription: Subscription) {
        handlers[subscription.number] = nil
    }

    private func happened(_ event: libusb_hotplug_event, to device: OpaquePointer) {
        guard let device = describe(device) else { return }
        let told: USBEvent =
            event == LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT ? .left(device) : .arrived(device)
        for handler in handlers.values { handler(told) }
    }

    private func withDevices<Result>(_ use: ([OpaquePointer]) -> Result) -> Result {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libusb_get_device_list(context, &list)
        defer { if let list { libusb_free_device_list(list, 1) } }
        return use(UnsafeBufferPointer(start: list, count: max(count, 0)).compactMap(\.self))
    }

    /// nil for the root of a bus.
    private func describe(_ device: OpaquePointer) -> USBDevice? {
        guard let location = location(of: device) else { return nil }
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(device, &descriptor) == 0 else { return nil }
        let directory = "\(sysfs)/bus/usb/devices/\(location)"
        return USBDevice(
            location: location, address: libusb_get_device_address(device),
            vendor: descriptor.idVendor, product: descriptor.idProduct,
            manufacturer: SystemFile.line("\(directory)/manufacturer"),
            productName: SystemFile.line("\(directory)/product"),
            serial: SystemFile.line("\(directory)/serial"))
    }

    private func location(of device: OpaquePointer) -> USBLocation? {
        // Seven hubs deep is all that USB allows.
        var ports = [UInt8](repeating: 0, count: 7)
        let count = libusb_get_port_numbers(device, &ports, Int32(ports.count))
        guard count > 0 else { return nil }
        return USBLocation(
            bus: libusb_get_bus_number(device), ports: Array(ports.prefix(Int(count))))
    }

    // MARK: Reset

    /// Resets the device at `location` and no other, as if it were plugged in again. Its port must
    /// be closed before, and comes back under the same or another name.
    ///
    /// Waits for the kernel, some tenths of a second. Where the device's file is not ours to write,
    /// the device is switched off and on through sysfs, if that is allowed.
    public func reset(_ location: USBLocation) throws(USBError) {
        let found: (result: Int32, node: String)? = withDevices { all in
            guard let device = all.first(where: { self.location(of: $0) == location }),
                let described = describe(device)
            else { return nil }
            return (Self.reset(device), "\(devices)/\(described.nodeName)")
        }
        guard let found else { throw .gone(location) }
        switch libusb_error(rawValue: found.result) {
        // "Not found": it came back as another device, which is what was wanted.
        case LIBUSB_SUCCESS, LIBUSB_ERROR_NOT_FOUND: return
        case LIBUSB_ERROR_NO_DEVICE: throw .gone(location)
        case LIBUSB_ERROR_ACCESS:
            guard switchOffAndOn(location) else { throw .notPermitted(node: found.node) }
        default:
            guard switchOffAndOn(location) else {
                throw .resetFailed(location, reason: Self.text(found.result))
            }
        }
    }

    private static func reset(_ device: OpaquePointer) -> Int32 {
        var handle: OpaquePointer?
        let opened = libusb_open(device, &handle)
        guard opened == 0, let handle else { return opened }
        defer { libusb_close(handle) }
        return libusb_reset_device(handle)
    }

    private func switchOffAndOn(_ location: USBLocation) -> Bool {
        let file = "\(sysfs)/bus/usb/devices/\(location)/authorized"
        return SystemFile.write("0", to: file) && SystemFile.write("1", to: file)
    }

    private static func text(_ result: Int32) -> String { String(cString: libusb_strerror(result)) }
}
