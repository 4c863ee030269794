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

    public static func append(_ mantissa: Int64, exponent: Int, to utf8: inout TextBuffer) {
        utf8.append(atMost: mostOctets) { output in
            append(mantissa, exponent: exponent, to: &output)
        }
    }

    /// What the longest number needs: 61 digits, point and sign, or 19 digits and 60 zeros.
    static let mostOctets = 80

    /// The same where `mostOctets` have room.
    @_lifetime(output: copy output)
    static func append(_ mantissa: Int64, exponent: Int, to output: inout OutputSpan<UInt8>) {
        let places = min(max(-exponent, 0), 60)
        if mantissa < 0 { output.append(UInt8(ascii: "-")) }
        var rest = mantissa.magnitude
        let digits = max(count(ofDigitsIn: rest), places + 1)
        // Digits come from the right: room for all is made first.
        output.append(repeating: UInt8(ascii: "0"), count: digits + (places > 0 ? 1 : 0))
        var place = output.count
        for written in 0..<digits {
            if written == places, places > 0 {
                place -= 1
                output[place] = UInt8(ascii: ".")
            }
            place -= 1
            output[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        if exponent > 0, mantissa != 0 {
            output.append(repeating: UInt8(ascii: "0"), count: min(exponent, 60))
        }
    }

    /// At most 19: `number` is the magnitude of an `Int64`.
    private static func count(ofDigitsIn number: UInt64) -> Int {
        var count = 1
        var bound: UInt64 = 10
        while number >= bound, count < 19 {
            count += 1
            bound *= 10
        }
        return count
    }
}
