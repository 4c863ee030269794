import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// The program on a USB bus that umockdev makes up, with the real libusb: what its user sees of the
/// sticks, and the reset of one that hangs. One after another: the bus is the whole process's.
@Suite(
    .serialized, .enabled(if: MockedBus.isThere, "runs under umockdev-wrapper, see the Makefile"))
struct MockedBusTests {
    let bus: MockedBus

    /// With a hub that the stick is plugged into.
    init() throws {
        bus = try #require(MockedBus())
        try #require(bus.plugIn(.hub))
    }

    static let adapter = MockedDevice(
        location: "1-3", address: 4, vendor: 0x0403, product: 0x6001, name: "FT232R USB UART")
    static let printer = MockedDevice(
        location: "1-4", address: 5, vendor: 0x04B8, product: 0x0202, name: "Receipt Printer")

    /// Puts a device in, with a node that is none of a terminal.
    func plugIn(_ device: MockedDevice, as port: String) throws -> String {
        try #require(bus.plugIn(device))
        let node = try #require(bus.addPort(port, to: device))
        let descriptor = open(node, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
        return node
    }

    func receivers() throws -> (lines: [String], code: Int32?) {
        let program = try Program(Household.executable, ["receivers"])
        let code = program.ended()
        try program.wait { program.isReadToEnd }
        return (program.lines, code)
    }

    @Test func nothingIsPluggedIn() throws {
        let shown = try receivers()
        #expect(shown.lines.first == "No USB serial device is plugged in.")
        #expect(shown.code == 1)
    }

    @Test func showsEachPort() throws {
        _ = try plugIn(.stick, as: "ttyUSB0")
        let held = try plugIn(Self.adapter, as: "ttyUSB1")
        _ = try plugIn(Self.printer, as: "ttyUSB2")
        let descriptor = open(held, O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        let shown = try receivers()
        #expect(
            shown.lines.prefix(7) == [
                "/dev/ttyUSB0  WiMOD iM871A-usb",
                "  USB 10C4:EA60, plugged in at 1-1.3, serial number IM871A01",
                "  is iM871A",
                "  may be opened",
                "/dev/ttyUSB1  FT232R USB UART",
                "  USB 0403:6001, plugged in at 1-3, without serial number",
                "  may be AMB8465 or CUL or RC1180",
            ])
        #expect(
            shown.lines.dropFirst(7).first?.hasPrefix("  in use by ") == true
                && shown.lines.dropFirst(7).first?.hasSuffix("(process \(getpid()))") == true)
        #expect(
            shown.lines.dropFirst(8).prefix(3) == [
                "/dev/ttyUSB2  Receipt Printer",
                "  USB 04B8:0202, plugged in at 1-4, without serial number",
                "  no stick that is known: left alone",
            ])
        #expect(shown.code == 0)
    }

    /// A stick that sends nothing but halves, and is deaf: step by step up to the reset of its USB
    /// device, and of its alone; each step logged, counted and published.
    @Test func aStickThatHangsIsResetByUSB() throws {
        try #require(bus.plugIn(.stick) && bus.plugIn(.twin))
        let node = try #require(bus.addPort("ttyUSB0", to: .stick))
        _ = try #require(bus.addPort("ttyUSB1", to: .twin))
        let numbered = NumberedTelegrams(meters: 1)
        let simulation = try StickSimulation(
            stick: .im871a, link: node,
            options: .init(rate: 20, hangAfter: 10, hang: .halfFrames, recoversOn: .replug)
        ) { Transmission(frame: numbered.frame($0)) }
        simulation.start()
        defer { simulation.stopAndWait() }
        // A device that is reset is gone for a moment, and starts anew.
        let counter = try #require(bus.countResets(of: .stick))
        let others = try #require(bus.countResets(of: .twin))
        counter.whenReset = {
            _ = simulation.unplug()
            _ = simulation.plug()
        }

        let house = try Household()
        try house.startBroker()
        try house.startSubscriber()
        try house.startGateway(
            receivers: "  - {name: attic, serial: im871a01}",
            meters: "  - {name: gas, id: \(numbered.id(0))}")
        let gateway = try #require(house.gateway)
        try gateway.wait {
            gateway.lines.contains { $0.contains("telegrams come again") }
        }
        #expect(counter.count == 1)
        #expect(others.count == 0)
        #expect(
            gateway.lines.contains {
                $0.contains("what helped: resetting its USB device.")
            })
        for step in ["restarting the stick by its own command", "closing its port", "resetting"] {
            #expect(
                gateway.lines.contains {
                    $0.contains("Receiver 'attic': nothing was heard for") && $0.contains(step)
                })
        }
        let subscriber = try #require(house.subscriber)
        func health() throws -> [JSONValue] {
            try house.messages(on: "energy2mqtt/mgt/health").map { try JSONValue(parsing: $0) }
        }
        try subscriber.wait {
            let last = (try? health())?.last
            return last?["recovering"]?["attic"] == nil && last?["recovery_steps"] == .number("4")
        }
        #expect(
            try health().compactMap { $0["recovering"]?["attic"] }.contains(.string("reset_usb")))
        let before = house.messages(on: "energy2mqtt/devs/OMS/gas").count
        try subscriber.wait {
            house.messages(on: "energy2mqtt/devs/OMS/gas").count > before + 5
        }
        #expect(house.gateway?.end() == 0)
    }
}
