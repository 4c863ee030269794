import Simulator
import Testing
import Wire

@Suite struct LinkLayerFramesTests {
    @Test func formatAOfTheAnnexExample() {
        let expected = hex(
            """
            2E449315785634123303 3363 7A2A0020255923C95AAA26D1B2E7493B C2AD
            013EC4A6F6D3529B520EDFF0EA6DEFC9 55B2 9D6D69EBF3 EC8A
            """)
        #expect(LinkLayerFrames.formatA(Sample.n21) == expected)
    }

    @Test(arguments: [
        (
            Sample.n21,
            """
            304493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D
            69EBF3B853
            """
        ),
        (
            hex("1244AE0C7856341201078C2027780B13436587"),
            "1444AE0C7856341201078C2027780B134365877AC5"
        ),
    ])
    func formatB(_ frame: [UInt8], _ expected: String) {
        #expect(LinkLayerFrames.formatB(frame) == hex(expected))
    }

    /// From a real meter; published with the wmbusmeters test suite.
    @Test func formatBOfTwoParts() {
        let onAir = hex(
            """
            C244C5140443054300048C200E900F002C25895E02003B0877D31DA840B17A0E009007100F8FAD4C4E61400D
            A4F3B1F7E273CC4C5C07F93CD20B237345DB39F9A98F8415E1C4B7A25C86E4C22D05C3352FA7E2E5627031F1
            4643063F1DC8FE2C32459B6F02E4234B447B18E4BFDA8C4DA9B1EDE6CF29D0B2122A3E8B9DEEBEE3E6DBE661
            7B4E709EC6B595179CB01C2C0BDE6723A345B708652880C114A58DA07C73AD9EB8ACB17FA0A88F19BC84CB1F
            C56672DE8A9603FD0C05010002FD0B2111F60B
            """)
        let frame = [0xBE] + onAir[1..<126] + onAir[128..<193]
        #expect(frame.count == 191)
        #expect(LinkLayerFrames.formatB(Array(frame)) == onAir)
    }

    /// The whole size that the standard gives, and a CRC that holds behind every block.
    @Test(arguments: 11...256)
    func sizes(count: Int) {
        let frame = Sample.frame(of: count)
        let a = LinkLayerFrames.formatA(frame)
        #expect(a.count == count + 2 * (1 + (count - 10 + 15) / 16))
        #expect(a.first == frame.first)
        let b = LinkLayerFrames.formatB(frame)
        #expect(b?.count == (count > 252 ? nil : count > 126 ? count + 4 : count + 2))
        #expect(b.map { Int($0[0]) + 1 } == b?.count)
    }
}
