import Testing
import Wire

@testable import Decoder

@Suite struct OpeningTests {
    @Test(arguments: PublishedTelegram.all)
    func opens(_ published: PublishedTelegram) throws {
        let telegram = try openedTelegram(published.frame, key: published.meterKey)
        #expect(telegram.meter.description == published.meter)
        #expect(telegram.sender.description == published.sender ?? published.meter)
        #expect(telegram.protection == published.protection)
        #expect(telegram.content == published.content)
        #expect(telegram.authenticated == published.authenticated)
        #expect(telegram.messageCounter == published.messageCounter)
        let plain = telegram.octets[telegram.application]
        #expect(Hex.text(plain) == published.plain)
    }
}
