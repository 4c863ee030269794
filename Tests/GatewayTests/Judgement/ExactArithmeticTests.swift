import Testing

@testable import Decoder
@testable import Gateway

@Suite struct ExactArithmeticTests {
    static let cases: [(ScaledInteger, ScaledInteger, Int)] = [
        (ScaledInteger(10, exponent: -1), ScaledInteger(100, exponent: -2), 0),
        (ScaledInteger(0, exponent: 5), ScaledInteger(0, exponent: -5), 0),
        (ScaledInteger(1, exponent: -3), ScaledInteger(0), 1),
        (ScaledInteger(-1, exponent: -3), ScaledInteger(0), -1),
        (ScaledInteger(-5, exponent: 1), ScaledInteger(-500, exponent: -1), 0),
        (ScaledInteger(-5), ScaledInteger(-4), -1),
        (ScaledInteger(-5), ScaledInteger(4), -1),
        // One part in 10^18: no binary fraction tells these apart.
        (ScaledInteger(9_007_199_254_740_993), ScaledInteger(9_007_199_254_740_992), 1),
        (
            ScaledInteger(9_007_199_254_740_993, exponent: -2),
            ScaledInteger(90_071_992_547_409_930, exponent: -3), 0
        ),
        (ScaledInteger(.max), ScaledInteger(.min), 1),
        (ScaledInteger(.min, exponent: 19), ScaledInteger(.max, exponent: 0), -1),
        (ScaledInteger(1, exponent: 19), ScaledInteger(.max), 1),
        (ScaledInteger(1, exponent: 18), ScaledInteger(.max), -1),
        (ScaledInteger(1, exponent: .max), ScaledInteger(.max, exponent: .min), 1),
        (ScaledInteger(-1, exponent: .max), ScaledInteger(.max, exponent: .min), -1),
    ]

    @Test(arguments: cases.indices)
    func order(_ index: Int) {
        let (left, right, expected) = Self.cases[index]
        #expect(left.order(against: right) == expected)
        #expect(right.order(against: left) == -expected)
    }

    @Test func distances() {
        func distance(_ left: ScaledInteger, _ right: ScaledInteger) -> Double {
            left.distance(from: right)
        }
        #expect(distance(ScaledInteger(1234, exponent: -2), ScaledInteger(12)) == 0.34)
        #expect(distance(ScaledInteger(.max), ScaledInteger(.max - 1)) == 1)
        #expect(distance(ScaledInteger(.max), ScaledInteger(.min)) == 0x1p64)
        #expect(distance(ScaledInteger(0, exponent: 100), ScaledInteger(3)) == -3)
        #expect(
            (distance(ScaledInteger(1, exponent: 40), ScaledInteger(1)) / 1e40 - 1).magnitude < 1e-9
        )
        #expect(
            distance(ScaledInteger(.max, exponent: 19), ScaledInteger(.min, exponent: 0)) > 9e37)
    }
}
