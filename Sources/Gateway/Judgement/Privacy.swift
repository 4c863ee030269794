import Decoder

/// Numbers of meters that are not ours: shortened wherever they are written down.
///
/// A receiver hears the neighbours' meters. Their full numbers belong in no log file and on no
/// shared screen; yet the owner must recognise a new meter by the number on its face. Two digits at
/// the front and three at the back are enough for that.
public enum Privacy {
    /// `12…678` for 12345678. A text of fewer than eight characters keeps only its last one, `…9`.
    public static func shortened(_ identification: String) -> String {
        identification.count < 8
            ? "…" + identification.suffix(1)
            : identification.prefix(2) + "…" + identification.suffix(3)
    }

    /// `ELS 12…678`: the manufacturer and the shortened identification number.
    public static func shortened(_ meter: MeterAddress) -> String {
        var maker: [UInt8] = []
        meter.manufacturer.appendText(to: &maker)
        var number: [UInt8] = []
        meter.appendNumber(to: &number)
        return String(decoding: maker, as: UTF8.self) + " "
            + shortened(String(decoding: number, as: UTF8.self))
    }
}
