import Testing
import Wire

@testable import Receivers

/// What a stick answers to each command and how it puts out telegrams, as fixed octets.
struct ScriptedStick: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: StickKind
    var modes: Set<LinkMode>?
    /// Commands and their answers.
    var answers: [(command: [UInt8], answer: [UInt8])]
    /// What it tells of itself in the end.
    var report: StickReport
    /// The telegram N.2.1 of OMS Annex N as the stick puts it out, and as it shall be delivered.
    var first: [UInt8]
    var firstFrame: RadioFrame
    /// A second one.
    var second: [UInt8]
    var secondFrame: RadioFrame
    /// The first, damaged between stick and computer so that the driver can tell.
    var damaged: [UInt8]
    var garbage: [UInt8]
    /// Octets of a message that only mark its ends: not counted when it is dropped.
    var marks = 0
    /// How often it is asked before it is given up.
    var attempts = 3
    /// Without a check sum or a mark its telegrams may be another stick's, or damaged.
    var hasChecksum = true
    /// Hears telegrams before the first question alone, and is asked nothing later.
    var isDeafWhileAsked = false

    var testDescription: String { name }

    /// What it answers to the command at the end of `heard`, which then is taken.
    func answer(to heard: inout [UInt8]) -> [UInt8] {
        for (command, answer) in answers where heard.suffix(command.count) == command[...] {
            heard = []
            return answer
        }
        return []
    }

    func conversation() throws -> any StickConversation {
        let row = try #require(StickCatalogue.row(for: kind))
        return row.conversation(StickSetup(port: "/dev/stick", modes: modes))
    }
}

/// N.2.1 of OMS Annex N without CRCs, 47 octets.
let n21 = hex(
    "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69EB"
        + "F3")
/// Another of 47 octets.
let t2 = hex(
    "2E44333003020100071B7A634820252F2F0265840842658308820165950802FB1AAE0142FB1AAE018201FB1AA901"
        + "2F")
/// N.2.1 with the CRCs of frame format A, 55 octets.
let n21FormatA = hex(
    "2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF0EA6DEFC9"
        + "55B29D6D69EBF3EC8A")
/// T2 with the CRC of frame format B.
let t2FormatB = hex(
    "3044333003020100071B7A634820252F2F0265840842658308820165950802FB1AAE0142FB1AAE018201FB1AA901"
        + "2F678F")

func hex(_ text: String) -> [UInt8] { (try? Hex.octets(text)) ?? [] }
func line(_ text: String) -> [UInt8] { Array("\(text)\r\n".utf8) }

extension ScriptedStick {
    static let all = [im871a, amb8465, cul, iu891a, rc1180]
    /// Those that can tell a damaged message.
    static let checked = all.filter(\.hasChecksum)

    static let im871a = ScriptedStick(
        name: "iM871A, firmware 15", kind: .im871a, modes: nil,
        answers: [
            (hex("A5810F003413"), hex("A5811008330015177D3FB900E020")),
            (hex("A58103080003000A38000100C997"), hex("A58104009CF7")),
            (hex("A581050044EE"), message(1, 6, "FF000A44AE0C17151000010001FF070232000000070000")),
            (IM871AFramer.Message(endpoint: 1, number: 1).request, hex("A58102004CA3")),
        ],
        report: StickReport(serial: "00B93F7D", firmware: "15", modes: [.c1, .t1]),
        first: hex("A5C2032E") + n21.dropFirst() + hex("6721D4"),
        firstFrame: RadioFrame(octets: n21, format: .crcsRemoved, signalStrength: -71),
        second: hex("A5C2032E") + t2.dropFirst() + hex("A5E365"),
        secondFrame: RadioFrame(octets: t2, format: .crcsRemoved, signalStrength: -40),
        damaged: hex(
            "A5C2032E4493157856341233037A2A0020255923D95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6D"
                + "EFC99D6D69EBF36721D4"),
        garbage: hex("00A5FFA5C203A5"))

    static let amb8465 = ScriptedStick(
        name: "AMB8465, command output", kind: .amb8465, modes: nil,
        answers: [
            (hex("FF0C00F3"), hex("FF8C0302070075")),
            (hex("FF0A02008077"), parameters(output: 1, rssi: 1)),
            (hex("FF040109F3"), hex("FF8401007A")),
            (hex("FF0B00F4"), hex("FF8B042701BB54B9")),
        ],
        report: StickReport(serial: "2701BB54", firmware: "2.7.0", modes: [.c1, .t1]),
        first: hex("FF032F") + n21.dropFirst() + hex("060B"),
        firstFrame: RadioFrame(octets: n21, format: .crcsRemoved, signalStrength: -71),
        second: hex("FF032F") + t2.dropFirst() + hex("0643"),
        secondFrame: RadioFrame(octets: t2, format: .crcsRemoved, signalStrength: -71),
        damaged: hex(
            "FF032F4493157856341233037A2A0020255923C94AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEF"
                + "C99D6D69EBF3060B"),
        garbage: hex("FE00FFFF8A05"))

