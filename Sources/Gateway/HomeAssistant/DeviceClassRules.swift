// What goes with a device class where a file, not this program, names it.

extension DeviceClass {
    /// Whether a binary sensor may have it.
    var isBinary: Bool {
        switch self {
        case .battery, .gas, .power: true
        default: units.isEmpty && !isText
        }
    }

    /// Whether a sensor may have it together with `unit`; an enumeration would want its words.
    func takes(unit: String?) -> Bool {
        if self == .timestamp { return unit == nil }
        return unit.map(units.contains) ?? false
    }

    /// The state class that comes nearest to `wanted` of those that Home Assistant takes with this
    /// class.
    ///
    /// A register counts with `total`: it would count all of its value again after one that is too
    /// small, if it were `total_increasing`.
    func stateClass(for wanted: StateClass) -> StateClass? {
        switch self {
        case .energy, .gas, .water, .volume: wanted == .measurement ? nil : .total
        case .duration: wanted
        default: isText || wanted != .measurement ? nil : .measurement
        }
    }

    private var isText: Bool { self == .timestamp || self == .enumeration }
}
