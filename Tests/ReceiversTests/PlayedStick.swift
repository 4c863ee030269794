import CLinux
import Glibc
import TestSupport
import Wire

@testable import Receivers

/// A scripted stick behind a real pseudo terminal, with a symbolic link as udev makes them.
final class PlayedStick {
    /// Where the driver finds it.
    let path: String
    var script: ScriptedStick
    /// Does not hear at any other rate.
    var baudRate: speed_t?
    /// Put out in answer to whatever it hears.
    var chatter: [UInt8] = []
    /// What it heard since it was plugged in.
    private(set) var heard: [UInt8] = []

    private let loop: EventLoop
    private var master: Int32 = -1
    /// Held open, so that the terminal is not hung up while the driver is away.
    private var slave: Int32 = -1
    private var watch: EventLoop.Token?
    private var command: [UInt8] = []

    init(_ script: ScriptedStick, at path: String, on loop: EventLoop) {
        self.script = script
        self.path = path
        self.loop = loop
    }

    deinit { unplug() }

    func plugIn() {
        unplug()
        var raw = termios()
        cfmakeraw(&raw)
        var name = [CChar](repeating: 0, count: 64)
        guard openpty(&master, &slave, &name, &raw, nil) == 0 else { return }
        symlink(name, path)
        heard = []
        command = []
        watch = loop.watch(master) { [weak self] _ in self?.hear() }
    }

    func unplug() {
        guard master >= 0 else { return }
        loop.cancel(watch)
        unlink(path)
        close(slave)
        close(master)
        master = -1
    }

    func say(_ octets: [UInt8]) { _ = write(master, octets, octets.count) }

    /// Takes the right to open it from everybody, or gives it back.
    func setPermissions(_ mode: mode_t) { fchmod(slave, mode) }

    private func hear() {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { return }
        heard += buffer.prefix(count)
        var settings = termios()
        tcgetattr(master, &settings)
        if let baudRate, cfgetospeed(&settings) != baudRate { return }
        command += buffer.prefix(count)
        say(chatter + script.answer(to: &command))
    }
}

extension TemporaryDirectory {
    /// Lays out a USB serial adapter as sysfs shows it: `tty` is `ttyUSB0` or `ttyACM0`.
    func addUSB(
        _ tty: String, vendor: String, product: String, name: String? = nil,
        manufacturer: String? = nil, serial: String? = nil
    ) {
        let device = "sys/devices/pci0000:00/usb1/1-\(tty)"
        for (attribute, value) in [
            "idVendor": vendor, "idProduct": product, "product": name,
            "manufacturer": manufacturer, "serial": serial,
        ] {
            if let value { write("\(value)\n", to: "\(device)/\(attribute)") }
        }
        // A ttyUSB sits one directory deeper than a ttyACM.
        let interface = "\(device)/1-\(tty):1.0" + (tty.hasPrefix("ttyUSB") ? "/\(tty)" : "")
        makeDirectory("\(interface)/tty/\(tty)")
        link("\(interface)/tty/\(tty)/device", to: "../../")
        link("sys/class/tty/\(tty)", to: "\(path)/\(interface)/tty/\(tty)")
    }

    func removeUSB(_ tty: String) {
        unlink("\(path)/sys/class/tty/\(tty)")
    }

    var ports: SerialPorts { SerialPorts(sysfs: "\(path)/sys", devices: "\(path)/dev") }
}
