extension VIFRow {
    /// Primary VIF codes (EN 13757-3:2018, table 10).
    // swift-format-ignore
    static let primary: [VIFRow] = [
        VIFRow("E000 0nnn", .energy, .wattHour, exponent: -3),
        VIFRow("E000 1nnn", .energy, .joule),
        VIFRow("E001 0nnn", .volume, .cubicMetre, exponent: -6),
        VIFRow("E001 1nnn", .mass, .kilogram, exponent: -3),
        VIFRow("E010 00nn", .onTime, units: .secondsToDays),
        VIFRow("E010 01nn", .operatingTime, units: .secondsToDays),
        VIFRow("E010 1nnn", .power, .watt, exponent: -3),
        VIFRow("E011 0nnn", .power, .joulePerHour),
        VIFRow("E011 1nnn", .volumeFlow, .cubicMetrePerHour, exponent: -6),
        VIFRow("E100 0nnn", .volumeFlow, .cubicMetrePerMinute, exponent: -7),
        VIFRow("E100 1nnn", .volumeFlow, .cubicMetrePerSecond, exponent: -9),
        VIFRow("E101 0nnn", .massFlow, .kilogramPerHour, exponent: -3),
        VIFRow("E101 10nn", .flowTemperature, .celsius, exponent: -3),
        VIFRow("E101 11nn", .returnTemperature, .celsius, exponent: -3),
        VIFRow("E110 00nn", .temperatureDifference, .kelvin, exponent: -3),
        VIFRow("E110 01nn", .externalTemperature, .celsius, exponent: -3),
        VIFRow("E110 10nn", .pressure, .bar, exponent: -3),
        VIFRow("E110 1100", .date, .none, .time),
        VIFRow("E110 1101", .dateTime, .none, .time),
        VIFRow("E110 1110", .hcaUnits),
        .reserved("E110 1111"),  // with E = 1: a table without any codes
        VIFRow("E111 00nn", .averagingDuration, units: .secondsToDays),
        VIFRow("E111 01nn", .actualityDuration, units: .secondsToDays),
        VIFRow("E111 1000", .fabricationNumber, .none, .identification),
        VIFRow("E111 1001", .enhancedIdentification, .none, .identification),
        VIFRow("E111 1010", .busAddress, .none, .address),
        .reserved("E111 1011"),  // with E = 1: table FB
        VIFRow("E111 1100", .plainTextUnit),
        .reserved("E111 1101"),  // with E = 1: table FD
        VIFRow("E111 1110", .anyVif, .none, .octets),
        VIFRow("E111 1111", .manufacturerSpecific, .none, .vendor),
    ]
}
