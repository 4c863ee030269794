import Wire

/// How many messages a Datahub sent and what became of them. One that came twice counts once, and
/// then as a duplicate.
struct DatahubStatistics: Equatable {
    private(set) var received: UInt64 = 0
    /// Messages that were read.
    private(set) var valid: UInt64 = 0
    private(set) var loRaWAN: UInt64 = 0
    private(set) var published: UInt64 = 0
    private(set) var telegrams: UInt64 = 0
    private(set) var duplicates: UInt64 = 0
    private(set) var tooOld: UInt64 = 0
    private(set) var deviceTimeOld: UInt64 = 0
    private(set) var fromTheFuture: UInt64 = 0
    private(set) var outOfOrder: UInt64 = 0
    private(set) var generated: UInt64 = 0
    private(set) var notUnderstood: UInt64 = 0
    private(set) var refused: UInt64 = 0
    private(set) var cleared: UInt64 = 0

    /// Counts a message of a device, whatever becomes of it.
    mutating func count(deviceMessage isLoRaWAN: Bool, deviceTimeIsOld: Bool) {
        if isLoRaWAN { loRaWAN += 1 }
        if deviceTimeIsOld { deviceTimeOld += 1 }
    }

    mutating func count(_ outcome: DatahubOutcome) {
        switch outcome {
        case .cleared: return cleared += 1
        case .duplicate: return duplicates += 1
        case .refused: refused += 1
        case .notUnderstood: notUnderstood += 1
        case .telegram: telegrams += 1
        case .tooOld: tooOld += 1
        case .fromTheFuture: fromTheFuture += 1
        case .outOfOrder: outOfOrder += 1
        case .generated: generated += 1
        case .published: published += 1
        }
        received += 1
        switch outcome {
        case .refused, .notUnderstood: break
        default: valid += 1
        }
    }
}

extension DatahubStatistics {
    /// The message on `devs/zridh_manager/<datahub>`: first what energy2mqtt has.
    func message(of datahub: String, _ topics: Topics) -> MQTTMessage {
        var json = JSONWriter()
        json.beginObject()
        for (name, count) in counts {
            json.key(name)
            json.integer(count)
        }
        json.endObject()
        return MQTTMessage(topic: topics.datahub(datahub), payload: json.bytes)
    }

    private var counts: [(String, UInt64)] {
        [
            ("received_all", received),
            ("received_valid", valid),
            ("received_lorawan", loRaWAN),
            ("error_eventtime_old", tooOld),
            ("error_devicetime_old", deviceTimeOld),
            ("data_published", published),
            ("received_telegrams", telegrams),
            ("duplicates", duplicates),
            ("error_eventtime_future", fromTheFuture),
            ("error_eventtime_order", outOfOrder),
            ("generated_ignored", generated),
            ("error_not_understood", notUnderstood),
            ("error_not_json", refused),
            ("topics_cleared", cleared),
        ]
    }
}
