/// One data record of a telegram, ready made (EN 13757-3): DIF, VIF, value.
public struct TelegramRecord: Equatable, Sendable {
    public var octets: [UInt8]

    /// A record given octet by octet.
    public init(_ octets: [UInt8]) { self.octets = octets }

    /// A signed integer of 1, 2, 4 or 8 octets, after `vif` with its extensions.
    ///
    /// - Parameter dif: data field 0 (as the size of `Value` needs); storage number and function
    ///   as wanted
    static func integer<Value: FixedWidthInteger>(
        dif: UInt8 = 0, vif: UInt8..., value: Value
    ) -> Self {
        let dataField: UInt8 =
            switch Value.bitWidth {
            case 8: 0x1
            case 16: 0x2
            case 32: 0x4
            default: 0x7
            }
        return Self([dif | dataField] + vif + value.littleEndianOctets)
    }

    /// Eight digits BCD, least significant first; what is beyond them is cut.
    static func digits(dif: UInt8 = 0, vif: UInt8..., value: Int) -> Self {
        var rest = value.magnitude
        var octets: [UInt8] = []
        for _ in 0..<4 {
            octets.append(UInt8(rest % 10 | (rest / 10 % 10) << 4))
            rest /= 100
        }
        return Self([dif | 0xC] + vif + octets)
    }
}

extension TelegramRecord {
    public static func volume(litres: Int) -> Self { digits(vif: 0x13, value: litres) }

    /// In steps of 10 l, as gas meters count.
    public static func volume(hundredthsOfCubicMetres: Int) -> Self {
        digits(vif: 0x14, value: hundredthsOfCubicMetres)
    }

    /// At the last due date: storage number 1.
    public static func volumeAtDueDate(litres: Int) -> Self {
        digits(dif: 0x40, vif: 0x13, value: litres)
    }

    public static func volumeFlow(litresPerHour: Int16) -> Self {
        integer(vif: 0x3B, value: litresPerHour)
    }

    public static func energy(kilowattHours: Int) -> Self {
        digits(vif: 0x06, value: kilowattHours)
    }
    public static func energy(wattHours: Int32) -> Self { integer(vif: 0x03, value: wattHours) }

    /// Fed into the grid: the energy counted backwards.
    public static func exportedEnergy(wattHours: Int32) -> Self {
        integer(vif: 0x83, 0x3C, value: wattHours)
    }

    public static func energyAtDueDate(kilowattHours: Int) -> Self {
        digits(dif: 0x40, vif: 0x06, value: kilowattHours)
    }

    public static func power(watts: Int32) -> Self { integer(vif: 0x2B, value: watts) }
    public static func voltage(tenthsOfVolts: Int16) -> Self {
        integer(vif: 0xFD, 0x48, value: tenthsOfVolts)
    }

    public static func flowTemperature(tenthsOfDegrees: Int16) -> Self {
        integer(vif: 0x5A, value: tenthsOfDegrees)
    }
    public static func returnTemperature(tenthsOfDegrees: Int16) -> Self {
        integer(vif: 0x5E, value: tenthsOfDegrees)
    }
    public static func externalTemperature(tenthsOfDegrees: Int16) -> Self {
        integer(vif: 0x66, value: tenthsOfDegrees)
    }
    public static func relativeHumidity(tenthsOfPercent: Int16) -> Self {
        integer(vif: 0xFB, 0x1A, value: tenthsOfPercent)
    }
    public static func pressure(millibars: Int16) -> Self { integer(vif: 0x68, value: millibars) }

    public static func heatCostUnits(_ units: Int) -> Self { digits(vif: 0x6E, value: units) }
    public static func heatCostUnitsAtDueDate(_ units: Int) -> Self {
        digits(dif: 0x40, vif: 0x6E, value: units)
    }

    public static func errorFlags(_ flags: UInt16) -> Self {
        integer(vif: 0xFD, 0x17, value: flags)
    }

    /// Type G; years 2000 to 2080.
    public static func dueDate(year: Int, month: Int, day: Int) -> Self {
        Self([0x42, 0x6C] + date(year: year, month: month, day: day))
    }

    /// Type F, without summer time; years 2000 to 2080.
    public static func dateTime(
        year: Int, month: Int, day: Int, hour: Int, minute: Int
    ) -> Self {
        // The hundred-year bits (1 for 2000) stand above the hour.
        let time = [UInt8(minute & 0x3F), UInt8(hour & 0x1F) | 0x20]
        return Self([0x04, 0x6D] + time + date(year: year, month: month, day: day))
    }

    private static func date(year: Int, month: Int, day: Int) -> [UInt8] {
        let year = (year - 2000) & 0x7F
        return [
            UInt8(day & 0x1F) | UInt8(year & 0x07) << 5,
            UInt8(month & 0x0F) | UInt8(year >> 3) << 4,
        ]
    }
}
