import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Configurations as wmbusmeters' users have them; ids, keys and passwords are invented.
@Suite struct MigrationTests {
    static let main = """
        loglevel=normal
        # two sticks
        device=/dev/ttyUSB0:im871a:c1,t1
        device=rtlwmbus:CMD(rtl_sdr -f 868.95M -s 1600000 - | rtl_wmbus -f)
        listento=t1
        logfile=/var/log/wmbusmeters/wmbusmeters.log
        shell=/usr/bin/mosquitto_pub -h 192.0.2.5 -u me -P 'se cret' -t wm/$METER_ID -m "$METER_JSON"
        something=else
        nonsense
        """
    static let key = "0102030405060708090A0B0C0D0E0F11"

    private func migrate(_ meters: [String: String], main: String = main) -> Migration {
        let files = meters.sorted { $0.key < $1.key }.map {
            WMBusMetersFile("wmbusmeters.d/\($0.key)", Array($0.value.utf8))
        }
        return Migration(
            main: WMBusMetersFile("wmbusmeters.conf", Array(main.utf8)), meters: files)
    }

    @Test func aUsualOneIsTakenOver() throws {
        let migration = migrate([
            "gas": "name=Gas meter\ntype=auto\nid=12345678\nkey=\(Self.key)\n",
            "heat": "name=Heat\r\ndriver=kamheat\r\nid=87654321.M=KAM.V=1b\r\nkey=NOKEY\r\n",
            "many": "name=HCA\nid=11111111,22222222\nkey=\njson_floor=5\n",
            "any": "name=Any\nid=*\n", "short": "name=Short\nid=33333333\nkey=0102\n",
        ])
        let (found, faults) = ConfigurationFile.read(migration.octets)
        #expect(faults == [])
        let configuration = try #require(found)
        #expect(configuration.mqtt.broker.host == "192.0.2.5")
        #expect(configuration.mqtt.broker.user == "me")
        #expect(configuration.mqtt.broker.password == "se cret")
        #expect(configuration.receivers.map(\.name) == ["im871a", "rtl_wmbus"])
        #expect(configuration.receivers[0].port == "/dev/ttyUSB0")
        #expect(configuration.receivers[0].modes == [.c1, .t1])
        #expect(configuration.meters.map(\.name) == ["Gas meter", "Heat", "HCA", "HCA 2", "Short"])
        #expect(
            configuration.meters.map(\.id)
                == ["12345678", "KAM1B87654321", "11111111", "22222222", "33333333"])
        #expect(configuration.meters.map { $0.key != nil } == [true, false, false, false, false])
        #expect(migration.meters == 5)
        #expect(migration.receivers == 2)

        let report = migration.report.joined(separator: "\n")
        for line in [
            "wmbusmeters.conf:1: loglevel: left out", "wmbusmeters.conf:6: logfile: left out",
            "wmbusmeters.conf:7: shell: the broker was taken over",
            "wmbusmeters.conf:8: something: left out: it is not known here",
            "wmbusmeters.conf:9: left out: there is no", "wmbusmeters.d/any:2: id: left out",
            "wmbusmeters.d/many:4: json_floor: left out",
            "wmbusmeters.d/short:3: key: left out: it does not have 32 hex digits",
            "wmbusmeters.d/heat:2: driver: left out: what a meter sends tells what it is",
        ] { #expect(report.contains(line), "\(line) in\n\(report)") }
        #expect(!report.contains(Self.key) && !report.contains("se cret"))
        #expect(!report.contains("0102"))
    }

    @Test func aKeyThatSeveralMetersShareIsToldOnce() {
        let migration = migrate(["two": "name=T\nid=44444444,55555555\nkey=01\n"])
        #expect(migration.meters == 2)
        #expect(migration.report.count { $0.contains("two:3: key: left out") } == 1)
    }

    static let devices: [(line: String, keys: String?)] = [
        ("auto:t1", "stick=auto modes=[t1]"), ("auto", "stick=auto modes=[c1]"),
        ("/dev/ttyUSB0:amb8465:c1,t1", "stick=amb8465 port=/dev/ttyUSB0 modes=[c1, t1]"),
        ("/dev/ttyAMA0:rc1180:t1", "stick=rc1180 port=/dev/ttyAMA0 modes=[t1]"),
        ("MAIN=/dev/ttyUSB1:cul:s1m,s1", "stick=cul port=/dev/ttyUSB1 modes=[s1]"),
        ("im871a[00102759]:c1", "stick=im871a modes=[c1]"),
        ("iu891a:38400:c1", "stick=iu891a modes=[c1]"), ("rtlwmbus:868.9M", "stick=rtl_wmbus"),
        ("rtl433:t1", "stick=rtl_433"), ("stdin:hex", "stick=stdin"),
        ("/home/me/telegrams.txt:hex", "stick=file file=/home/me/telegrams.txt"),
        ("/dev/ttyUSB0:mbus:2400", nil), ("d1tc:t1", nil), ("/dev/ttyUSB0:rawtty:9600", nil),
        ("CMD(reboot)", nil),
    ]

    @Test(arguments: devices)
    func device(_ line: String, _ keys: String?) {
        let (device, reason) = WMBusMetersDevice.read(line, modes: "c1")
        #expect(
            device?.keys.map { "\($0.key.rawValue)=\($0.value)" }.joined(separator: " ") == keys)
        #expect(device != nil || !reason.isEmpty)
    }

    @Test func directories() throws {
        let directory = TemporaryDirectory()
        #expect(throws: Migration.Failure.nothingThere(directory.path)) {
            try Migration(from: directory.path)
        }
        directory.write("device=auto:t1\n", to: "etc/wmbusmeters.conf")
        directory.write("name=Gas\nid=12345678\n", to: "etc/wmbusmeters.d/gas")
        directory.write("name=Old\nid=12345678\n", to: "etc/wmbusmeters.d/gas~")
        for place in [directory.path, directory.file("etc")] {
            let migration = try Migration(from: place)
            #expect(migration.meters == 1)
            #expect(ConfigurationFile.read(migration.octets).1 == [])
        }
    }

    /// Whatever the files hold, the outcome can be read, and holds no more meters than ids.
    @Test func anything() {
        var random = SeededGenerator(state: 3)
        let whole = Array((Self.main + "\nname=Gas\nid=12345678\nkey=\(Self.key)\n").utf8)
        for _ in 0..<2000 {
            var octets = whole
            for _ in 0..<4 {
                let place = Int.random(in: 0..<octets.count, using: &random)
                octets[place] = UInt8.random(in: 0...255, using: &random)
            }
            let file = WMBusMetersFile("a", octets)
            let migration = Migration(main: file, meters: [file])
            #expect(ConfigurationFile.read(migration.octets).0 != nil || !migration.report.isEmpty)
        }
    }
}
