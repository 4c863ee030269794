import Wire

/// DIF and DIFEs of a record: form of the data, function, storage number, tariff and subunit
/// (EN 13757-3:2018, 6.3).
struct DataInformation {
    /// Bits 3…0 of the DIF, 0 to E; F is never a record's.
    var dataField: UInt8
    var function: FunctionField
    /// Up to 41 bits.
    var storageNumber: UInt64
    /// Up to 20 bits.
    var tariff: UInt32 = 0
    /// Up to 10 bits.
    var subunit: UInt16 = 0

    static let mostExtensions = 10

    init(
        reading reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(RecordsEnd.Reason) {
        let dif = try reader.recordOctet()
        guard dif & 0x0F != 0x0F else { throw .reserved }
        dataField = dif & 0x0F
        function = FunctionField(rawValue: dif >> 4 & 3) ?? .instantaneous
        storageNumber = UInt64(dif >> 6 & 1)
        account.field("DIF", reader.offset - 1..<reader.offset, meaning)
        var more = dif & 0x80 != 0
        var index = 0
        while more {
            guard index < Self.mostExtensions else { throw .chainTooLong }
            let dife = try reader.recordOctet()
            storageNumber |= UInt64(dife & 0x0F) << UInt64(1 + 4 * index)
            tariff |= UInt32(dife >> 4 & 3) << UInt32(2 * index)
            subunit |= UInt16(dife >> 6 & 1) << UInt16(index)
            more = dife & 0x80 != 0
            index += 1
            account.field("DIFE", reader.offset - 1..<reader.offset, place)
        }
    }

    private var meaning: String {
        let form =
            switch dataField {
            case 0: "no data"
            case 1, 2, 3, 4: "integer of \(8 * dataField) bits"
            case 5: "real number of 32 bits"
            case 6: "integer of 48 bits"
            case 7: "integer of 64 bits"
            case 8: "selection for readout, no data"
            case 9, 10, 11, 12: "\(2 * (dataField - 8)) BCD digits"
            case 13: "variable length"
            default: "12 BCD digits"
            }
        let function: String =
            switch function {
            case .instantaneous: ""
            case .maximum: ", maximum"
            case .minimum: ", minimum"
            case .errorState: ", value during an error"
            }
        return form + function + (storageNumber == 0 ? "" : ", storage number 1")
    }

    private var place: String {
        var parts: [String] = []
        if storageNumber != 0 { parts.append("storage number \(storageNumber)") }
        if tariff != 0 { parts.append("tariff \(tariff)") }
        if subunit != 0 { parts.append("subunit \(subunit)") }
        return parts.isEmpty ? "storage number, tariff, subunit 0" : parts.joined(separator: ", ")
    }
}
