/// Decimal numbers as text, exactly.
public enum Decimal {
    /// Appends `mantissa` × 10^`exponent` without an exponent: -5 and -2 give `-0.05`.
    ///
    /// Zeros at the end are kept (1500 and -3 give `1.500`): they tell the resolution. Exponents
    /// beyond ±60 are cut to that, which no unit of a meter reaches.
    public static func append(_ mantissa: Int64, exponent: Int, to utf8: inout [UInt8]) {
        utf8.append(addingCapacity: mostOctets) { output in
            append(mantissa, exponent: exponent, to: &output)
        }
    }

    /// What the longest number needs: 61 digits, point and sign, or 19 digits and 60 zeros.
    static let mostOctets = 80

    /// The same where `mostOctets` have room.
    @_lifetime(output: copy output)
    static func append(_ mantissa: Int64, exponent: Int, to output: inout OutputSpan<UInt8>) {
        let exponent = min(max(exponent, -60), 60)
        // Digits come from the right: they are laid down from the end of the room.
        var room = InlineArray<64, UInt8>(repeating: UInt8(ascii: "0"))
        var first = room.count
        var rest = mantissa.magnitude
        var places = 0
        repeat {
            if exponent < 0, places == -exponent {
                first -= 1
                room[first] = UInt8(ascii: ".")
            }
            first -= 1
            room[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            places += 1
        } while rest > 0 || places <= -exponent
        if mantissa < 0 {
            first -= 1
            room[first] = UInt8(ascii: "-")
        }
        output.append(copying: room.span.extracting(first...))
        if exponent > 0, mantissa != 0 {
            output.append(repeating: UInt8(ascii: "0"), count: exponent)
        }
    }
}
