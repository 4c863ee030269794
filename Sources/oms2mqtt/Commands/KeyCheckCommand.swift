import ArgumentParser
import Decoder
import Gateway
import Wire

struct KeyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key-check",
        abstract: "Tells whether a key belongs to a telegram, and if not, why not.",
        discussion: """
            oms2mqtt key-check --key file:/home/me/gas.key 2E4493157856…
            GAS_KEY=… oms2mqtt key-check --key env:GAS_KEY 2E4493157856…
            oms2mqtt key-check --key file:/home/me/a.key --key file:/home/me/b.key 2E4493157856…

            Each key gets one finding: it is right; it is wrong; it is right, but the meter \
            enciphers with another address (which one); the authentication code fails; the telegram \
            is damaged; its protection is not supported; it is not encrypted. Keys are named by \
            their place and never shown.

            Exit codes: 0 each telegram is opened by one of the keys; 1 one is not.
            """)

    @OptionGroup var given: TelegramArguments

    @Option(help: KeyOption.help)
    var key: [String]

    @Flag(help: "For programs: a JSON array a telegram, an object a key.")
    var json = false

    func validate() throws {
        try given.requireSome()
        if key.isEmpty { throw ValidationError("Give a key with --key.") }
        for text in key { _ = try KeyOption.key(text) }
    }

    func run() throws {
        let keys = try key.map { try KeyOption.key($0) }
        var failed = false
        for (place, telegram) in try given.read().enumerated() {
            let frame: RadioFrame
            do { frame = try telegram.get() } catch {
                printError("Telegram \(place + 1): \(error)")
                throw Exit.failure
            }
            let check = KeyCheck(of: frame, keys: keys)
            failed = failed || !check.isOpened
            if json {
                var writer = JSONWriter()
                check.appendJSON(telegram: place + 1, to: &writer)
                print(writer.text)
            } else {
                check.lines(telegram: place + 1).forEach { print($0) }
            }
        }
        if failed { throw ExitCode.failure }
    }
}
