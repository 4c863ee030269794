import Testing

@testable import Decoder

@Suite struct PayloadFamilyTests {
    /// Names are published: nothing but small letters, digits and underscores.
    @Test func names() {
        for family in PayloadFamilies.all {
            #expect(isSnakeCase(family.name))
            #expect(family.meters.allSatisfy { $0.manufacturer.letters != nil })
        }
        for name in VendorName.allCases {
            #expect(isSnakeCase(name.rawValue))
            #expect(Quantity(rawValue: name.rawValue) == nil, "\(name) is a quantity's name")
        }
    }

    /// Each row stands in the list of its hook, and a pattern leads to one family alone.
    @Test func rows() {
        #expect(PayloadFamilies.frame.allSatisfy { $0.hook == .frame })
        #expect(PayloadFamilies.application.allSatisfy { $0.hook == .application })
        #expect(PayloadFamilies.records.allSatisfy { $0.hook == .records })
        for list in [
            PayloadFamilies.frame, PayloadFamilies.application, PayloadFamilies.records,
        ] {
            for (index, family) in list.enumerated() {
                for other in list[(index + 1)...] where overlap(family, other) {
                    #expect(
                        Set(family.meters).isDisjoint(with: other.meters),
                        "\(family.name) and \(other.name)")
                }
            }
        }
    }

    private func overlap(_ left: PayloadFamily, _ right: PayloadFamily) -> Bool {
        let all: ClosedRange<UInt8> = 0...255
        return (left.ciFields ?? all).overlaps(right.ciFields ?? all)
            && left.securityModes.overlaps(right.securityModes)
    }

    private func isSnakeCase(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_")
        }
    }

    /// A record must stay small: hundreds of them are kept for each telegram of a data logger.
    @Test func recordSize() {
        #expect(MemoryLayout<DataRecord>.stride <= 104)
    }
}
