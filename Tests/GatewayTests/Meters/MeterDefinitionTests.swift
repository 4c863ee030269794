import Decoder
import Glibc
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite struct MeterDefinitionTests {
    private static let head = "maker: Acme\nmodel: Flow 3\n"
    private static let detect = "detect:\n  - { manufacturer: ACM, version: 0x01, type: 0x07 }\n"

    struct FaultCase: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        /// Of the first fault: its line, and a part of what it says.
        let line: Int
        let message: String
        var testDescription: String { name }
    }

    static let faults = [
        FaultCase(name: "nothing", text: "", line: 0, message: "the file is empty"),
        FaultCase(
            name: "no maker", text: "model: x\n" + detect, line: 1, message: "this key is missing"),
        FaultCase(
            name: "no meter", text: head, line: 1, message: "nothing says which meter this is"),
        FaultCase(
            name: "letters", text: head + "detect:\n  - { manufacturer: AC, version: 0x01 }\n",
            line: 4, message: "write its three letters"),
        FaultCase(
            name: "version", text: head + "detect:\n  - { manufacturer: ACM, version: 0x101 }\n",
            line: 4, message: "this is no octet"),
        FaultCase(
            name: "payload", text: head + "detect:\n  - { manufacturer: ACM, payload: x }\n",
            line: 4, message: "known are"),
        FaultCase(
            name: "sender", text: head + "detect:\n  - { manufacturer: ACM, sender_type: 0x37 }\n",
            line: 4, message: "the sender's manufacturer is missing"),
        FaultCase(
            name: "quantity",
            text: head + detect + "fields:\n  - { name: x, quantity: volum, storage: 1 }\n",
            line: 6, message: "did you mean 'volume'?"),
        FaultCase(
            name: "no record", text: head + detect + "fields:\n  - { name: x }\n", line: 6,
            message: "which record is meant?"),
        FaultCase(
            name: "present value",
            text: head + detect + "fields:\n  - { name: total, quantity: volume }\n", line: 6,
            message: "always published as 'volume'"),
        FaultCase(
            name: "name", text: head + detect + "fields:\n  - { name: A b, codes: 02FF20 }\n",
            line: 6, message: "small letters"),
        FaultCase(
            name: "same name",
            text: head + detect
                + "fields:\n  - { name: x, codes: 02FF20 }\n  - { name: x, codes: 02FF21 }\n",
            line: 7, message: "line 6"),
        FaultCase(
            name: "storage",
            text: head + detect + "fields:\n  - { name: x, quantity: volume, storage: 3..2 }\n",
            line: 6, message: "no storage number"),
        FaultCase(
            name: "qualifier",
            text: head + detect + "fields:\n  - { name: x, quantity: volume, qualifiers: up }\n",
            line: 6, message: "no qualifier"),
        FaultCase(
            name: "bits", text: head + detect + "status: { low: x }\n", line: 5,
            message: "this is no number"),
        FaultCase(
            name: "medium", text: head + "medium: wather\n" + detect, line: 3,
            message: "('water' perhaps?)"),
        FaultCase(
            name: "type",
            text: head + detect + "fields:\n  - { name: x, codes: 02FF20, type: date }\n",
            line: 6, message: "this word is not known"),
        FaultCase(
            name: "mask", text: head + detect + "errors:\n  - { field: error_flags, mask: low }\n",
            line: 6, message: "this is no number"),
        FaultCase(
            name: "sum of nothing",
            text: head + detect
                + "fields:\n  - { name: x, quantity: power, storage: 1, sum_of: power_l1 }\n",
            line: 6, message: "'power_l1' of its sum is no field"),
        FaultCase(
            name: "sum with codes",
            text: head + detect
                + "fields:\n  - { name: y, codes: 02FF21 }\n  - { name: x, codes: 02FF20, sum_of: y }\n",
            line: 7, message: "a sum has a quantity"),
        FaultCase(
            name: "base",
            text: head + detect + "storage_series:\n  - { storage: 2..4, base: now }\n", line: 6,
            message: "write clock"),
    ]

    @Test(arguments: faults)
    func fault(_ c: FaultCase) throws {
        let (definition, faults) = MeterDefinitionReader.read(Array(c.text.utf8), id: "acme/flow3")
        #expect(definition == nil)
        let fault = try #require(faults.first)
        #expect(fault.line == c.line)
        #expect(fault.message.contains(c.message), "\(fault)")
    }

    @Test func everyPrefixIsRead() {
        let text = Array(
            (Self.head + Self.detect
                + """
                fields:
                  - { name: volume_month, quantity: volume, storage: 2..4 }
                errors:
                  - { field: error_flags, bits: { 0x01: low } }
                storage_series:
                  - { storage: 2..4, base: clock, step: month }
                telegrams:
                  - { hex: "00", reading: { volume: 1 } }
                """).utf8)
        for count in text.indices {
            _ = MeterDefinitionReader.read(Array(text[..<count]), id: "x")
        }
        #expect(MeterDefinitionReader.read(text, id: "x").0 != nil)
    }

    // MARK: Names for ever

    @Test func publishedFields() throws {
        let before = PublishedFields(parsing: "# list\nflow volume m³\nflow slope K\n")
        let fields = "fields:\n  - { name: volume, quantity: volume }\n"
        let sample = "telegrams:\n  - { hex: 10446D0478563412010778" + "0413D2040000 }\n"
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            fields + "  - { name: more, codes: 02FF02 }\n"
                + sample)
        let now = PublishedFields(of: [user])
        #expect(now.lines == ["flow volume m³"])
        #expect(now.missing(of: before) == ["flow slope K"])
        #expect(now.untested(in: [user]) == ["flow more"])
        #expect(now.text(with: before).hasSuffix("flow slope K\nflow volume m³\n"))
        #expect(PublishedFields(parsing: now.text(with: before)) == before)
    }

    // MARK: The user's folder

    @Test func folder() throws {
        let directory = TemporaryDirectory()
        let text = Self.head + Self.detect
        try write(text, to: directory.file("a.yaml"))
        try write(text, to: directory.file("b.yaml"))
        try write("maker: [", to: directory.file("c.yaml"))
        let sample = "telegrams:\n  - { hex: \(AcmeMeter.telegram), reading: { volume: 1 } }\n"
        let other = "detect:\n  - { manufacturer: ACM, version: 0x01 }\n"
        try write(Self.head + other + sample, to: directory.file("d.yaml"))
        try write("no definition", to: directory.file("readme.txt"))
        let (definitions, faults) = MeterDefinitionFolder(directory.path).load()
        #expect(definitions.map(\.id) == ["a", "d"])
        #expect(
            faults.map { $0.path } == ["b.yaml", "c.yaml", "d.yaml"].map { directory.file($0) })
        #expect(faults.last?.fault.severity == .warning)
        #expect(faults.first?.fault.message.contains("fits the same meters as a") == true)
        #expect(MeterDefinitionFolder(directory.file("none")).load().0.isEmpty)
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }
}
