import ArgumentParser
import Receivers
import Wire

struct ReceiversCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers",
        abstract: "Shows what is plugged in, and whether it may be used.",
        discussion: """
            oms2mqtt receivers

            Nothing is sent to any device: what a stick really is, only its answer tells, which \
            `oms2mqtt listen` asks for.

            Exit codes: 0 there is a stick that may be used; 1 there is none.
            """)

    func run() throws {
        let ports = SerialPorts()
        let found = ports.listed()
        var usable = false
        for port in found {
            let kinds = port.likelyKinds
            print(
                "\(port.path)  \([port.manufacturer, port.productName].compactMap { $0 }.joined(separator: " "))"
            )
            let usb = Hex.text(octets(port.vendor)) + ":" + Hex.text(octets(port.product))
            print("  USB \(usb)" + (port.serial.map { ", serial number \($0)" } ?? ""))
            guard !kinds.isEmpty else {
                print("  no stick that is known: left alone")
                continue
            }
            let names = kinds.map(\.description).joined(separator: " or ")
            print("  \(port.isKnownStick ? "is" : "may be") \(names)")
            if let obstacle = ports.obstacle(to: port.path) {
                print("  \(obstacle)")
            } else {
                print("  may be opened")
                usable = true
            }
        }
        if found.isEmpty { print("No USB serial device is plugged in.") }
        if !usable { throw Exit.failure }
    }

    private func octets(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}