    static let cul = ScriptedStick(
        name: "CUL, culfw with C mode", kind: .cul, modes: nil,
        answers: [
            (line("V"), line("V 1.67 nanoCUL868_r568")),
            (line("brc"), line("CMODE")),
            (line("b"), line("CMODE")),
        ],
        report: StickReport(firmware: "1.67 nanoCUL868_r568", modes: [.c1, .t1]),
        first: line("b\(Hex.text(n21FormatA))8206"),
        firstFrame: RadioFrame(octets: n21FormatA, format: .a, signalStrength: -71),
        second: line("bY\(Hex.text(t2FormatB))80E0"),
        secondFrame: RadioFrame(
            octets: t2FormatB, format: .b, linkMode: .c1, signalStrength: -90),
        // Three digits lost, as by an overrun serial line.
        damaged: line(
            "b2E44931578563412330337A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF0EA6D"
                + "EFC955B29D6D69EBF3EC8A8206"),
        garbage: hex("00FF") + line("LOVF") + hex("62FE0D0A"),
        marks: 2, attempts: 6)

    static let iu891a = ScriptedStick(
        name: "iU891A", kind: .iu891a, modes: nil,
        answers: [
            (hex("C001030424C0"), hex("C00104006E7D3FB9006955383931412D584C0000E427C0")),
            (
                hex("C001053241C0"),
                hex("C00106000001AA0031342E31312E32303234574D42757347617465776179C662C0")
            ),
            (hex("C00981DE4DC0"), hex("C009820025B300101517010001CCC0")),
            (hex("C00901D6C9C0"), gatewayMessage(2, "000302000000000000000000")),
            (hex("C0090303020000000000000000003DC6C0"), hex("C0090400B23DC0")),
            (hex("C001011607C0"), hex("C0010200A0AFC0")),
        ],
        report: StickReport(
            serial: "00101517", firmware: "1.0", model: "iU891A-XL", modes: [.c1, .t1]),
        first: hex("C009209F436D38020502B9") + n21 + hex("7B7CC0"),
        firstFrame: RadioFrame(
            octets: n21, format: .crcsRemoved, linkMode: .t1, signalStrength: -71),
        second: hex("C00920A0436D38000002DBDC") + t2 + hex("32A5C0"),
        secondFrame: RadioFrame(
            octets: t2, format: .crcsRemoved, linkMode: .t1, signalStrength: -64),
        damaged: hex("C009209F436D38020502B9") + n21.map { $0 == 0xC9 ? 0xD9 : $0 }
            + hex("7B7CC0"),
        garbage: hex("00DB17C0FF"),
        marks: 2)

    static let rc1180 = ScriptedStick(
        name: "RC1180-MBUS3", kind: .rc1180, modes: nil,
        answers: [
            (hex("00"), hex("3E")),
            (hex("30"), memory() + hex("3E")),
            (hex("470A"), hex("3E")),
        ],
        report: StickReport(
            serial: "12345678", firmware: "2.00", model: "RC1180-MBUS3", modes: [.c1, .t1]),
        first: hex("2F") + n21.dropFirst() + hex("8E"),
        firstFrame: RadioFrame(octets: n21, format: .crcsRemoved, signalStrength: -71),
        second: hex("2F") + t2.dropFirst() + hex("80"),
        secondFrame: RadioFrame(octets: t2, format: .crcsRemoved, signalStrength: -64),
        damaged: hex("2F45") + n21.dropFirst(2) + hex("8E"),
        garbage: hex("00FF05"),
        hasChecksum: false, isDeafWhileAsked: true)

    /// A message of an iU891A's endpoint for wireless M-Bus.
    static func gatewayMessage(_ number: UInt8, _ payload: String) -> [UInt8] {
        IU891AFramer.Message(endpoint: 9, number: number, payload: hex(payload)).request
    }

