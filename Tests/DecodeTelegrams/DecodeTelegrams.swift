import Decoder
import OwnTelegrams
import Wire

/// Prints what the decoder says of our own telegrams, octet by octet, and a checksum over what it
/// says of them with every octet changed: the same text on every processor, whichever compiler
/// mode it was built with (`make check-arm64`).
@main struct DecodeTelegrams {
    static func main() {
        let decoder = TelegramDecoder()
        for telegram in OwnTelegram.all {
            guard let octets = try? Hex.octets(telegram.hex) else {
                print("! \(telegram.name) is not hex text")
                continue
            }
            let key = MeterKey(hex: telegram.key)
            print("# \(telegram.name)")
            for line in lines(octets, key, decoder) { print(line) }
            print("with octets changed: \(changed(octets, key))")
        }
    }

    /// All that the decoder says of a telegram.
    static func lines(_ octets: [UInt8], _ key: MeterKey?, _ decoder: TelegramDecoder) -> [String] {
        var account = Explanation()
        let reason = decode(octets, key, decoder, &account)
        account.finish(stopped: reason)
        var lines: [String] = []
        for layer in account.layers {
            lines.append(layer.name)
            for item in layer.items {
                switch item {
                case .field(let field):
                    lines.append("\(Hex.text(field.octets)) \(field.name): \(field.meaning)")
                case .replaced(let how, _, let after): lines.append("\(how) \(Hex.text(after))")
                case .finding(let text): lines.append(text)
                case .notRead(let offset, let octets):
                    lines.append("\(Hex.text(octets)) not read, from \(offset) on")
                }
            }
            for aside in layer.asides { lines.append("\(Hex.text(aside.octets)) \(aside.name)") }
        }
        if let reason { lines.append("Stopped: \(reason)") }
        return lines
    }

    /// - Returns: why it stopped.
    static func decode(
        _ octets: [UInt8], _ key: MeterKey?, _ decoder: TelegramDecoder,
        _ account: inout Explanation
    ) -> String? {
        let frame: LinkLayerFrame
        do throws(LinkLayerError) {
            frame = try LinkLayerFrame(parsing: RadioFrame(octets: octets), account: &account)
        } catch { return error.description }
        do throws(TelegramError) {
            let headers = try TelegramHeaders(parsing: frame, account: &account)
            let reading = try decoder.reading(
                of: frame, headers: headers, key: key, leniency: .offline, account: &account)
            return reading.recordsEnd.map { "\($0.reason.words) at \($0.offset)" }
        } catch { return error.description }
    }

    /// FNV-1a over the lines of every telegram that differs from `octets` in one bit.
    static func changed(_ octets: [UInt8], _ key: MeterKey?) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in octets.indices {
            for bit in UInt8(0)..<8 {
                var other = octets
                other[place] ^= 1 << bit
                for line in lines(other, key, TelegramDecoder()) {
                    for octet in line.utf8 { sum = (sum ^ UInt64(octet)) &* 0x100_0000_01B3 }
                }
            }
        }
        return sum
    }
}
