import Glibc
import Testing
import Wire

@testable import Receivers

@Suite struct StickCatalogueTests {
    @Test func kindsAreToldApart() {
        let kinds = StickCatalogue.rows.map(\.kind)
        #expect(Set(kinds).count == kinds.count)
        #expect(kinds.map(\.rawValue).sorted() == ["amb8465", "cul", "im871a", "iu891a", "rc1180"])
        #expect(
            kinds.map(\.description).sorted() == ["AMB8465", "CUL", "RC1180", "iM871A", "iU891A"])
    }

    /// The rule that tells a stick by its USB device gives it the kind's name.
    @Test func eachUSBDeviceIsInTheUdevRules() {
        for row in StickCatalogue.rows {
            for match in row.usb {
                let found = rules(for: match).contains {
                    $0.hasSuffix("ENV{OMS2MQTT_STICK}=\"\(row.kind.rawValue)\"")
                        && (match.word.map($0.contains) ?? !$0.contains("{product}"))
                }
                #expect(found, "\(row.kind.rawValue): \(match)")
            }
        }
    }

    /// A serial adapter of many gadgets wakes the service; a kind it has only by a product's name.
    @Test func genericAdaptersAreNotClaimed() {
        for match in StickCatalogue.rows.flatMap(\.genericUSB) {
            let rules = rules(for: match)
            #expect(rules.contains { $0.hasSuffix("ENV{OMS2MQTT_STICK}=\"unknown\"") })
            for rule in rules where !rule.hasSuffix("\"unknown\"") {
                #expect(rule.contains("{product}==\"*"), "\(rule)")
            }
        }
    }

    static let faults: [(kind: StickKind?, modes: Set<LinkMode>?, isPossible: Bool)] = [
        (nil, nil, true), (.cul, nil, true), (.im871a, [.t1, .c1], true), (nil, [.s1], true),
        (.amb8465, [.c1], true), (.amb8465, [.t1], true),
        (.im871a, [.s1, .t1], false), (.cul, [.s1, .c1], false), (nil, [.s1, .t1, .c1], false),
        (nil, [], false),
    ]

    @Test(arguments: faults)
    func modes(kind: StickKind?, modes: Set<LinkMode>?, isPossible: Bool) {
        let fault = StickCatalogue.fault(kind: kind, modes: modes)
        #expect((fault == nil) == isPossible)
        #expect(fault?.isFinal ?? true)
    }

    @Test func unknownKindIsRefused() {
        let kind = StickKind(rawValue: "im872a")
        #expect(StickCatalogue.fault(kind: kind, modes: nil) == .unknownKind(kind))
    }

    // MARK: What people read

    static let errors: [(error: StickError, text: String)] = [
        (
            .impossibleModes(
                [.s1, .t1], stick: .im871a, possible: [[.t1], [.c1], [.s1], [.c1, .t1]]),
            "iM871A cannot hear T1 and S1 at once. Choose one of: T1; C1; S1; T1 and C1."
        ),
        (
            .impossibleModes([], stick: nil, possible: [[.t1], [.c1, .t1]]),
            "No mode is set. Choose one of: T1; T1 and C1."
        ),
        (
            .wrongStick(expected: .amb8465, found: .im871a, port: "/dev/ttyUSB0"),
            "Expected AMB8465 on /dev/ttyUSB0 but found iM871A. Correct the kind or the port in the"
                + " settings."
        ),
        (
            .notPermitted(port: "/dev/ttyUSB0", group: "dialout", mode: "0660"),
            "No permission for /dev/ttyUSB0 (group dialout, mode 0660). Add the user that runs"
                + " oms2mqtt to the group dialout and log in again, or install"
                + " udev/60-oms2mqtt.rules and plug the stick in again."
        ),
        (
            .unknownKind(StickKind(rawValue: "im872a")),
            "No stick is called im872a. Known are: amb8465, im871a, cul, rc1180, iu891a."
        ),
        (
            .openFailed(port: "/dev/ttyUSB0", errno: EMFILE),
            "/dev/ttyUSB0 cannot be opened: Too many open files. Check the stick and its port."
        ),
    ]

    @Test(arguments: errors)
    func errorTellsWhatToDo(error: StickError, text: String) {
        #expect(error.description == text)
    }

    @Test func noticeTellsWhatToDo() {
        #expect(
            StickNotice.cutsTelegrams(.cul, longest: 146).description
                == "The CUL firmware cuts telegrams longer than 146 octets. Use firmware with a"
                + " larger line buffer, or another stick.")
    }

    static let openings: [(number: Int32, error: StickError)] = [
        (ENOENT, .absent(port: "/nowhere")), (EBUSY, .busy(port: "/nowhere")),
        (EWOULDBLOCK, .busy(port: "/nowhere")), (ENXIO, .unplugged(port: "/nowhere")),
        (ENOTTY, .notSerialPort(port: "/nowhere")),
        (EACCES, .notPermitted(port: "/nowhere", group: "unknown", mode: "unknown")),
        (ENOMEM, .openFailed(port: "/nowhere", errno: ENOMEM)),
    ]

    @Test(arguments: openings)
    func failedOpening(number: Int32, error: StickError) {
        #expect(StickError(opening: "/nowhere", errno: number) == error)
    }

    // MARK: Means

    private func rules(for match: USBMatch) -> [Substring] {
        text(at: "udev/60-oms2mqtt.rules").split(separator: "\n").filter {
            !$0.hasPrefix("#") && $0.contains("{idVendor}==\"\(hexadecimal(match.vendor))\"")
                && $0.contains("{idProduct}==\"\(hexadecimal(match.product))\"")
        }
    }

    private func hexadecimal(_ number: UInt16) -> String {
        Hex.text([UInt8(number >> 8), UInt8(number & 0xFF)]).lowercased()
    }

    /// A file of the repository.
    private func text(at path: String, source: String = #filePath) -> String {
        let root = source.split(separator: "/").dropLast(3).joined(separator: "/")
        guard let file = fopen("/\(root)/\(path)", "r") else { return "" }
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&octets, 1, octets.count, file)
        return String(decoding: octets.prefix(count), as: UTF8.self)
    }
}
