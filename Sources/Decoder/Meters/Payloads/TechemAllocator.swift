/// Techem FHKV data III: heat cost allocators, which begin anew at the due date.
///
/// ```text
/// 01 or 11   LL DD DD PP PP TT TT CC CC RR RR HH HH …
/// 0F         LL DD DD PP PP TT TT CC CC xx RR RR HH HH …
/// ```
///
/// - L: layout, D: due date, P: units of the period before, T: today, C: units since
/// - R: room's temperature, H: radiator's temperature, signed, 0.01 °C
///
/// Source: public decoders, telegrams of the meters.
extension Techem {
    @Sendable static func readAllocator(_ payload: inout VendorPayload) throws(PayloadError) {
        let layout = try payload.octet(0)
        let temperatures: Int
        switch layout {
        case 0x01, 0x11: temperatures = 9
        case 0x0F: temperatures = 10
        default: throw .unknownLayout(layout)
        }
        let dueDate = try dueDate(payload, 1..<3)
        try payload.add(.hcaUnits, payload.number(7..<9), at: 7..<9)
        try payload.add(.hcaUnits, payload.number(3..<5), at: 3..<5, storage: 1)
        try payload.add(.date, dueDate, at: 1..<3, storage: 1)
        var today = try today(payload, 5..<7)
        if today.day == 0 { today.day = 1 }
        if today.month == 0 { today.month = 12 }
        try payload.add(.date, date(today, after: dueDate), at: 5..<7)
        let room = temperatures..<(temperatures + 2)
        try payload.add(
            .externalTemperature, payload.signedNumber(room, exponent: -2), .celsius, at: room,
            named: .roomTemperature)
        let radiator = room.upperBound..<(room.upperBound + 2)
        try payload.add(
            .flowTemperature, payload.signedNumber(radiator, exponent: -2), .celsius, at: radiator,
            named: .radiatorTemperature)
    }
}
