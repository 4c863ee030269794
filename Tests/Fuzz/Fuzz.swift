import Decoder
import DecoderProperties
import Glibc
import OwnTelegrams
import Wire

@_silgen_name("LLVMFuzzerRunDriver")
func LLVMFuzzerRunDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// One layer of the decoder under libFuzzer: `Fuzz -layer=records corpus`, or link, transport,
/// whole. `Fuzz -layer=records -seeds=corpus` only writes what to start from into a directory.
///
/// Where a property does not hold it traps, and libFuzzer keeps the input in a file.
@main enum Fuzz {
    static func main() {
        guard let layer = argument("-layer=").flatMap(Layer.init(rawValue:)) else {
            print("Say which layer: -layer=link, transport, records or whole.")
            exit(64)
        }
        if let directory = argument("-seeds=") { return write(seeds(layer), into: directory) }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        // A C function pointer cannot hold the layer.
        let run: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt =
            switch layer {
            case .link: { Fuzz.run(.link, $0, $1) }
            case .transport: { Fuzz.run(.transport, $0, $1) }
            case .records: { Fuzz.run(.records, $0, $1) }
            case .whole: { Fuzz.run(.whole, $0, $1) }
            }
        exit(LLVMFuzzerRunDriver(&count, &arguments, run))
    }

    enum Layer: String { case link, transport, records, whole }

    nonisolated(unsafe) private static let properties = DecoderProperties()
    private static let keys = OwnTelegram.all.map { MeterKey(hex: $0.key) }

    private static func argument(_ name: String) -> String? {
        CommandLine.arguments.first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
    }

    private static func run(_ layer: Layer, _ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let octets = Array(UnsafeBufferPointer(start: start, count: count))
        let fault =
            switch layer {
            case .link: properties.link(octets)
            case .transport: transport(octets)
            case .records: properties.records(octets)
            case .whole: whole(octets)
            }
        if let fault { fatalError(fault) }
        return 0
    }

    /// The first octet chooses the key, the rest is the telegram.
    private static func transport(_ octets: [UInt8]) -> String? {
        var frame = Array(octets.dropFirst())
        // Most mutations spoil the length: nothing but its check would be tried.
        if frame.count > 11 { frame[0] = UInt8(clamping: frame.count - 1) }
        return properties.transport(frame, key: key(octets.first))
    }

    /// The first octet chooses the key and what the rest is: text, or a telegram with CRCs or not.
    private static func whole(_ octets: [UInt8]) -> String? {
        let choice = octets.first ?? 0
        let rest = Array(octets.dropFirst())
        let text = choice & 0x80 != 0 ? rest : Array(Hex.text(rest).utf8)
        return properties.whole(
            choice & 0x40 != 0 ? [UInt8(ascii: "!")] + text : text, key: key(choice & 0x3F))
    }

    private static func key(_ choice: UInt8?) -> MeterKey? { keys[Int(choice ?? 0) % keys.count] }
}

// What to start from
extension Fuzz {
    private static func seeds(_ layer: Layer) -> [[UInt8]] {
        OwnTelegram.all.enumerated().map { place, telegram in
            let octets = (try? Hex.octets(telegram.hex)) ?? []
            switch layer {
            case .link: return octets
            case .transport, .whole: return [UInt8(place)] + octets
            case .records:
                let telegram = try? opened(octets, keys[place])
                return telegram.map { Array($0.octets[$0.application]) } ?? []
            }
        }
    }

    private static func write(_ seeds: [[UInt8]], into directory: String) {
        for (place, seed) in seeds.enumerated() {
            guard let file = fopen("\(directory)/own-\(place)", "w") else {
                print("\(directory) cannot be written to.")
                exit(1)
            }
            fwrite(seed, 1, seed.count, file)
            fclose(file)
        }
    }

    private static func opened(_ octets: [UInt8], _ key: MeterKey?) throws -> Telegram {
        let frame = try LinkLayerFrame(parsing: RadioFrame(octets: octets))
        let headers = try TelegramHeaders(parsing: frame)
        return try TelegramDecoder().open(frame, headers: headers, key: key)
    }
}
