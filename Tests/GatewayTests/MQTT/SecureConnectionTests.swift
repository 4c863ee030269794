import Receivers
import TestSupport
import Testing

@testable import Gateway

/// Encrypted connections to a real broker, with certificates of the test's own making.
@Suite(.serialized) struct SecureConnectionTests {
    let loop = EventLoop()
    let certificates: Certificates

    init() throws { certificates = try Certificates() }

    private func broker(_ certificate: String, lines: [String] = []) throws -> RealBroker {
        try RealBroker(
            lines: [
                "cafile \(certificates.file("authority.pem"))",
                "certfile \(certificates.file("\(certificate).pem"))",
                "keyfile \(certificates.file("\(certificate).key"))",
            ] + lines)
    }

    private func settings(_ broker: RealBroker, _ tls: TLSSettings) -> BrokerSettings {
        var settings = broker.settings("client")
        settings.tls = tls
        return settings
    }

    /// The first error, and that its words tell what to do and have `words` in them.
    private func expectError(
        _ expected: TLSFault, saying words: String, _ settings: BrokerSettings
    ) {
        let client = Recorder(settings, on: loop)
        loop.turn(until: { !client.errors.isEmpty || client.client.isConnected })
        #expect(client.errors.first == .notTrusted(address: settings.address, expected))
        #expect(client.errors.first.map { "\($0)".contains(words) } == true)
        client.stop()
    }

    @Test func theRightAuthorityIsTrustedAndMessagesPass() throws {
        let broker = try broker("broker")
        let tls = TLSSettings(authorities: certificates.file("authority.pem"))
        let client = Recorder(settings(broker, tls), on: loop, subscribing: ["t"])
        loop.turn(until: { client.client.isConnected })
        client.client.publish(MQTTMessage(topic: "t", text: "hidden"))
        loop.turn(until: { client.texts("t") == ["hidden"] })
        client.stop()
    }

    /// What is decrypted waits inside the library, where the socket does not show it.
    @Test func burstsAndLargeMessagesComeThroughWhole() throws {
        let broker = try broker("broker")
        let tls = TLSSettings(authorities: certificates.file("authority.pem"))
        let client = Recorder(settings(broker, tls), on: loop, subscribing: ["t"])
        loop.turn(until: { client.client.isConnected })
        let payloads = (0..<600).map { number in
            [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number % 100 * 400 + 1)
        }
        for payload in payloads { client.client.publish(MQTTMessage(topic: "t", payload: payload)) }
        loop.turn(until: { client.messages.count >= payloads.count })
        #expect(client.messages.map(\.payload) == payloads)
        client.stop()
    }

    @Test func anUnknownAuthorityIsRefused() throws {
        let broker = try broker("broker")
        expectError(
            .unknownAuthority, saying: "`tls_ca`",
            settings(broker, TLSSettings(authorities: certificates.file("stranger.pem"))))
        // Nor do the system's authorities know ours.
        expectError(.unknownAuthority, saying: "`tls_ca`", settings(broker, TLSSettings()))
    }

    @Test func aCertificateForAnotherHostIsRefused() throws {
        let broker = try broker("elsewhere")
        expectError(
            .otherHost, saying: "`host`",
            settings(broker, TLSSettings(authorities: certificates.file("authority.pem"))))
    }

    @Test func anExpiredCertificateIsRefused() throws {
        let broker = try broker("expired")
        expectError(
            .expired, saying: "Renew it",
            settings(broker, TLSSettings(authorities: certificates.file("authority.pem"))))
    }

    @Test func aBrokerMayWantACertificate() throws {
        let broker = try broker("broker", lines: ["require_certificate true"])
        var tls = TLSSettings(authorities: certificates.file("authority.pem"))
        expectError(.certificateWanted, saying: "`tls_cert`", settings(broker, tls))
        tls.certificate = certificates.file("client.pem")
        tls.key = certificates.file("client.key")
        let client = Recorder(settings(broker, tls), on: loop)
        loop.turn(until: { client.client.isConnected })
        #expect(client.errors.isEmpty)
        client.stop()
    }

    @Test func aPortWithoutTLSIsNamed() throws {
        let broker = try RealBroker()
        expectError(
            .noTLS, saying: "`port`",
            settings(broker, TLSSettings(authorities: certificates.file("authority.pem"))))
    }

    @Test(arguments: ["missing.pem", "authority.key"])
    func aFileThatIsNoCertificateIsNamed(file: String) throws {
        let broker = try broker("broker")
        let client = Recorder(
            settings(broker, TLSSettings(authorities: certificates.file(file))), on: loop)
        loop.turn(until: { !client.errors.isEmpty })
        guard case .badTLSFiles? = client.errors.first else {
            Issue.record("\(client.errors)")
            return
        }
        client.stop()
    }
}

/// An authority, and what it has signed: `broker`, `elsewhere` (another host), `expired`, `client`;
/// and a stranger's authority.
final class Certificates {
    private let directory = TemporaryDirectory()

    init() throws {
        for authority in ["authority", "stranger"] {
            try openssl(
                [
                    "req", "-x509", "-days", "2", "-subj", "/CN=\(authority)", "-out",
                    "\(authority).pem",
                ]
                    + newKey(authority))
        }
        for (name, host, days) in [
            ("broker", "IP:127.0.0.1", "2"), ("elsewhere", "DNS:elsewhere.example", "2"),
            // Expires in the second in which it is made.
            ("expired", "IP:127.0.0.1", "0"), ("client", "DNS:client", "2"),
        ] {
            directory.write("subjectAltName=\(host)\n", to: "\(name).ext")
            try openssl(
                ["req", "-subj", "/CN=\(name)", "-out", "\(name).csr"] + newKey(name))
            try openssl([
                "x509", "-req", "-in", "\(name).csr", "-CA", "authority.pem", "-CAkey",
                "authority.key", "-CAcreateserial", "-days", days, "-extfile", "\(name).ext",
                "-out",
                "\(name).pem",
            ])
        }
    }

    func file(_ name: String) -> String { directory.file(name) }

    private func newKey(_ name: String) -> [String] {
        [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "\(name).key",
        ]
    }

    /// Names of files become those in the directory.
    private func openssl(_ words: [String]) throws {
        let endings = [".pem", ".key", ".csr", ".ext"]
        let status = try Subprocess.run(
            "/usr/bin/openssl",
            words.map { word in
                endings.contains { word.hasSuffix($0) } ? directory.file(word) : word
            })
        guard status == 0 else { throw TestFailure("openssl \(words[0]): status \(status)") }
    }
}
