import Wire

/// How the octets of a value are laid down and how many they are: the data field of the DIF, and
/// the LVAR where its length is variable (EN 13757-3:2018, 6.3).
struct DataForm: Equatable {
    var kind: Kind
    /// Octets of the value.
    var length: Int

    enum Kind: UInt8 {
        /// No data.
        case none
        /// Least significant octet first, signed unless its type says otherwise.
        case integer
        /// IEEE 754.
        case real
        /// Two digits an octet; the most significant digit may be F for a minus.
        case bcd
        case positiveBCD
        case negativeBCD
        /// A number of variable length; sources differ on the sign, so it has none.
        case binary
        /// Text, or the octets of a container.
        case text
    }

    /// - Parameter dataField: 0 to E; for D the LVAR is taken from `reader`.
    @inline(__always)
    init(dataField: UInt8, reading reader: inout ByteReader) throws(RecordsEnd.Reason) {
        switch dataField {
        case 1...4: self.init(.integer, Int(dataField))
        case 5: self.init(.real, 4)
        case 6: self.init(.integer, 6)
        case 7: self.init(.integer, 8)
        case 9...12: self.init(.bcd, Int(dataField) - 8)
        case 13: try self.init(lvar: try reader.recordOctet())
        case 14: self.init(.bcd, 6)
        default: self.init(.none, 0)
        }
    }

    private init(lvar: UInt8) throws(RecordsEnd.Reason) {
        switch lvar {
        case 0x00...0xBF: self.init(.text, Int(lvar))
        case 0xC0...0xC9: self.init(.positiveBCD, Int(lvar) - 0xC0)
        case 0xD0...0xD9: self.init(.negativeBCD, Int(lvar) - 0xD0)
        case 0xE0...0xEF: self.init(.binary, Int(lvar) - 0xE0)
        case 0xF0...0xF4: self.init(.binary, 4 * (Int(lvar) - 0xEC))
        case 0xF5: self.init(.binary, 48)
        case 0xF6: self.init(.binary, 64)
        default: throw .reserved
        }
    }

    private init(_ kind: Kind, _ length: Int) {
        self.kind = kind
        self.length = length
    }
}

extension DataForm {
    /// What an LVAR says, for the account.
    var meaning: String {
        switch kind {
        case .text: "\(length) octets of text or raw data"
        case .positiveBCD, .bcd: "\(2 * length) BCD digits"
        case .negativeBCD: "\(2 * length) BCD digits, negative"
        default: "number of \(length) octets"
        }
    }
}
