import Wire

/// One entity of Home Assistant's: a value with all that is needed to show it.
struct Entity: Equatable, Sendable {
    enum Platform: String, Sendable {
        case sensor
        case binarySensor = "binary_sensor"
    }

    /// Unique in its device, of letters, digits, `_` and `-`; the end of the unique id, so it must
    /// never change.
    var key: String
    var platform = Platform.sensor
    /// Nil: the device's name alone.
    var name: String?
    var deviceClass: DeviceClass?
    var stateClass: StateClass?
    var unit: String?
    /// Places behind the point.
    var decimals: Int?
    var options: [String] = []
    /// What a binary sensor's value is, where it is neither `ON` nor `OFF`.
    var payloadOn: String?
    var payloadOff: String?
    var icon: String?
    /// Gets the value out of the state topic's JSON.
    var template: String
    var isDiagnostic = false
    var isEnabled = false
    /// Whether its last value counts no longer when the meter is silent.
    var expires = true
    /// A line about it, for its attribute `description`: Home Assistant has no other place for one.
    var about: String?
}

extension Entity {
    /// A template for a number: what a telegram lacks stays as it was, null is unknown.
    static func number(_ key: String) -> String {
        "{{ \(ValueTemplate.value(key)) | default('') }}"
    }

    /// A template for text: what a telegram lacks or has as null is unknown.
    ///
    /// An empty text would stand there as such, and `this.state` as `unavailable` at times.
    static func text(_ key: String) -> String {
        "{{ \(ValueTemplate.value(key)) | default(none) }}"
    }

    /// A template for text of any length: Home Assistant takes states of 255 characters.
    static func longText(_ key: String) -> String {
        "{{ (\(ValueTemplate.value(key)) | default('', true))[:255] or none }}"
    }

    /// A template for the attributes, the same for each message. A `{` would begin an expression of
    /// Home Assistant's wherever a user's text has it.
    private static func attributes(_ about: String) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.key("description")
        json.string(about)
        json.endObject()
        return "{" + json.text.dropFirst().replacing("{", with: "\\u007b")
    }

    /// Appends what is the entity's own in a discovery message, without the object's braces.
    func append(device: DiscoveredDevice, to json: inout JSONWriter) {
        json.key("unique_id")
        json.string(device.uniqueID(of: self))
        json.key("name")
        if let name { json.string(name) } else { json.null() }
        json.key("value_template")
        json.string(template)
        append("device_class", deviceClass?.rawValue, to: &json)
        append("state_class", stateClass?.rawValue, to: &json)
        append("unit_of_measurement", unit, to: &json)
        append("payload_on", payloadOn, to: &json)
        append("payload_off", payloadOff, to: &json)
        append("icon", icon, to: &json)
        if let decimals {
            json.key("suggested_display_precision")
            json.integer(decimals)
        }
        if let about {
            json.key("json_attributes_topic")
            json.string(device.stateTopic)
            json.key("json_attributes_template")
            json.string(Self.attributes(about))
        }
        if !options.isEmpty {
            json.key("options")
            json.beginArray()
            for option in options { json.string(option) }
            json.endArray()
        }
        if isDiagnostic {
            json.key("entity_category")
            json.string("diagnostic")
        }
        if !isEnabled {
            json.key("enabled_by_default")
            json.bool(false)
        }
        if expires, let seconds = device.expireAfter {
            json.key("expire_after")
            json.integer(seconds)
        }
        if !expires {
            json.key("availability")
            DiscoveredDevice.append(device.availability.prefix(1), to: &json)
        }
    }

    private func append(_ key: StaticString, _ value: String?, to json: inout JSONWriter) {
        guard let value, !value.isEmpty else { return }
        json.key(key)
        json.string(value)
    }
}
