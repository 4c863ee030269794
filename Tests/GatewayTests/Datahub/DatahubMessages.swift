import Wire

@testable import Gateway

/// Messages as a Datahub sends them, their devices, values and times invented.
enum DatahubMessages {
    /// 2026-11-25 07:04:09 UTC.
    static let now = WallTime(seconds: 1_795_590_249)

    /// A gas meter's message with all that one may have.
    static let whole = """
        {"type":"lora","uid":"5f0c7a11","tenant":"house-7","maintenant":"main","version":3,
         "status":"ok","clsbox":"box","devicetypename":"Gas",
         "data":{"ownernumber":"00956906ABCDEF01","uuid":"u-1","rssi":-97,
          "proposedDevAddr":"26012345",
          "lora":{"lsnr":7.5,"frame_counter":1234,"fport":2,"freq":868.1,"datr":"SF7BW125",
           "dev_addr":"26012346"},
          "raw":{"encrypted":"AQID","decrypted":"BAUG"},
          "unmapped":{"volume":28504.270,"battery_low":false,"valve":"on","history":[12,11,10],
           "temperature":{"value":21.5,"unit":"C"},"note":"text","nothing":null}},
         "ts":{"eventtime":1795590200,"device":[1795590100,1795590000],"server":[1]},
         "geo":{"type":"Point","coordinates":[13.4050,52.5200]},
         "meta":{"generated":false,"devicetype":"gas","devicetypename":"Gas module",
          "packettype":"SP1","parser":"p"},
         "gateways":[["AA555A0000000001",-97,7.5],["AA555A0000000002",-110,-3]]}
        """

    /// A short message of a device.
    static func of(
        _ device: String = "0011223344556677", _ values: String = #"{"a":1}"#,
        at time: Int64? = now.seconds, counter: Int? = 1, more: String = ""
    ) -> [UInt8] {
        let lora = counter.map { #""lora":{"frame_counter":\#($0)},"# } ?? ""
        let times = time.map { #","ts":{"eventtime":\#($0)}"# } ?? ""
        return Array(
            #"{"type":"lora","data":{"ownernumber":"\#(device)",\#(lora)"unmapped":\#(values)}"#
                .utf8) + Array((times + more + "}").utf8)
    }
}

extension DatahubOutcome {
    /// A word for what became of a message.
    var word: String {
        switch self {
        case .published: "published"
        case .telegram: "telegram"
        case .cleared: "cleared"
        case .duplicate: "duplicate"
        case .tooOld: "old"
        case .fromTheFuture: "future"
        case .outOfOrder: "order"
        case .generated: "generated"
        case .notUnderstood: "not understood"
        case .refused(.notJSON): "not JSON"
        case .refused(.tooLarge): "too large"
        case .refused(.tooMany): "too many"
        }
    }

    var json: String? {
        if case .published(let reading) = self {
            String(decoding: reading.json, as: UTF8.self)
        } else {
            nil
        }
    }
}
