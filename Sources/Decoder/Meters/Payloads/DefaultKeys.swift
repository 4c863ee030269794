/// Keys that makers put into meters and that are known to everybody. They are tried only where no
/// key is set, and the reading says so.
enum DefaultKeys {
    // swift-format-ignore
    private static let rows: [(meters: [MeterPattern], key: MeterKey?)] = [
        // OMS meters of Diehl that were delivered without a key of the customer's.
        (["DME", "HYD", "SAP", "SPL", "EWT"].map { MeterPattern($0) },
         MeterKey(hex: "51728910E66D83F851728910E66D83F8")),
        // Apator Metrix UniSmart.
        ([MeterPattern("AMX", 0x01, 0x03)], MeterKey(hex: "00000000000000000000000000000000")),
    ]

    static func keys(for meter: MeterAddress) -> [MeterKey] {
        rows.compactMap { row in row.meters.contains { $0.matches(meter) } ? row.key : nil }
    }
}
