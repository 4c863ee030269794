/// What a record measures or says: the quantities of the VIF tables (EN 13757-3:2018, tables 10 to
/// 14). The raw value is the name that readings use.
public enum Quantity: String, Hashable, Sendable, CaseIterable {
    case energy
    case volume
    case mass
    case onTime = "on_time"
    case operatingTime = "operation_time"
    case power
    case volumeFlow = "volume_flow"
    case massFlow = "mass_flow"
    case flowTemperature = "flow_temperature"
    case returnTemperature = "return_temperature"
    case temperatureDifference = "temperature_difference"
    case externalTemperature = "external_temperature"
    case pressure
    case date
    case dateTime = "date_time"
    case hcaUnits = "hca_units"
    case averagingDuration = "averaging_duration"
    case actualityDuration = "actuality_duration"
    case fabricationNumber = "fabrication_number"
    case enhancedIdentification = "enhanced_identification"
    case busAddress = "bus_address"
    case plainTextUnit = "plain_text_unit"
    case anyVif = "any_vif"
    case manufacturerSpecific = "manufacturer_specific"
    case reactiveEnergy = "reactive_energy"
    case apparentEnergy = "apparent_energy"
    case reactivePower = "reactive_power"
    case relativeHumidity = "relative_humidity"
    case phaseAngleVoltageVoltage = "phase_angle_voltage_voltage"
    case phaseAngleVoltageCurrent = "phase_angle_voltage_current"
    case frequency
    case apparentPower = "apparent_power"
    case hcaRatingFactorK = "hca_rating_factor_k"
    case hcaThermalOutputRatingFactorKq = "hca_thermal_output_rating_factor_kq"
    case hcaThermalCouplingFactorKc = "hca_thermal_coupling_factor_kc"
    case hcaThermalCouplingFactorKcr = "hca_thermal_coupling_factor_kcr"
    case hcaThermalCouplingFactorKch = "hca_thermal_coupling_factor_kch"
    case hcaLowTemperatureFactorKt = "hca_low_temperature_factor_kt"
    case hcaDisplayScalingFactorKd = "hca_display_scaling_factor_kd"
    case temperatureLimit = "temperature_limit"
    case cumulativeMaxPower = "cumulative_max_power"
    case credit
    case debit
    case uniqueMessageIdentification = "access_number"
    case deviceType = "device_type"
    case manufacturer
    case parameterSetIdentification = "parameter_set_identification"
    case modelVersion = "model_version"
    case hardwareVersion = "hardware_version"
    case firmwareVersion = "firmware_version"
    case softwareVersion = "software_version"
    case customerLocation = "customer_location"
    case customer
    case accessCodeUser = "access_code_user"
    case accessCodeOperator = "access_code_operator"
    case accessCodeSystemOperator = "access_code_system_operator"
    case accessCodeDeveloper = "access_code_developer"
    case password
    case errorFlags = "error_flags"
    case errorMask = "error_mask"
    case securityKey = "security_key"
    case digitalOutput = "digital_output"
    case digitalInput = "digital_input"
    case baudRate = "baud_rate"
    case responseDelayTime = "response_delay_time"
    case retry
    case remoteControl = "remote_control"
    case firstStorageNumberCyclic = "first_storage_number_cyclic"
    case lastStorageNumberCyclic = "last_storage_number_cyclic"
    case sizeOfStorageBlock = "size_of_storage_block"
    case tariffSubunitDescriptor = "tariff_subunit_descriptor"
    case storageInterval = "storage_interval"
    case operatorSpecificData = "operator_specific_data"
    case timePointSecond = "time_point_second"
    case durationSinceLastReadout = "duration_since_last_readout"
    case tariffStart = "tariff_start"
    case tariffDuration = "tariff_duration"
    case tariffPeriod = "tariff_period"
    case dimensionless
    case containerWmbus = "container_wmbus"
    case transmissionPeriod = "transmission_period"
    case voltage
    case current
    case resetCounter = "reset_counter"
    case cumulationCounter = "cumulation_counter"
    case controlSignal = "control_signal"
    case dayOfWeek = "day_of_week"
    case weekNumber = "week_number"
    case timePointOfDayChange = "time_point_of_day_change"
    case parameterActivationState = "parameter_activation_state"
    case specialSupplierInformation = "special_supplier_information"
    case durationSinceLastCumulation = "duration_since_last_cumulation"
    case batteryOperatingTime = "battery_operating_time"
    case batteryChangeDate = "battery_change_date"
    case rfLevel = "rf_level"
    case daylightSaving = "daylight_saving"
    case listeningWindow = "listening_window"
    case remainingBatteryLife = "remaining_battery_life"
    case meterStoppedCount = "meter_stopped_count"
    case containerManufacturer = "container_manufacturer"
    case selectedApplication = "selected_application"
    /// A reserved VIF: kept as octets.
    case unknown
}
