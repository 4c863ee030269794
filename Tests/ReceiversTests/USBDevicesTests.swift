import CLinux
import Glibc
import TestSupport
import Testing

@testable import Receivers

@Suite struct USBLocationTests {
    @Test(arguments: ["1-1", "1-1.3", "2-10.4.1"])
    func readsWhatItWrites(text: String) {
        #expect(USBLocation(text)?.description == text)
    }

    @Test(arguments: ["", "usb1", "1-", "-1", "1-1.", "1-1..2", "1-1:1.0", "256-1", "1-x", "1-1-1"])
    func refusesTheRest(text: String) {
        #expect(USBLocation(text) == nil)
    }
}

/// The real libusb on a mocked bus. One after another: the bus is the whole process's.
@Suite(
    .serialized, .enabled(if: MockedBus.isThere, "runs under umockdev-wrapper, see the Makefile"))
struct USBDevicesTests {
    let loop = EventLoop()
    let bus: MockedBus

    /// With a hub that the first stick is plugged into.
    init() throws {
        bus = try #require(MockedBus())
        try #require(bus.plugIn(.hub))
    }

    static let mouse = MockedDevice(
        location: "1-4", address: 9, vendor: 0x046D, product: 0xC077, name: "USB Optical Mouse")

    func described(_ device: MockedDevice) -> USBDevice? {
        USBLocation(device.location).map {
            USBDevice(
                location: $0, address: UInt8(device.address), vendor: device.vendor,
                product: device.product, productName: device.name, serial: device.serial)
        }
    }

    /// Turns the loop until `isTrue`; false if that is without hope.
    func turn(until isTrue: () -> Bool) -> Bool {
        let deadline = loop.now + patience
        while !isTrue() {
            guard loop.now < deadline else { return false }
            loop.turn(atMost: .milliseconds(50))
        }
        return true
    }

    @Test func listsWhatIsThere() throws {
        #expect(bus.plugIn(.stick) && bus.plugIn(.twin) && bus.plugIn(Self.mouse))
        let usb = try USBDevices(loop: loop)
        #expect(
            usb.listed() == [.hub, .stick, .twin, Self.mouse].compactMap(described))
    }

    @Test func tellsWhatComesAndGoes() throws {
        let usb = try USBDevices(loop: loop)
        #expect(usb.listed().map(\.address) == [8])
        let events = Collected()
        let subscription = usb.subscribe { events.all.append($0) }
        var stick = MockedDevice.stick
        for address in 2...6 {
            // A new address each time, at the same place.
            stick.address = address
            #expect(bus.plugIn(stick))
            #expect(turn { events.all.count == 1 })
            #expect(events.all == [described(stick).map { .arrived($0) }])
            events.all = []
            bus.pullOut(stick)
            #expect(turn { events.all.count == 1 })
            guard case .left(let left)? = events.all.first else {
                Issue.record("told \(events.all)")
                return
            }
            #expect(left.location.description == stick.location)
            events.all = []
        }
        usb.cancel(subscription)
        #expect(bus.plugIn(Self.mouse))
        #expect(turn { usb.listed().count == 2 })
        #expect(events.all == [])
    }

    /// Nothing of libusb's wakes the loop while nothing happens.
    @Test func sleepsWhileNothingHappens() throws {
        let usb = try USBDevices(loop: loop)
        loop.turn(atMost: .zero)
        let before = loop.now
        loop.turn(atMost: .milliseconds(300))
        #expect(before.duration(to: loop.now) >= .milliseconds(300))
        withExtendedLifetime(usb) {}
    }

    @Test func resetsOneDeviceAlone() throws {
        #expect(bus.plugIn(.stick) && bus.plugIn(.twin))
        let first = try #require(bus.countResets(of: .stick))
        let second = try #require(bus.countResets(of: .twin))
        let usb = try USBDevices(loop: loop)
        try usb.reset(USBLocation(bus: 1, ports: [2]))
        #expect(first.count == 0)
        #expect(second.count == 1)
        // It came back as another device: that is what a reset may do.
        second.error = ENODEV
        try? usb.reset(USBLocation(bus: 1, ports: [2]))
        #expect(first.count == 0)
        #expect(second.count == 2)
    }

    @Test func whatIsGoneIsNotReset() throws {
        #expect(bus.plugIn(.stick))
        let usb = try USBDevices(loop: loop)
        let place = USBLocation(bus: 1, ports: [2])
        #expect(throws: USBError.gone(place)) { try usb.reset(place) }
    }

    /// Where a reset fails the device is switched off and on; where that is not allowed either,
    /// the error says what to do.
    @Test func isSwitchedOffAndOnInstead() throws {
        #expect(bus.plugIn(.stick))
        let counter = try #require(bus.countResets(of: .stick))
        counter.error = EPERM
        let usb = try USBDevices(loop: loop)
        let place = USBLocation(bus: 1, ports: [1, 3])
        try usb.reset(place)
        #expect(counter.count == 1)
        let file = "\(bus.root)\(MockedDevice.stick.path)/authorized"
        #expect(SystemFile.line(file) == "1")
        unlink(file)
        #expect(throws: USBError.self) { try usb.reset(place) }
    }

    @Test(.enabled(if: geteuid() != 0, "root may open everything"))
    func withoutPermission() throws {
        #expect(bus.plugIn(.stick))
        chmod("\(bus.root)/dev/\(MockedDevice.stick.node)", 0)
        unlink("\(bus.root)\(MockedDevice.stick.path)/authorized")
        let usb = try USBDevices(loop: loop)
        #expect(throws: USBError.notPermitted(node: "/dev/\(MockedDevice.stick.node)")) {
            try usb.reset(USBLocation(bus: 1, ports: [1, 3]))
        }
    }

    /// What is no stick is left alone: its device is never opened, reset or not.
    @Test func unknownDevicesAreLeftAlone() throws {
        #expect(bus.plugIn(Self.mouse) && bus.plugIn(.stick))
        let opened = Opened("\(bus.root)/dev/\(Self.mouse.node)")
        let usb = try USBDevices(loop: loop)
        let counter = try #require(bus.countResets(of: .stick))
        #expect(usb.listed().count == 3)
        try usb.reset(USBLocation(bus: 1, ports: [1, 3]))
        #expect(counter.count == 1)
        #expect(!opened.happened)
        #expect(SerialPorts().candidates(for: nil).isEmpty)
    }
}

private final class Collected {
    var all: [USBEvent] = []
}

/// Whether a file was opened since this was made.
private struct Opened {
    private let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))

    init(_ path: String) { inotify_add_watch(descriptor, path, UInt32(IN_OPEN)) }

    var happened: Bool {
        var buffer = [UInt8](repeating: 0, count: 256)
        return read(descriptor, &buffer, buffer.count) > 0
    }
}
