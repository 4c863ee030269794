import Decoder
import Testing
import Wire

@testable import Gateway

/// What becomes of a Datahub's messages.
@Suite struct DatahubIntakeTests {
    let now = DatahubMessages.now

    private func receive(
        _ octets: [UInt8], _ definitions: [String] = [], at time: WallTime? = nil
    ) -> DatahubOutcome {
        var intake = DatahubIntake(definitions: Self.definitions(definitions))
        return intake.receive(octets, from: "hub", at: time ?? now)
    }

    static func definitions(_ texts: [String]) -> DatahubDefinitions {
        DatahubDefinitions(
            texts.compactMap { DatahubDefinitionReader.read(Array($0.utf8), id: "own").0 })
    }

    @Test func aWholeMessageIsPublished() throws {
        let outcome = receive(Array(DatahubMessages.whole.utf8))
        #expect(
            outcome.json == """
                {"volume":28504.270,"battery_low":"OFF","valve":"ON","history":12,\
                "temperature":21.5,"note":"text","nothing":null,"rssi":-97,"snr":7.5,\
                "devaddr":"26012346","location":{"longitude":13.4050,"latitude":52.5200,\
                "gps_accuracy":null},"received_at":"2026-11-25T07:03:20.000Z"}
                """)
        guard case .published(let reading) = outcome else { return }
        #expect(reading.device == "00956906ABCDEF01")
        #expect(reading.time.seconds == 1_795_590_200)
        #expect(reading.deviceTime == 1_795_590_100)
        #expect(reading.tenant == "house-7")
    }

    /// A value, and how it is published.
    @Test(
        arguments: [
            ("true", #""ON""#), ("false", #""OFF""#), (#""on""#, #""ON""#), (#""Off""#, #""OFF""#),
            (#""ON""#, #""ON""#), (#""one""#, #""one""#), ("[5,6]", "5"), ("[5]", "5"),
            ("[]", "null"), ("[[7,8],9]", "7"), ("[true,false]", #""ON""#),
            (#"{"value":3}"#, "3"), (#"{"value":true}"#, #""ON""#), (#"{"value":[1,2]}"#, "1"),
            (#"{"value":{"value":"off"}}"#, #""OFF""#), (#"{"v":3}"#, #"{"v":3}"#),
            (#"[{"value":4},5]"#, "4"), ("null", "null"), ("0", "0"), ("-0.50", "-0.50"),
            ("1.0e3", "1.0e3"), ("123456789012345678901", "123456789012345678901"),
            ("1e400", "null"), ("-1e400", "null"), ("1e-400", "1e-400"),
            (String(repeating: "9", count: 41), "null"), (#""""#, #""""#),
            (#""\u00e4\"""#, #""ä\"""#),
        ])
    func values(_ written: String, _ expected: String) throws {
        let json = try #require(receive(DatahubMessages.of("d", "{\"a\":\(written)}")).json)
        #expect(json.hasPrefix("{\"a\":\(expected),\"received_at\""), "\(json)")
    }

    /// What is said of the reception, from different places.
    @Test(
        arguments: [
            (#","gateways":[["A",-97,7.5],["B",-80,-3]]"#, #""rssi":-80,"snr":-3"#),
            (#","gateways":[["A"],[],5,["B","-80","2"]]"#, #""rssi":-80,"snr":2"#),
            (#","geo":{"coordinates":[-180,90,12]}"#, #""longitude":-180,"latitude":90"#),
        ])
    func reception(_ more: String, _ expected: String) throws {
        let json = try #require(receive(DatahubMessages.of(more: more)).json)
        #expect(json.contains(expected), "\(json)")
    }

    /// What cannot be is left out.
    @Test(
        arguments: [
            #","geo":{"coordinates":[181,0]}"#, #","geo":{"coordinates":[0]}"#,
            #","geo":{"coordinates":["x","y"]}"#, #","geo":7"#, #","gateways":{}"#,
            #","gateways":[["A",true,null]]"#, #","meta":[1]"#, #","tenant":{}"#,
        ])
    func whatCannotBeIsLeftOut(_ more: String) {
        let json = receive(DatahubMessages.of(more: more)).json
        #expect(json == #"{"a":1,"received_at":"2026-11-25T07:04:09.000Z"}"#)
    }

    @Test func twoKeysOfOneNameAreOne() {
        let json = receive(DatahubMessages.of("d", #"{"a":1,"a":2,"rssi":3}"#)).json
        #expect(json == #"{"a":1,"rssi":3,"received_at":"2026-11-25T07:04:09.000Z"}"#)
    }

    // MARK: Times

    /// Seconds before now, the definition's limit or none, and what becomes of the message.
    @Test(
        arguments: [
            (0, nil, "published"), (1200, nil, "published"), (1201, nil, "old"),
            (86_400, "24h", "published"), (86_401, "24 h", "old"), (61, "1min", "old"),
            (60, "60", "published"), (-300, nil, "published"), (-301, nil, "future"),
        ] as [(Int64, String?, String)])
    func ages(_ age: Int64, _ limit: String?, _ expected: String) {
        let definition = """
            manufacturer: A
            model: B
            aliases: [!DevEUI ^0011]
            timings: { max_eventtime: \(limit ?? "20min") }
            """
        let message = DatahubMessages.of(at: now.seconds - age)
        #expect(receive(message, limit == nil ? [] : [definition]).word == expected)
    }

    @Test(
        arguments: [
            ("-9223372036854775808", "old"), ("9223372036854775807", "future"),
            ("1e300", "published"), ("\"1795590249\"", "published"), ("[1795590249]", "published"),
            ("1795590249.9", "published"), ("[]", "published"), ("null", "published"),
            ("[1]", "old"),
        ])
    func timesOfAnyForm(_ written: String, _ expected: String) {
        let message = DatahubMessages.of(at: nil, more: #","ts":{"eventtime":\#(written)}"#)
        #expect(receive(message).word == expected)
    }

    @Test func theDevicesOwnClockOnlyCounts() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        for (counter, age) in [599, 600, 601, 86_400].enumerated() {
            let message = DatahubMessages.of(
                at: nil, counter: counter, more: #","ts":{"device":\#(Int(now.seconds) - age)}"#)
            #expect(intake.receive(message, from: "hub", at: now).word == "published")
        }
        #expect(intake.statistics["hub"]?.deviceTimeOld == 2)
    }

    @Test func anOlderMessageNeverReplacesANewerOne() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        func receive(_ time: Int64, _ counter: Int) -> String {
            intake.receive(
                DatahubMessages.of(at: now.seconds + time, counter: counter), from: "hub", at: now
            ).word
        }
        #expect(receive(-60, 1) == "published")
        #expect(receive(-61, 2) == "order")
        #expect(receive(-60, 3) == "published")
        #expect(receive(-30, 4) == "published")
        #expect(receive(-60, 1) == "duplicate")
    }

    // MARK: Duplicates

    @Test func aMessageThatComesTwoWaysCountsOnce() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        let whole = Array(DatahubMessages.whole.utf8)
        let old = DatahubMessages.of("old", at: now.seconds - 5000)
        for octets in [whole, whole, old, old, whole] {
            _ = intake.receive(octets, from: "hub", at: now)
        }
        let statistics = intake.statistics["hub"] ?? DatahubStatistics()
        #expect(statistics.received == 2)
        #expect(statistics.loRaWAN == 2)
        #expect(statistics.published == 1)
        #expect(statistics.tooOld == 1)
        #expect(statistics.duplicates == 3)
    }

    /// Two messages that differ in one thing, and whether the second is a duplicate.
    @Test(
        arguments: [
            (DatahubMessages.of(), DatahubMessages.of(counter: 2), false),
            (DatahubMessages.of(), DatahubMessages.of(at: now + 1), false),
            (DatahubMessages.of(), DatahubMessages.of("0011223344556678"), false),
            (DatahubMessages.of(), DatahubMessages.of("0011223344556677", #"{"a":2}"#), true),
            (
                DatahubMessages.of(counter: nil, more: #","uid":"a""#),
                DatahubMessages.of(counter: nil, more: #","uid":"b""#), false
            ),
            (DatahubMessages.of(counter: nil), DatahubMessages.of(counter: nil), true),
            (
                DatahubMessages.of("d", #"{"a":1}"#, counter: nil),
                DatahubMessages.of("d", #"{"a":2}"#, counter: nil), false
            ),
        ] as [([UInt8], [UInt8], Bool)])
    func whatIsTheSame(_ first: [UInt8], _ second: [UInt8], _ isSame: Bool) {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        #expect(intake.receive(first, from: "hub", at: now).word == "published")
        #expect(
            intake.receive(second, from: "hub", at: now).word
                == (isSame ? "duplicate" : "published")
        )
    }

    private static let now = DatahubMessages.now.seconds

    /// A device without a clock, whose counter never counts.
    @Test func withoutATimeItIsTheSameForTenMinutes() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        let message = DatahubMessages.of(at: nil)
        let words = [0, 599, 601, 1202].map { (seconds: Int64) in
            intake.receive(message, from: "hub", at: WallTime(seconds: now.seconds + seconds)).word
        }
        #expect(words == ["published", "duplicate", "published", "published"])
    }

    // MARK: Filled in

    @Test func whatAMessageLacksIsFilledIn() throws {
        let definition = """
            manufacturer: A
            model: B
            aliases: [!DevEUI "0011"]
            data_fields:
              - { name: b, e2m_persist: false }
              - { name: c, map_key: sea }
            """
        var intake = DatahubIntake(definitions: Self.definitions([definition]))
        func receive(_ values: String, _ counter: Int) -> String {
            let message = DatahubMessages.of("0011", values, counter: counter)
            return intake.receive(message, from: "hub", at: now).json ?? ""
        }
        let time = #","received_at":"2026-11-25T07:04:09.000Z"}"#
        #expect(receive(#"{"a":1,"b":2,"sea":true}"#, 1) == #"{"a":1,"b":2,"c":"ON""# + time)
        #expect(receive(#"{"a":5}"#, 2) == #"{"a":5,"c":"ON""# + time)
        #expect(receive(#"{"d":0}"#, 3) == #"{"d":0,"a":5,"c":"ON""# + time)

        // And so it goes on after a restart.
        let kept = try #require(DatahubDevices(decoding: intake.devices.encode()))
        #expect(kept == intake.devices)
        intake = DatahubIntake(definitions: Self.definitions([definition]), devices: kept)
        #expect(receive(#"{"d":0}"#, 3) == "")
        #expect(receive(#"{"d":1}"#, 4) == #"{"d":1,"a":5,"c":"ON""# + time)
    }

    @Test func madeUpValuesAreIgnoredWhereTheFileSaysSo() {
        let definition = """
            manufacturer: A
            model: B
            aliases: [!DevEUI "0011"]
            options: { ignore_generated_values: true, has_gps: true, has_command_topic: false }
            """
        let message = DatahubMessages.of(more: #","meta":{"generated":true}"#)
        #expect(receive(message).word == "published")
        #expect(receive(message, [definition]).word == "generated")
    }

    // MARK: Other bodies

    @Test(
        arguments: [
            ("", "cleared"), (" \n", "cleared"), ("\0", "cleared"), ("{}", "not understood"),
            ("[]", "not understood"), ("7", "not understood"), ("null", "not understood"),
            ("nul", "not JSON"), ("{", "not JSON"), ("{} {}", "not JSON"), ("hello", "not JSON"),
            (#"{"data":{"unmapped":{"a":1}}}"#, "not understood"),
            (#"{"data":{"ownernumber":"","unmapped":{}}}"#, "not understood"),
            (#"{"data":{"ownernumber":"d","unmapped":[]}}"#, "not understood"),
            (#"{"data":{"ownernumber":"d","unmapped":{"":1}}}"#, "not understood"),
            (#"{"data":{"ownernumber":"d","unmapped":{}}}"#, "published"),
            (#"{"data":{"ownernumber":12345678,"unmapped":{}}}"#, "published"),
            (#"{"type":"oms","data":{"ownernumber":"d","unmapped":{"a":1}}}"#, "published"),
            (#"{"type":"nbiot","data":[1]}"#, "not understood"),
            (GasMeter.formatA, "telegram"), ("!" + GasMeter.crcsRemoved, "telegram"),
            ("\"\(GasMeter.formatB)\"", "telegram"),
            (#"{"payload":"\#(GasMeter.formatA)"}"#, "telegram"),
            (#"{"telegram":"\#(GasMeter.crcsRemoved.lowercased())"}"#, "telegram"),
            (#"{"raw":"\#(base64(GasMeter.formatA))"}"#, "telegram"),
            (#"{"data":{"raw":"\#(GasMeter.formatB)"}}"#, "telegram"),
            (#"{"data":{"payload":"\#(base64(GasMeter.crcsRemoved))"}}"#, "telegram"),
            (
                #"{"type":"omsraw","data":{"raw":{"encrypted":"\#(base64(GasMeter.formatB))"}}}"#,
                "telegram"
            ),
            // One octet of it is wrong, or something follows that no CRC speaks of.
            (#"{"raw":"\#(GasMeter.formatA.replacing("C955", with: "C954"))"}"#, "not understood"),
            (#"{"raw":"\#(GasMeter.crcsRemoved + "00")"}"#, "not understood"),
            (#"{"raw":"AQID"}"#, "not understood"), (#"{"raw":""}"#, "not understood"),
        ])
    func bodies(_ text: String, _ expected: String) {
        #expect(receive(Array(text.utf8)).word == expected)
    }

    private static func base64(_ hex: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let octets = (try? Hex.octets(hex)) ?? []
        var text = ""
        for start in stride(from: 0, to: octets.count, by: 3) {
            let three = octets[start..<min(start + 3, octets.count)]
            let bits = (Array(three) + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            for place in 0...three.count { text.append(alphabet[bits >> (18 - 6 * place) & 63]) }
            text += String(repeating: "=", count: 3 - three.count)
        }
        return text
    }

    @Test func aTelegramHasItsSignalStrength() {
        let body = #"{"data":{"rssi":-71.5,"payload":"\#(GasMeter.formatA)"}}"#
        guard case .telegram(let frame) = receive(Array(body.utf8)) else {
            Issue.record("no telegram")
            return
        }
        #expect(frame.signalStrength == -71.5)
    }

    @Test func thereAreBounds() {
        let blanks = [UInt8](repeating: 0x20, count: DatahubBody.largest)
        #expect(receive(DatahubMessages.of() + blanks).word == "too large")
        let list = "[" + String(repeating: "1,", count: 10_000) + "1]"
        #expect(receive(DatahubMessages.of("d", "{\"a\":\(list)}")).word == "too many")
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(receive(Array(deep.utf8)).word == "not JSON")
        let values = (0...500).map { "\"v\($0)\":1" }.joined(separator: ",")
        #expect(receive(DatahubMessages.of("d", "{\(values)}")).word == "not understood")
        let id = String(repeating: "d", count: 65)
        #expect(receive(DatahubMessages.of(id)).word == "not understood")
    }

    @Test func devicesAreForgottenWhenThereAreTooMany() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        for number in 0..<(DatahubDevices.most + 10) {
            let time = WallTime(seconds: now.seconds + Int64(number))
            let message = DatahubMessages.of("d\(number)", at: time.seconds)
            #expect(intake.receive(message, from: "hub", at: time).word == "published")
        }
        #expect(intake.devices.all.count <= DatahubDevices.most)
        #expect(intake.devices["d0"] == nil)
        #expect(intake.devices["d\(DatahubDevices.most + 9)"] != nil)
    }

    @Test func everyMessageIsCountedAsWhatBecameOfIt() throws {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        for octets in [
            Array(DatahubMessages.whole.utf8), [], Array("{}".utf8), Array("{".utf8),
            Array(GasMeter.formatA.utf8),
        ] { _ = intake.receive(octets, from: "hub", at: now) }
        let message = try #require(intake.statistics["hub"]).message(of: "my/hub", Topics())
        #expect(message.topic == "energy2mqtt/devs/zridh_manager/my_hub")
        #expect(!message.retain)
        #expect(
            String(decoding: message.payload, as: UTF8.self) == """
                {"received_all":4,"received_valid":2,"received_lorawan":1,\
                "error_eventtime_old":0,"error_devicetime_old":0,"data_published":1,\
                "received_telegrams":1,"duplicates":0,"error_eventtime_future":0,\
                "error_eventtime_order":0,"generated_ignored":0,"error_not_understood":1,\
                "error_not_json":1,"topics_cleared":1}
                """)
    }
}
