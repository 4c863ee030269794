extension VIFRow {
    /// VIF codes behind FB (EN 13757-3:2018, table 14). Rows marked "2004" were withdrawn after
    /// that year and are kept for the meters of their time.
    // swift-format-ignore
    static let extensionFB: [VIFRow] = [
        VIFRow("E000 000n", .energy, .megawattHour, exponent: -1),
        VIFRow("E000 001n", .reactiveEnergy, .kilovarHour),
        VIFRow("E000 010n", .apparentEnergy, .kilovoltAmpereHour),
        .reserved("E000 011n"),
        VIFRow("E000 100n", .energy, .gigajoule, exponent: -1),
        .reserved("E000 101n"),
        VIFRow("E000 11nn", .energy, .megacalorie, exponent: -1),
        VIFRow("E001 000n", .volume, .cubicMetre, exponent: 2),
        .reserved("E001 001n"),
        VIFRow("E001 01nn", .reactivePower, .kilovar, exponent: -3),
        VIFRow("E001 100n", .mass, .tonne, exponent: 2),
        VIFRow("E001 101n", .relativeHumidity, .percent, exponent: -1),
        .reserved("E001 11nn"),
        VIFRow("E010 0000", .volume, .cubicFoot),
        VIFRow("E010 0001", .volume, .cubicFoot, exponent: -1),
        VIFRow("E010 001n", .volume, .gallon, exponent: -1),                  // 2004
        VIFRow("E010 0100", .volumeFlow, .gallonPerMinute, exponent: -3),     // 2004
        VIFRow("E010 0101", .volumeFlow, .gallonPerMinute),                   // 2004
        VIFRow("E010 0110", .volumeFlow, .gallonPerHour),                     // 2004
        .reserved("E010 0111"),
        VIFRow("E010 100n", .power, .megawatt, exponent: -1),
        VIFRow("E010 1010", .phaseAngleVoltageVoltage, .degree, exponent: -1),
        VIFRow("E010 1011", .phaseAngleVoltageCurrent, .degree, exponent: -1),
        VIFRow("E010 11nn", .frequency, .hertz, exponent: -3),
        VIFRow("E011 000n", .power, .gigajoulePerHour, exponent: -1),
        .reserved("E011 001n"),
        VIFRow("E011 01nn", .apparentPower, .kilovoltAmpere, exponent: -3),
        .reserved("E011 1nnn"),
        .reserved("E100 nnnn"),
        .reserved("E101 0nnn"),
        VIFRow("E101 10nn", .flowTemperature, .fahrenheit, exponent: -3),        // 2004
        VIFRow("E101 11nn", .returnTemperature, .fahrenheit, exponent: -3),      // 2004
        VIFRow("E110 00nn", .temperatureDifference, .fahrenheit, exponent: -3),  // 2004
        VIFRow("E110 01nn", .externalTemperature, .fahrenheit, exponent: -3),    // 2004
        VIFRow("E110 1000", .hcaRatingFactorK, .none, .unsigned4096th),
        VIFRow("E110 1001", .hcaThermalOutputRatingFactorKq, .watt, .unsigned),
        VIFRow("E110 1010", .hcaThermalCouplingFactorKc, .none, .unsigned4096th),
        VIFRow("E110 1011", .hcaThermalCouplingFactorKcr, .none, .unsigned4096th),
        VIFRow("E110 1100", .hcaThermalCouplingFactorKch, .none, .unsigned4096th),
        VIFRow("E110 1101", .hcaLowTemperatureFactorKt, .none, .unsigned4096th),
        VIFRow("E110 1110", .hcaDisplayScalingFactorKd, .none, .unsigned4096th),
        .reserved("E110 1111"),
        VIFRow("E111 00nn", .temperatureLimit, .fahrenheit, exponent: -3),       // 2004
        VIFRow("E111 01nn", .temperatureLimit, .celsius, exponent: -3),
        VIFRow("E111 1nnn", .cumulativeMaxPower, .watt, exponent: -3),
    ]

    /// VIF codes behind FD (EN 13757-3:2018, table 12).
    // swift-format-ignore
    static let extensionFD: [VIFRow] = [
        VIFRow("E000 00nn", .credit, .currency, exponent: -3),
        VIFRow("E000 01nn", .debit, .currency, exponent: -3),
        VIFRow("E000 1000", .uniqueMessageIdentification, .none, .unsigned),
        VIFRow("E000 1001", .deviceType, .none, .unsigned),
        VIFRow("E000 1010", .manufacturer, .none, .unsigned),
        VIFRow("E000 1011", .parameterSetIdentification, .none, .identification),
        VIFRow("E000 1100", .modelVersion, .none, .identification),
        VIFRow("E000 1101", .hardwareVersion, .none, .identification),
        VIFRow("E000 1110", .firmwareVersion, .none, .identification),
        VIFRow("E000 1111", .softwareVersion, .none, .identification),
        VIFRow("E001 0000", .customerLocation, .none, .identification),
        VIFRow("E001 0001", .customer, .none, .identification),
        VIFRow("E001 0010", .accessCodeUser, .none, .identification),
        VIFRow("E001 0011", .accessCodeOperator, .none, .identification),
        VIFRow("E001 0100", .accessCodeSystemOperator, .none, .identification),
        VIFRow("E001 0101", .accessCodeDeveloper, .none, .identification),
        VIFRow("E001 0110", .password, .none, .identification),
        VIFRow("E001 0111", .errorFlags, .none, .bits),
        VIFRow("E001 1000", .errorMask, .none, .bits),
        VIFRow("E001 1001", .securityKey, .none, .octets),
        VIFRow("E001 1010", .digitalOutput, .none, .bits),
        VIFRow("E001 1011", .digitalInput, .none, .bits),
        VIFRow("E001 1100", .baudRate, .baud, .unsigned),
        VIFRow("E001 1101", .responseDelayTime, .bitTime, .unsigned),
        VIFRow("E001 1110", .retry, .none, .unsigned),
        VIFRow("E001 1111", .remoteControl, .none, .bits),
        VIFRow("E010 0000", .firstStorageNumberCyclic, .none, .unsigned),
        VIFRow("E010 0001", .lastStorageNumberCyclic, .none, .unsigned),
        VIFRow("E010 0010", .sizeOfStorageBlock, .none, .unsigned),
        VIFRow("E010 0011", .tariffSubunitDescriptor, .none, .octets),
        VIFRow("E010 01nn", .storageInterval, units: .secondsToDays),
        VIFRow("E010 1000", .storageInterval, .month),
        VIFRow("E010 1001", .storageInterval, .year),
        VIFRow("E010 1010", .operatorSpecificData, .none, .octets),
        VIFRow("E010 1011", .timePointSecond, .second),
        VIFRow("E010 11nn", .durationSinceLastReadout, units: .secondsToDays),
        VIFRow("E011 0000", .tariffStart, .none, .time),
        VIFRow("E011 0001", .tariffDuration, .minute),
        VIFRow("E011 001n", .tariffDuration, units: [.hour, .day]),
        VIFRow("E011 01nn", .tariffPeriod, units: .secondsToDays),
        VIFRow("E011 1000", .tariffPeriod, .month),
        VIFRow("E011 1001", .tariffPeriod, .year),
        VIFRow("E011 1010", .dimensionless),
        VIFRow("E011 1011", .containerWmbus, .none, .octets),
        VIFRow("E011 11nn", .transmissionPeriod, units: .secondsToDays),
        VIFRow("E100 nnnn", .voltage, .volt, exponent: -9),
        VIFRow("E101 nnnn", .current, .ampere, exponent: -12),
        VIFRow("E110 0000", .resetCounter, .none, .unsigned),
        VIFRow("E110 0001", .cumulationCounter, .none, .unsigned),
        VIFRow("E110 0010", .controlSignal, .none, .unsigned),
        VIFRow("E110 0011", .dayOfWeek, .none, .unsigned),
        VIFRow("E110 0100", .weekNumber, .none, .unsigned),
        VIFRow("E110 0101", .timePointOfDayChange, .none, .time),
        VIFRow("E110 0110", .parameterActivationState, .none, .unsigned),
        VIFRow("E110 0111", .specialSupplierInformation, .none, .octets),
        VIFRow("E110 10pp", .durationSinceLastCumulation, units: .hoursToYears),
        VIFRow("E110 11pp", .batteryOperatingTime, units: .hoursToYears),
        VIFRow("E111 0000", .batteryChangeDate, .none, .time),
        VIFRow("E111 0001", .rfLevel, .decibelMilliwatt),
        VIFRow("E111 0010", .daylightSaving, .none, .octets),  // type K: layout not confirmed
        VIFRow("E111 0011", .listeningWindow, .none, .octets),  // type L: layout not confirmed
        VIFRow("E111 0100", .remainingBatteryLife, .day, .unsigned),
        VIFRow("E111 0101", .meterStoppedCount, .none, .unsigned),
        VIFRow("E111 0110", .containerManufacturer, .none, .octets),
        .reserved("E111 0111"),
        .reserved("E111 10nn"),
        .reserved("E111 1100"),
        .reserved("E111 1101"),  // with E = 1: the table behind FD FD
        .reserved("E111 111n"),
    ]

    /// VIF codes behind FD FD (EN 13757-3:2018, table 13).
    // swift-format-ignore
    static let extensionFDFD: [VIFRow] = [
        VIFRow("E000 0000", .selectedApplication, .none, .unsigned),
        .reserved("E000 0001"),
        VIFRow("E000 001p", .remainingBatteryLife, units: [.month, .year]),
        .reserved("E000 01nn"),
        .reserved("E000 1nnn"),
        .reserved("E001 nnnn"),
        .reserved("E01n nnnn"),
        .reserved("E1nn nnnn"),
    ]
}
