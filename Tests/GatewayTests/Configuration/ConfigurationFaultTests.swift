import Testing

@testable import Gateway

@Suite struct ConfigurationFaultTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var yaml: String
        /// `line:column path message`, warnings as `line:column warning path message`.
        var faults: [String]
        /// Whether a configuration comes in spite of it.
        var isUsable: Bool

        init(_ name: String, _ yaml: String, _ faults: [String], usable: Bool = true) {
            testDescription = name
            self.yaml = yaml
            self.faults = faults
            isUsable = usable
        }
    }

    static let key = "0102030405060708090A0B0C0D0E0F11"
    static let words =
        "write amb8465, im871a, cul, rc1180, iu891a, rtl_wmbus, rtl_433, tcp, tcp_listen, udp, "
        + "stdin, file, replay or auto"

    /// What goes and comes over MQTT besides readings.
    static let telegramTopics = [
        Case(
            "protocol and keep-alive", "mqtt: {protocol: 4, keep_alive: 5}\n",
            [
                "1:18 mqtt.protocol this word is not known: write auto, 5 or 3.1.1",
                "1:33 mqtt.keep_alive this is no number that can be used: write one from 10 to 3600",
            ], usable: false),
        Case(
            "qos and retain", "mqtt:\n  qos: {readings: 3, status: 0}\n  retain: {discovery: no}\n",
            [
                "2:19 mqtt.qos.readings this is no number that can be used: write one from 0 to 2",
                "2:30 mqtt.qos.status with 0 a message may be lost that Home Assistant needs: write 1 "
                    + "or 2, or 'ha_enabled: false'",
                "3:23 mqtt.retain.discovery Home Assistant would lose the meters at its next start: "
                    + "write true, or 'ha_enabled: false'",
            ], usable: false),
        Case(
            "what would make no sense",
            "mqtt:\n  qos: {readings: 0, colour: 1}\n  retain: {raw: true}\n",
            [
                "2:19 warning mqtt.qos.readings with 0 messages are lost whenever the connection is: "
                    + "write 1 to keep them",
                "2:22 warning mqtt.qos.colour this key is not known and not used: known are readings, "
                    + "raw, status, discovery, forward",
                "3:17 mqtt.retain.raw all meters share this topic, so the broker would keep that of "
                    + "one alone: take this line out",
            ], usable: false),
        Case(
            "without Home Assistant all may be chosen",
            "mqtt: {ha_enabled: no, qos: {status: 0, raw: 2}, retain: {status: no, readings: yes}}\n",
            []),
        Case(
            "topics that are none", "inputs:\n  - topic: a/b+\n  - topic: a\n  - topic: a\n  - x\n",
            [
                "2:12 inputs[1].topic this is no topic: '+' stands for one whole level between '/', "
                    + "and '#' for all that follow, at the end",
                "4:12 inputs[3].topic line 3 has this topic too: take one of the two out",
                "5:5 inputs[4] a single value stands here: write keys below it, each as 'topic: value'",
            ]),
        Case(
            "telegrams that would come back",
            "inputs: [{topic: out/#}]\nforward: {topic: out/a, meters: all}\n",
            [
                "2:18 forward.topic 'out/#' under 'inputs' hears this topic, so telegrams would come "
                    + "back: write another topic here or there"
            ]),
        Case(
            "telegrams to the own input", "forward: {topic: energy2mqtt/oms_input, meters: all}\n",
            [
                "1:18 forward.topic the program itself listens to this topic, so telegrams would come "
                    + "back: write another, or let this program have its own 'base_topic' under 'mqtt'"
            ]),
        Case(
            "a topic that has other messages", "forward: {topic: energy2mqtt/raw, meters: all}\n",
            [
                "1:18 forward.topic the program publishes something else on this topic: write another"
            ]),
        Case(
            "nothing to hand on", "forward: {topic: a, form: hexx}\n",
            [
                "1:10 warning forward.meters no meter is listed under 'oms', so nothing is handed on: "
                    + "list yours (no keys are needed for that), or write 'meters: all'",
                "1:27 forward.form this word is not known ('hex' perhaps?): write json, hex or marked",
            ]),
        Case(
            "a fleet without names", "fleet: {role: decodr}\n",
            [
                "1:15 fleet.role this word is not known ('decoder' perhaps?): write gateway or decoder"
            ]),
        Case(
            "a fleet with the usual name",
            "inputs: [{topic: '#'}]\nfleet: {role: decoder, topic: f}\n",
            [
                "2:15 fleet.role each program of a fleet needs a name of its own: write "
                    + "'client_name:' under 'mqtt'",
                "2:31 fleet.topic '#' under 'inputs' hears the fleet's telegrams, so they would be "
                    + "taken twice: take it out there",
            ]),
    ]

    static let cases = [
        // The file
        Case(
            "an empty file", "# nothing\n",
            [
                "0:0 warning  the file is empty: no meter will be published; list them under 'oms'"
            ]),
        Case(
            "a list as file", "- mqtt\n",
            ["1:1  a list stands here: the file begins with a section, as 'mqtt:'"], usable: false),
        Case(
            "a word as file", "mqtt\n",
            ["1:1  a single value stands here: the file begins with a section, as 'mqtt:'"],
            usable: false),
        Case(
            "an unknown section", "mqtt:\nmy_other_program: [1]\n",
            ["2:1 note my_other_program this section is not known and not used"]),
        Case(
            "a mistyped section", "reciever:\n  - stick: cul\n",
            [
                "1:1 warning reciever this section is not known and not used: "
                    + "did you mean 'receivers'?"
            ]),
        Case(
            "another program's section", "Meters: []\n",
            [
                "1:1 warning Meters this section is not known and not used: did you mean 'oms'?"
            ]),
        Case(
            "keys that are not indented", "mqtt:\nhost: a\nkey: x\nmodes: [t1]\n",
            [
                "2:1 warning host this key belongs to 'mqtt' and is not used here: put it below "
                    + "'mqtt:', indented by two blanks",
                "3:1 warning key this key belongs to 'oms' and is not used here: put it below "
                    + "'oms:', indented by two blanks",
                "4:1 warning modes this key belongs to 'receivers' and is not used here: put it "
                    + "below 'receivers:', indented by two blanks",
            ]),
        Case(
            "a section twice", "oms: []\nmqtt:\noms: []\n",
            [
                "3:1 oms this section is in line 1 already: put the lines of both below one 'oms:'"
            ]),

        // mqtt
        Case(
            "mqtt is a list", "mqtt:\n  - host: a\n",
            ["2:3 mqtt a list stands here: write keys below it, each as 'host: value'"],
            usable: false),
        Case(
            "mqtt is a word", "mqtt: broker\n",
            ["1:7 mqtt a single value stands here: write keys below it, each as 'host: value'"],
            usable: false),
        Case(
            "a mistyped key", "mqtt:\n  prot: 1\n  pasw: x\n  colour: red\n",
            [
                "2:3 warning mqtt.prot this key is not known and not used: did you mean 'port'?",
                "3:3 warning mqtt.pasw this key is not known and not used: did you mean 'pass'?",
                "4:3 warning mqtt.colour this key is not known and not used: known are host, port, "
                    + "user, pass, client_name, ha_enabled, discovery_version, base_topic, units, "
                    + "allow_restart, tls, tls_ca, tls_cert, tls_key, protocol, keep_alive, qos, "
                    + "retain",
            ]),
        Case(
            "another program's keys", "mqtt: {username: u, Password: p, client-id: c}\n",
            [
                "1:8 warning mqtt.username this key is not known and not used: "
                    + "did you mean 'user'?",
                "1:21 warning mqtt.Password this key is not known and not used: "
                    + "did you mean 'pass'?",
                "1:34 warning mqtt.client-id this key is not known and not used: "
                    + "did you mean 'client_name'?",
            ]),
        Case(
            "keys from another place", "x: &x {host: a}\nmqtt:\n  <<: *x\n",
            [
                "1:1 note x this section is not known and not used",
                "3:3 warning mqtt.… '<<' does not bring in the keys of another place here: "
                    + "write them out",
            ]),
        Case(
            "no blank behind a colon", "mqtt: {pass:secret}\n",
            ["1:8 warning mqtt.pass… this key is not known: a blank is missing after the colon"]),
        Case(
            "a key twice", "mqtt:\n  host: a\n  port: 1\n  host: b\n",
            ["4:3 mqtt.host this key is in line 2 already: keep one of the two lines"],
            usable: false),
        Case(
            "values of wrong kinds",
            "mqtt:\n  host: [a]\n  port: {a: 1}\n  ha_enabled: []\n  units: {}\n",
            [
                "2:9 mqtt.host a list stands here: write one value behind the colon",
                "3:9 mqtt.port a group of keys stands here: write one value behind the colon",
                "4:15 mqtt.ha_enabled a list stands here: write one value behind the colon",
                "5:10 mqtt.units a group of keys stands here: write one value behind the colon",
            ], usable: false),
        Case(
            "a host with its scheme", "mqtt: {host: \"mqtt://a\"}",
            ["1:14 mqtt.host write the broker's name or address alone, without 'mqtt://'"],
            usable: false),
        Case(
            "a host with its port", "mqtt: {host: \"a:1883\"}",
            ["1:14 mqtt.host write the name alone, and the port behind 'port:'"], usable: false),
        Case(
            "a host with a blank", "mqtt: {host: a b}",
            ["1:14 mqtt.host this is no name or address of a computer: check it for blanks"],
            usable: false),
        Case(
            "ports out of range",
            "httpd: {port: 0}\nmqtt: {port: 65536}\n",
            [
                "1:15 httpd.port this is no port: write a number from 1 to 65535",
                "2:14 mqtt.port this is no port: write a number from 1 to 65535",
            ], usable: false),
        Case(
            "a port that is no number", "httpd: {port: +80}\nmqtt: {port: 18 83}\n",
            [
                "1:15 httpd.port this is no port: write a number from 1 to 65535",
                "2:14 mqtt.port this is no port: write a number from 1 to 65535",
            ], usable: false),
        Case(
            "neither yes nor no", "mqtt:\n  ha_enabled: maybe\n",
            ["2:15 mqtt.ha_enabled this is neither yes nor no: write true or false"], usable: false
        ),
        Case(
            "unknown words", "mqtt: {units: orignal, discovery_version: 3}\n",
            [
                "1:15 mqtt.units this word is not known ('original' perhaps?): "
                    + "write decided or original",
                "1:43 mqtt.discovery_version this word is not known: write 1 or 2",
            ], usable: false),
        Case(
            "a topic with a wildcard", "mqtt: {base_topic: \"a/#\"}",
            [
                "1:20 mqtt.base_topic this is no topic: write words with '/' between them, without "
                    + "'+' and '#', and no '/' or '$' in front or '/' at the end"
            ], usable: false),
        Case(
            "a password without a user", "mqtt: {pass: secret}",
            [
                "1:14 warning mqtt.pass a password without a user is not sent: add 'user:', "
                    + "or take this line out"
            ]),

        Case(
            "a certificate without its key", "mqtt: {tls_cert: /me.pem}",
            [
                "1:18 mqtt.tls_cert 'tls_cert' and 'tls_key' belong together: "
                    + "write both or none of them"
            ], usable: false),

        // oms
        Case(
            "oms is a group", "oms:\n  name: Gas\n",
            ["2:3 oms a group of keys stands here: write a list, each item beginning with '- '"]),
        Case(
            "an item is a word", "oms:\n  - Gas\n",
            [
                "2:5 oms[1] a single value stands here: write keys below it, each as 'name: value'"
            ]),
        Case(
            "nothing in an item", "oms:\n  - {}\n",
            [
                "2:5 oms[1].name this key is missing: write 'name: Water kitchen'",
                "2:5 oms[1].id this key is missing: write 'id: 07ELS3312345678'",
            ]),
        Case(
            "empty values", "oms:\n  - name:\n    id: ''\n    key:\n",
            [
                "2:5 oms[1].name the value is missing: write 'name: Water kitchen'",
                "3:9 oms[1].id the value is empty: write 'id: 07ELS3312345678'",
                "4:5 warning oms[1].key no key is given, so only unencrypted telegrams can be read: "
                    + "write the key, or take this line out",
            ]),
        Case(
            "a key of 31 digits",
            "oms:\n  - {name: Gas, id: 12345678}\n  - name: Water\n    id: 12345679\n    key: \(key.dropLast())\n",
            [
                "5:10 oms[2].key meter 'Water': the key has 31 digits, 32 are needed: "
                    + "copy it again from the meter's supplier"
            ]),
        Case(
            "a letter that is no digit",
            "oms: [{name: Gas, id: 12345678, key: 0O\(key.dropFirst(2))}]",
            [
                "1:38 oms[1].key meter 'Gas': character 2 of the key is no hex digit (0-9, A-F): "
                    + "write the 32 digits alone"
            ]),
        Case(
            "wmbusmeters' word for no key", "oms: [{name: Gas, id: 12345678, key: NOKEY}]",
            [
                "1:38 warning oms[1].key meter 'Gas': no key is given, so only unencrypted "
                    + "telegrams can be read: write the key, or take this line out"
            ]),
        Case(
            "zeros in front of an id left out", "oms: [{name: Gas, id: 345678}]",
            [
                "1:23 oms[1].id meter 'Gas': a meter's number has 8 digits, and this one 6: "
                    + "write the zeros in front too, or all as 07ELS3312345678"
            ]),
        Case(
            "id and key swapped",
            "oms: [{name: Gas, id: \(key), key: 12345678}]",
            [
                "1:23 oms[1].id meter 'Gas': this is no meter id: write the 8 digits on the meter, "
                    + "or all as 07ELS3312345678 (type, three letters, version, 8 digits)",
                "1:62 oms[1].key meter 'Gas': the key has 8 digits, 32 are needed: "
                    + "copy it again from the meter's supplier",
            ]),
        Case(
            "the same name twice",
            "oms:\n  - {name: Gas, id: 12345678}\n  - {name: Gas, id: 12345679}\n",
            [
                "3:12 oms[2].name the meter in line 2 has this name too: rename one of the two"
            ]),
        Case(
            "names that fall together in topics",
            "oms:\n  - {name: a/b, id: 12345678}\n  - {name: a+b, id: 12345679}\n",
            [
                "3:12 oms[2].name in topics this name and that in line 2 are both written 'a_b': "
                    + "rename one of the two"
            ]),
        Case(
            "the same id twice, padded and not",
            "oms:\n  - {name: a, id: 3ELS3312345678}\n  - {name: b, id: 03-els-33-1234 5678}\n",
            [
                "3:19 oms[2].id meter 'b': the meter in line 2 has this id too: "
                    + "take one of the two out"
            ]),

        // receivers
        Case(
            "receivers is a group", "receivers:\n  stick: cul\n",
            [
                "2:3 receivers a group of keys stands here: "
                    + "write a list, each item beginning with '- '"
            ], usable: false),
        Case(
            "nothing below receivers", "receivers:\n",
            [
                "1:1 warning receivers nothing is listed, so one stick is looked for: "
                    + "write 'receivers: []' where there is none"
            ]),
        Case(
            "more receivers than ports",
            "receivers: [\([String](repeating: "{}", count: 65).joined(separator: ", "))]",
            ["1:1 receivers more than 64 are listed: take out what is not plugged in"],
            usable: false),
        Case(
            "one good receiver of two", "receivers:\n  - stick: cull\n  - stick: cul\n",
            [
                "2:12 receivers[1].stick this word is not known ('cul' perhaps?): "
                    + words
            ]),
        Case(
            "no good receiver",
            "receivers:\n  - {stick: rtlsdr, port: ttyUSB0, modes: [t1, t2, n]}\n",
            [
                "2:13 receivers[1].stick this word is not known: " + words,
                "2:27 receivers[1].port write the whole path of the port, as /dev/ttyUSB0, "
                    + "tcp://host:port for one behind a network, or auto to look for it",
                "2:48 receivers[1].modes this is no link mode: write t1, c1 or s1, as [t1, c1]",
                "2:52 receivers[1].modes this is no link mode: write t1, c1 or s1, as [t1, c1]",
            ], usable: false),
        Case(
            "modes that no stick hears at once",
            "receivers:\n  - {modes: [t1, s1]}\n  - {stick: cul, modes: [c1, s1]}\n  - {}\n",
            [
                "2:13 receivers[1].modes no known stick hears these modes at once: "
                    + "write [t1], [c1], [s1] or [c1, t1]",
                "3:25 receivers[2].modes the CUL cannot hear these modes at once: "
                    + "write [t1], [c1], [s1] or [c1, t1]",
            ]),
        Case(
            "no mode", "receivers:\n  - {}\n  - {modes: []}\n  - {modes: {t1: true}}\n",
            [
                "3:13 receivers[2].modes no mode is listed: write [t1, c1], or take this line out",
                "4:13 receivers[3].modes a group of keys stands here: write a list, as [t1, c1]",
            ]),
        Case(
            "one port and one name twice",
            "receivers:\n  - {name: a, port: /dev/a}\n  - {name: a}\n  - {port: /dev/a}\n",
            [
                "3:12 receivers[2].name the receiver in line 2 has this name too: "
                    + "rename one of the two",
                "4:12 receivers[3].port the receiver in line 2 has this port too: "
                    + "take one of the two out",
            ]),

        Case(
            "inputs without what they need",
            """
            receivers:
              - stick: tcp
              - {stick: udp, address: "192.0.2.1"}
              - {stick: replay, file: a, speed: fast, repeat: perhaps}
              - {stick: file}
              - {stick: rtl_433, format: xml}
              - {stick: auto, port: "tcp://cul.example:2323"}
              - {stick: cul, port: "tcp://cul.example"}
            """,
            [
                "2:5 receivers[1].address this key is missing: write 'address: 192.0.2.5:2323'",
                "3:27 receivers[2].address write a host and a port, as 192.0.2.5:2323",
                "4:37 receivers[3].speed this is no speed: "
                    + "write 1, 2 for twice as fast, or 0 for no pauses",
                "4:51 receivers[3].repeat this is neither yes nor no: write true or false",
                "5:5 receivers[4].file this key is missing: write 'file: /path/to/file'",
                "6:30 receivers[5].format this word is not known: "
                    + "write auto, rtl_wmbus, rtl_433, hex, json or binary",
                "7:13 receivers[6].stick a stick behind a network is not looked for: "
                    + "write its kind, as cul",
                "8:24 receivers[7].port write the whole path of the port, as /dev/ttyUSB0, "
                    + "tcp://host:port for one behind a network, or auto to look for it",
            ], usable: false),
        Case(
            "keys of other kinds, and one input twice",
            """
            receivers:
              - {stick: cul, command: cat}
              - {stick: stdin, port: /dev/a}
              - {stick: udp, address: "0.0.0.0:9000"}
              - {stick: udp, address: "0.0.0.0:9000"}
            """,
            [
                "2:27 warning receivers[1].command this key has no meaning for this `stick`: "
                    + "take the line out",
                "3:26 warning receivers[2].port this key has no meaning for this `stick`: "
                    + "take the line out",
                "5:13 receivers[4].stick the receiver in line 4 reads it too: "
                    + "take one of the two out",
            ]),

        // httpd, storage, zenner_datahub
        Case(
            "a name to listen at", "httpd: {bind: eth0}",
            [
                "1:15 httpd.bind this is no address: write 127.0.0.1 for this computer alone, "
                    + "0.0.0.0 or '::' for all networks"
            ]),
        Case(
            "sections of wrong kinds", "httpd: [1]\nstorage: 2\nzenner_datahub: {a: 1}\n",
            [
                "1:8 httpd a list stands here: write keys below it, each as 'enabled: value'",
                "2:10 storage a single value stands here: write keys below it, each as "
                    + "'discovered_devices_path: value'",
                "3:17 zenner_datahub a group of keys stands here: "
                    + "write a list, each item beginning with '- '",
            ]),
        Case(
            "a Datahub without a source", "zenner_datahub:\n  - name: hub\n",
            [
                "2:5 zenner_datahub[1].broker_host nothing says where readings come from: "
                    + "write 'broker_host:' or 'http:'"
            ]),
        Case(
            "Datahubs with one name and one path",
            "zenner_datahub:\n  - {name: a/b, http: {path: /x, token: t}}\n"
                + "  - {name: a+b, http: {path: /x, token: t}}\n",
            [
                "3:12 zenner_datahub[2].name in topics the Datahub in line 2 has this name too: "
                    + "rename one of the two",
                "3:30 zenner_datahub[2].http.path line 2 has this path too: "
                    + "each needs one of its own",
            ]),
        Case(
            "one client name for two connections",
            """
            mqtt: {host: a, client_name: x}
            zenner_datahub:
              - {name: a, broker_host: a, client_name: x}
              - {name: b, broker_host: a, client_name: x, enabled: false}
              - {name: c, broker_host: b, client_name: x}
            """,
            [
                "3:44 zenner_datahub[1].client_name another connection to the same broker has this "
                    + "name, and each would end the other: write another name"
            ]),
        Case(
            "a login that is not clear",
            "zenner_datahub: [{name: a, http: {path: /a-long-enough-path, user: me}}]",
            [
                "1:34 zenner_datahub[1].http the login is not clear: write 'user' (without a colon)"
                    + " and 'pass', or 'token' alone, or none of them"
            ]),
        Case(
            "a path that is easy to guess", "zenner_datahub: [{name: a, http: {path: /hub}}]",
            [
                "1:41 warning zenner_datahub[1].http.path without 'user' or 'token' the path is "
                    + "the only lock: make it 16 or more characters that nobody guesses"
            ]),
        Case(
            "no path", "zenner_datahub: [{name: a, http: {path: datahub}}]",
            [
                "1:41 zenner_datahub[1].http.path this is no path: "
                    + "write '/' and then letters, digits, '-' and '_'"
            ]),
    ]

    @Test(arguments: cases + telegramTopics)
    func everyFaultInOrder(_ c: Case) {
        let (configuration, faults) = ConfigurationFile.read(
            Array(c.yaml.utf8), keys: KeySource { _ in nil })
        let shown = faults.map { fault in
            let severity = fault.severity == .error ? "" : "\(fault.severity.rawValue) "
            return "\(fault.line):\(fault.column) \(severity)\(fault.path) \(fault.message)"
        }
        #expect(shown == c.faults)
        #expect((configuration != nil) == c.isUsable)
    }

    @Test func oneBadMeterDoesNotStopTheOthers() {
        let yaml = """
            oms:
              - {name: a, id: 12345678, key: \(Self.key)}
              - {name: b, id: 12345679, key: 1234}
              - {name: c, id: ACM 1234 5670}
              - {name: d}
              - {name: e, id: e-acm-00-12345671, key: \(Self.key.lowercased())}
            """
        let (configuration, faults) = ConfigurationFile.read(Array(yaml.utf8))
        #expect(configuration?.meters.map(\.name) == ["a", "c", "e"])
        #expect(faults.map(\.line) == [3, 5])
    }

    static let noID = "this is no meter id"
    static let noType = "the id does not begin with a type"

    @Test(
        arguments: [
            ("1234567", "a meter's number has 8 digits, and this one 7"), ("123456789", noID),
            ("ELS123456789", noID),
            ("003ELS3312345678", noID), ("ELS1234567G", "the id does not end in 8 digits"),
            ("3ELS33123456ä8", "the id does not end in 8 digits"),
            ("3EL13312345678", "three letters for the manufacturer are missing"),
            ("3ELS3G12345678", "two digits for the version are missing"),
            ("GELS3312345678", noType), ("0GELS3312345678", noType),
        ])
    func idsThatNoMeterHas(_ id: String, _ message: String) {
        let (configuration, faults) = ConfigurationFile.read(
            Array("oms: [{name: a, id: \"\(id)\"}]".utf8))
        #expect(configuration?.meters == [])
        #expect(faults.map(\.path) == ["oms[1].id"])
        #expect(faults.first?.message.hasPrefix("meter 'a': \(message)") == true)
    }

    @Test func aHopelessFileDoesNotFillTheScreen() {
        let yaml = "oms:\n" + String(repeating: "  - x\n", count: 1000)
        let (_, faults) = ConfigurationFile.read(Array(yaml.utf8))
        #expect(faults.count == FaultList.limit + 1)
        #expect(faults.last?.message == "800 more faults: correct these first")
        #expect(faults.last?.severity == .error)
    }

    // MARK: Secrets

    /// A key or password in each place where a tired person may put it.
    @Test(
        arguments: [
            "mqtt: {pass: SECRET, SECRET: 1}", "mqtt: {pass:SECRET}", "mqtt: {pass=SECRET: 1}",
            "mqtt: pass:SECRET", "SECRET: 1", "- SECRET", "0123456789ABCDEF: 1",
            "mqtt: {port: SECRET}",
            "mqtt: {host: \"SECRET:1\"}", "mqtt: {units: SECRET}", "mqtt: {ha_enabled: SECRET}",
            "oms: [{name: SECRET, id: SECRET, key: SECRET1}]", "oms: [{name: a, id: SECRET}]",
            "oms: [{name: SECRET/, id: 1}, {name: SECRET+, id: 1}]",
            "oms: [{name: a, id: 12345678, key: \"SECRET!\"}]",
            "oms: [{name: a, id: 12345678, key: \"env:SECRET\"}]",
            "oms: [{name: a, id: 12345678, key: \"credential:SECRET\"}]",
            "receivers: [{stick: SECRET, port: SECRET, modes: [SECRET]}]",
            "zenner_datahub: [{name: SECRET, broker_pass: SECRET, http: {path: SECRET}}]",
            "zenner_datahub: [{name: SECRET, http: {pass: SECRET, token: SECRET}}]",
            "mqtt: {pass: SECRET\nx", "mqtt:\n pass: 'SECRET\n", "mqtt: {a: *SECRET }",
        ])
    func secretsAreNotRepeated(_ template: String) {
        let secret = "0123456789ABCDEFfedcba9876543210"
        let yaml = template.split(separator: "SECRET", omittingEmptySubsequences: false)
            .joined(separator: secret)
        let (configuration, faults) = ConfigurationFile.read(
            Array(yaml.utf8), keys: KeySource { _ in nil })
        let report = ConfigurationReport(
            file: "e2m.yaml", configuration: configuration, faults: faults)
        #expect(!report.lines.joined().contains(secret.prefix(12)))
    }

    @Test func descriptionsAndMirrorsHoldNoSecret() {
        let yaml = """
            mqtt: {user: me, pass: hunter2}
            oms: [{name: a, id: 12345678, key: \(Self.key)}]
            zenner_datahub: [{name: a, broker_host: b, broker_pass: hunter2, http: {path: /hunter2}}]
            """
        let (configuration, _) = ConfigurationFile.read(Array(yaml.utf8))
        var dumped = String(reflecting: configuration)
        dump(configuration, to: &dumped)
        #expect(configuration?.mqtt.broker.password == "hunter2")
        #expect(!dumped.contains("hunter2"))
        #expect(!dumped.contains(Self.key))
    }
}

