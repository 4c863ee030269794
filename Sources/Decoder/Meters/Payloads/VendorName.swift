/// What values are called that no quantity of the standard names.
///
/// The raw value is published and stable for ever. Where there is a quantity of its kind the record
/// has that too (`battery_voltage` is a voltage), for its unit and for what shows it. A record with
/// a name of this kind is neither the meter's clock nor a register of its life.
public enum VendorName: String, Hashable, Sendable, CaseIterable {
    case alarms
    case averageRoomTemperature = "average_room_temperature"
    case averageRadiatorTemperature = "average_radiator_temperature"
    case averageTemperature = "average_temperature"
    case batteryVoltage = "battery_voltage"
    case burstDuration = "burst_duration"
    /// Storage number 1 is the newest.
    case consumptionHistory = "consumption_history"
    case currentTransformerRatio = "current_transformer_ratio"
    case dryDuration = "dry_duration"
    case dustLevel = "dust_level"
    /// What was used in a month: storage number 1 is the last month.
    case energyOfMonth = "energy_of_month"
    case energySinceDueDate = "energy_since_due_date"
    case frameFlags = "frame_flags"
    case fraud
    case fraudDate = "fraud_date"
    case hcaUnitsOfMonth = "hca_units_of_month"
    case headState = "head_state"
    case historyAge = "history_age"
    case leakDate = "leak_date"
    case leakDuration = "leak_duration"
    case measurementCount = "measurement_count"
    case obstacleDistance = "obstacle_distance"
    case openedDate = "opened_date"
    case partialEnergy = "partial_energy"
    case partialReactiveEnergy = "partial_reactive_energy"
    case pastAlarms = "past_alarms"
    case powerDemand = "power_demand"
    case powerFactor = "power_factor"
    case powerFactorSector = "power_factor_sector"
    case powerSaving = "power_saving"
    case printedNumber = "printed_number"
    case pulseInput = "pulse_input"
    case unitOfPulseInput = "unit_of_pulse_input"
    case radiatorTemperature = "radiator_temperature"
    case remainingBatteryYears = "remaining_battery_years"
    case reverseDuration = "reverse_duration"
    case roomTemperature = "room_temperature"
    case roomTemperatureMaximumDate = "room_temperature_max_date"
    case runTime = "run_time"
    case sealBrokenDate = "seal_broken_date"
    case seasonStart = "season_start"
    case statusFlags = "status_flags"
    case totalHcaUnits = "total_hca_units"
    /// What was used in a month of the year: storage number 1 is January.
    case volumeOfCalendarMonth = "volume_of_calendar_month"
    /// What was used in a month: storage number 0 is this one, 1 the last.
    case volumeOfMonth = "volume_of_month"
    /// Earlier totals: storage number 1 is the newest.
    case volumeHistory = "volume_history"
    case volumeSinceDueDate = "volume_since_due_date"
}