    /// The configuration memory of an RC1180, with some octets changed.
    static func memory(
        partNumber: String = "RC1180-MBUS3,2.00,0.18", others: [Int: UInt8] = [:]
    ) -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 256)
        memory.replaceSubrange(0x1B..<0x1F, with: hex("12345678"))
        memory.replaceSubrange(0x61..<0x61 + partNumber.utf8.count, with: partNumber.utf8)
        let usual: [Int: UInt8] = [0x03: 1, 0x05: 1, 0x30: 5, 0x3D: 2]
        for (address, value) in usual { memory[address] = value }
        for (address, value) in others { memory[address] = value }
        return memory
    }

    /// A message of an iM871A with a CRC.
    static func message(_ endpoint: UInt8, _ number: UInt8, _ payload: String) -> [UInt8] {
        IM871AFramer.Message(endpoint: endpoint, number: number, payload: hex(payload)).request
    }

    /// All parameters of an AMB8465-M as it left the factory, with some changed.
    static func parameters(
        output: UInt8, rssi: UInt8, others: [Int: UInt8] = [:]
    ) -> [UInt8] {
        var values = hex(
            "00780080710200000000FFFFFA00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF003200021400FFFFFFFFFF01"
                + "0004000000FFFFFF01440000000000000000FFFF0B040100FFFFFFFFFF00030000FFFFFFFFFFFFFF0000"
                + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")
        values[2 + 0x05] = output
        values[2 + 0x45] = rssi
        for (address, value) in others { values[2 + address] = value }
        return AMB8465Framer.Message(command: 0x8A, payload: values).request
    }
}

/// A conversation with a scripted stick, without port or clock: each command is answered at once,
/// and what is not answered runs out of time.
struct Dialogue {
    var stick: ScriptedStick
    var conversation: any StickConversation
    private(set) var actions: [StickAction] = []
    /// Put out by the stick in front of each answer.
    var interjection: [UInt8] = []
    /// Whether the stick's octets reach the driver one by one.
    var comesOctetByOctet = false
    private var isWaiting = false
    private var waits = 0
    private var hasAnswered = false

    init(_ stick: ScriptedStick) throws {
        self.stick = stick
        conversation = try stick.conversation()
    }

    /// A stick that is identified, configured and listening.
    init(listening stick: ScriptedStick) throws {
        try self.init(stick)
        open()
        #expect(reports == [stick.report])
        actions = []
    }

    mutating func open() {
        carryOut(conversation.opened())
        settle()
    }

    mutating func fallSilent() {
        carryOut(conversation.fellSilent())
        settle()
    }

    mutating func hear(_ octets: [UInt8]) {
        for piece in comesOctetByOctet ? octets.map({ [$0] }) : [octets] {
            carryOut(conversation.received(piece))
        }
    }

    /// As behind a pause: what was begun is not completed any more.
    mutating func pause() { carryOut(conversation.stalled()) }

    /// Lets the time of all that is waited for pass.
    private mutating func settle() {
        while isWaiting {
            let before = waits
            pause()
            guard isWaiting, waits == before else { continue }
            isWaiting = false
            carryOut(conversation.timedOut())
        }
    }

    private mutating func carryOut(_ new: [StickAction]) {
        actions += new
        var answer: [UInt8] = []
        for action in new {
            switch action {
            case .write(var octets): answer += stick.answer(to: &octets)
            case .wait:
                isWaiting = true
                waits += 1
            case .waitNoMore, .fail: isWaiting = false
            default: break
            }
        }
        guard !answer.isEmpty else { return }
        let before = stick.isDeafWhileAsked && hasAnswered ? [] : interjection
        hasAnswered = true
        hear(before + answer)
    }

    var frames: [RadioFrame] {
        actions.compactMap { if case .deliver(let frame) = $0 { frame } else { nil } }
    }
    var reports: [StickReport] {
        actions.compactMap { if case .ready(let report) = $0 { report } else { nil } }
    }
    var notices: [StickNotice] {
        actions.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }
    var failures: [StickError] {
        actions.compactMap { if case .fail(let error) = $0 { error } else { nil } }
    }
    var skipped: Int {
        actions.reduce(0) { if case .skip(let octets, _) = $1 { $0 + octets } else { $0 } }
    }
    /// What was sent to the stick, without repetitions.
    var written: [[UInt8]] {
        actions.reduce(into: []) {
            if case .write(let octets) = $1, $0.last != octets { $0.append(octets) }
        }
    }
}

/// SplitMix64, for the same splits in each run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

extension [UInt8] {
    /// Cut at random into pieces of 1 to `longest` octets.
    func pieces(upTo longest: Int, _ generator: inout SeededGenerator) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = self[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...longest, using: &generator))
            pieces.append(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }
}
