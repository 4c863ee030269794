/// Configuration files for the tests; ids, keys and passwords are invented.
enum ConfigurationSamples {
    /// All sections that energy2mqtt has, written as its users write them.
    static let original = """
        mqtt:
          host: broker.example
          port: 1883
          user: energy
          pass: 0012345
          ha_enabled: true
          client_name: energy2mqtt
          discovery_version: 2
        db:
          path: /data/e2m.db
        modbus:
          hubs:
            - name: hub1
              host: 192.0.2.10
              port: 502
              proto: TCP
              devices:
                - name: counter
                  meter: some-meter
                  slave_id: 1
                  read_interval: 10
        oms:
          - name: Gas
            id: 3ELS3312345678
            key: 0102030405060708090A0B0C0D0E0F11
          - name: Heat
            id: 04ACM0187654321
            key: 11111111111111111111111111111111
        tibber:
          - name: home
        victron:
          - name: inverter
            broker_host: 192.0.2.11
        knx:
          adaptors: []
        zenner_datahub:
          - name: datahub
            broker_host: datahub.example
            broker_port: 8883
            broker_user: me
            broker_pass: 007
            client_name: energy2mqtt-datahub
            update_interval: 60
            enabled: false
            base_topic: tenant/one
        httpd:
          enabled: true
          port: 8240
        storage:
          discovered_devices_path: discovered_devices.yaml

        """

    /// Every key of this program.
    static let whole = """
        mqtt:
          host: 192.0.2.1
          port: 8884
          user: me
          pass: "secret: #1"
          client_name: house
          ha_enabled: no
          discovery_version: 1
          base_topic: house/meters
          units: original
          allow_restart: on
          tls: true
          tls_ca: /ca.pem
          tls_cert: /me.pem
          tls_key: /me.key
          protocol: "5"
          keep_alive: 30
          qos: {readings: 2, raw: 0}
          retain: {readings: true}
        inputs:
          - topic: wmbus/+/telegram
          - topic: $share/house/bridges/#
        forward: {topic: house/telegrams, form: marked, meters: all}
        fleet: {role: decoder, topic: house/fleet, meters: all}
        oms:
          - {name: Water, id: 12345678}
        receivers:
          - {name: cellar, stick: im871a, port: /dev/ttyUSB0, modes: [t1, C1]}
          - {stick: CUL, modes: s1}
          - {stick: cul}
          - {port: AUTO, stick: auto}
          - {}
        httpd: {enabled: off, port: 80, bind: "::1", whole_ids: yes}
        storage: {discovered_devices_path: /var/lib/oms2mqtt/devices.yaml}
        zenner_datahub:
          - name: by mqtt
            broker_host: hub.example
          - name: by http
            http: {path: /datahub, user: me, pass: open}
            capture: true
          - name: by token
            http: {path: /token, token: abc}
          - name: by path
            http: {path: /0123456789abcdef}
        """
}
