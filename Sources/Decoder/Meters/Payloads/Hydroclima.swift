/// Hydroclima heat cost allocators: temperatures and older values behind the records (DIF 0F).
///
/// ```text
/// 11 | status time date opened | radiator room highest date | radiator room | 4 × units |
///    | this period                                          | last period   | newest first
///      3 × room | classes (9 octets) | total of all periods (3 octets)
///
/// 10 | status time date | room highest date count | room radiator | units | total (3 octets)
///                       | this period             | last period
/// ```
///
/// All but the last are words of 16 bits. Temperatures have a sign and are in 0.01 °C, 8000: none;
/// dates are type G. Nobody has said what the bits of the status and the classes mean, nor what the
/// time and date behind the status are of: they are not that of sending.
///
/// Source: public decoders, telegrams of the meters.
enum Hydroclima {
    static let meters = [MeterPattern("BMP", nil, 0x08)]

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x0F]) {
            (payload: inout VendorPayload) throws(PayloadError) in
            let layout = try payload.octet(0)
            switch layout {
            case 0x11: try readLayout11(&payload)
            case 0x10: try readLayout10(&payload)
            default: throw .unknownLayout(layout)
            }
        }
    }

    private static func readLayout11(_ payload: inout VendorPayload) throws(PayloadError) {
        // Shorter ones are of another layout, whatever their first octet.
        guard payload.count >= 47 else { throw .unknownLayout(0x11) }
        try addStatus(&payload)
        try addDate(7, .openedDate, to: &payload)
        try addTemperature(9, .averageRadiatorTemperature, to: &payload)
        try addTemperature(11, .averageRoomTemperature, to: &payload)
        try addTemperature(13, .roomTemperature, to: &payload, function: .maximum)
        try addDate(15, .roomTemperatureMaximumDate, to: &payload)
        try addTemperature(17, .averageRadiatorTemperature, to: &payload, storage: 1)
        try addTemperature(19, .averageRoomTemperature, to: &payload, storage: 1)
        for index in 0..<4 {
            let place = 21 + 2 * index..<23 + 2 * index
            try payload.add(
                .hcaUnits, payload.number(place), at: place, named: .consumptionHistory,
                storage: UInt64(index + 1))
        }
        for index in 0..<3 {
            try addTemperature(
                29 + 2 * index, .roomTemperature, to: &payload, storage: UInt64(index + 1))
        }
        try payload.add(.hcaUnits, payload.number(44..<47), at: 44..<47, named: .totalHcaUnits)
    }

    private static func readLayout10(_ payload: inout VendorPayload) throws(PayloadError) {
        guard payload.count >= 24 else { throw .unknownLayout(0x10) }
        try addStatus(&payload)
        try addTemperature(7, .averageRoomTemperature, to: &payload)
        try addTemperature(9, .roomTemperature, to: &payload, function: .maximum)
        try addDate(11, .roomTemperatureMaximumDate, to: &payload)
        try payload.add(
            .dimensionless, payload.number(13..<15), at: 13..<15, named: .measurementCount)
        try addTemperature(15, .averageRoomTemperature, to: &payload, storage: 1)
        try addTemperature(17, .averageRadiatorTemperature, to: &payload, storage: 1)
        try payload.add(
            .hcaUnits, payload.number(19..<21), at: 19..<21, named: .consumptionHistory,
            storage: 1)
        try payload.add(.hcaUnits, payload.number(21..<24), at: 21..<24, named: .totalHcaUnits)
    }

    private static func addStatus(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.add(
            .manufacturerSpecific, .bits(payload.unsigned(1..<3)), at: 1..<3, named: .statusFlags)
    }

    private static func addTemperature(
        _ offset: Int, _ name: VendorName, to payload: inout VendorPayload,
        function: FunctionField = .instantaneous, storage: UInt64 = 0
    ) throws(PayloadError) {
        let place = offset..<offset + 2
        try payload.add(
            .externalTemperature, payload.signedNumber(place, exponent: -2), .celsius, at: place,
            named: name, function: function, storage: storage)
    }

    private static func addDate(
        _ offset: Int, _ name: VendorName, to payload: inout VendorPayload
    ) throws(PayloadError) {
        let place = offset..<offset + 2
        try payload.add(.date, payload.time(place), at: place, named: name)
    }
}
