/// State of GWF's water and gas meters: three octets behind the records (DIF 0F).
///
/// ```text
/// 01 | status | bits 7 … 3 half years of battery left, bit 0 power saving
/// ```
///
/// - status: bit 1 continuous flow, bit 3 broken pipe, bit 5 battery low, bit 6 backflow
///
/// Where the first octet is another one, nobody has said what follows.
///
/// Source: public decoders, telegrams of the meters.
enum GWFStatus {
    static let meters = [MeterPattern("GWF", 0x3C, 0x03), MeterPattern("GWF", 0x3C, 0x07)]

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x0F]) {
            (payload: inout VendorPayload) throws(PayloadError) in
            let layout = try payload.octet(0)
            guard layout == 1, payload.count == 3 else { throw .unknownLayout(layout) }
            let status = try payload.unsigned(1..<2)
            let power = try payload.octet(2)
            try payload.add(
                .manufacturerSpecific, .bits(status), at: 1..<2, named: .statusFlags)
            payload.add(
                .alarms, bits: status,
                words: [
                    (0x02, "continuous flow"), (0x08, "broken pipe"), (0x20, "battery low"),
                    (0x40, "backflow"),
                ])
            try payload.add(
                .remainingBatteryLife, .scaled(5 * Int(power >> 3), -1), .year, at: 2..<3,
                named: .remainingBatteryYears)
            payload.add(.powerSaving, text: power & 1 == 1 ? "on" : "off")
        }
    }
}
