import ArgumentParser
import Receivers
import Wire

struct ReceiversCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers",
        abstract: "Shows what is plugged in, and whether it may be used.",
        discussion: """
            oms2mqtt receivers
            oms2mqtt receivers --probe

            Nothing is sent to any device, unless with --probe: then each port behind which a stick \
            may be, and which nobody else uses, is asked what is there.

            Exit codes: 0 there is a stick that may be used; 1 there is none.
            """)

    @Flag(help: "Ask each stick what it is, and set it to listen as `listen` does.")
    var probe = false

    func run() throws {
        let ports = SerialPorts()
        let found = ports.listed()
        // All are looked at, whatever the first one is.
        let usable = found.map { show($0, ports) }.contains(true)
        if found.isEmpty { print("No USB serial device is plugged in.") }
        for program in PortHolders().suspects() {
            print(
                "\(program.name) runs and may take a stick for a modem or braille display: install"
                    + " udev/60-oms2mqtt.rules, or stop it.")
        }
        if !usable { throw Exit.failure }
    }

    /// - Returns: whether a stick is there that may be used.
    private func show(_ port: USBSerialPort, _ ports: SerialPorts) -> Bool {
        let names = [port.manufacturer, port.productName].compactMap { $0 }
        print("\(port.path)  \(names.joined(separator: " "))")
        let usb = Hex.text(octets(port.vendor)) + ":" + Hex.text(octets(port.product))
        print(
            "  USB \(usb)" + (port.location.map { ", plugged in at \($0)" } ?? "")
                + (port.serial.map { ", serial number \($0)" } ?? ", without serial number"))
        let kinds = port.likelyKinds
        guard !kinds.isEmpty else {
            print("  no stick that is known: left alone")
            return false
        }
        print(
            "  \(port.isKnownStick ? "is" : "may be") "
                + kinds.map(\.description).joined(separator: " or "))
        if let obstacle = ports.obstacle(to: port.path) {
            print("  \(obstacle)")
            return false
        }
        let holders = PortHolders().holders(of: port.path)
        guard holders.isEmpty else {
            let programs = holders.map { "\($0.name) (process \($0.process))" }
            print("  in use by \(programs.joined(separator: ", "))")
            return false
        }
        guard probe else {
            print("  may be opened")
            return true
        }
        return ask(port)
    }

    /// Asks what is there, half a minute at most.
    private func ask(_ port: USBSerialPort) -> Bool {
        let loop = EventLoop()
        var isStick = false
        // By its place, so that this port is tried alone, and as the likely kinds alone.
        let settings = ReceiverSettings(
            name: "probe", serial: port.location?.description ?? port.serial)
        let receiver = Receiver(settings: settings, loop: loop) { event in
            switch event {
            case .listening(let stick):
                isStick = true
                let modes = stick.modes.sorted().map { $0.rawValue.uppercased() }
                print(
                    "  answers as \(stick.model ?? stick.kind.description)"
                        + (stick.serial.map { ", id \($0)" } ?? "")
                        + (stick.firmware.map { ", firmware \($0)" } ?? "")
                        + ", listens for \(modes.joined(separator: " and "))")
                loop.stop()
            case .notice(let notice): print("  \(notice)")
            case .waiting(let error, _), .failed(let error), .lost(let error):
                print("  \(error)")
                loop.stop()
            default: break
            }
        }
        loop.after(.seconds(30)) { loop.stop() }
        receiver.start()
        loop.run()
        receiver.stop()
        return isStick
    }

    private func octets(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}