@Suite struct ConfigurationReportTests {
    @Test func aLineAFaultAndASummary() {
        let yaml = """
            mqtt: {prot: 1}
            oms:
              - {name: Gas, id: 12345678, key: 01}
              - {name: Water, id: 12345679}
            """
        let (configuration, faults) = ConfigurationFile.read(Array(yaml.utf8))
        let report = ConfigurationReport(
            file: "e2m.yaml", configuration: configuration, faults: faults)
        #expect(
            report.lines == [
                "e2m.yaml:1: warning: mqtt.prot: this key is not known and not used: "
                    + "did you mean 'port'?",
                "e2m.yaml:3: oms[1].key: meter 'Gas': the key has 2 digits, 32 are needed: "
                    + "copy it again from the meter's supplier",
                "e2m.yaml: 1 error, 1 warning; 1 meter and 1 receiver can be used",
            ])
        #expect(!report.isSound)
    }

    @Test func aSoundFile() {
        let (configuration, faults) = ConfigurationFile.read(
            Array(ConfigurationSamples.original.utf8))
        let report = ConfigurationReport(
            file: "e2m.yaml", configuration: configuration, faults: faults)
        #expect(report.lines == ["e2m.yaml: no faults; 2 meters and 1 receiver can be used"])
        #expect(report.isSound)
    }

    @Test func aFileThatIsNotThere() {
        let (configuration, faults) = ConfigurationFile.load("/nowhere/e2m.yaml")
        let report = ConfigurationReport(
            file: "/nowhere/e2m.yaml", configuration: configuration, faults: faults)
        #expect(
            report.lines == [
                "/nowhere/e2m.yaml: there is no file /nowhere/e2m.yaml: check the path",
                "/nowhere/e2m.yaml: 1 error; it cannot be used",
            ])
        #expect(!report.isSound)
    }
}
