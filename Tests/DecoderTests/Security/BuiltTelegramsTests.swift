import Simulator
import Testing
import Wire

@testable import Decoder

/// Telegrams of invented meters, built by the simulator, which knows nothing of the decoder.
@Suite struct BuiltTelegramsTests {
    static let key = [UInt8](0xA0...0xAF)
    static let meter = TelegramBuilder.Address("ACM", 0x8765_4321, version: 0x0A, deviceType: 0x07)
    static let module = TelegramBuilder.Address("ACM", 0x0101_0101, version: 0x01, deviceType: 0x37)

    static let securities: [TelegramBuilder.Security] = [
        .none, .mode5(key: key), .mode7(key: key, messageCounter: 0x0102_0304),
    ]
    static let transports: [TelegramBuilder.Transport] = [
        .none(), .short(accessNumber: 0x51, status: 0x04),
        .long(meter: meter, accessNumber: 0x00),
    ]
    static let extendedLinkLayers: [TelegramBuilder.ExtendedLinkLayer?] = [
        nil, .one(communicationControl: 0x20, accessNumber: 7),
        .two(communicationControl: 0x32, accessNumber: 7, sessionNumber: 0x0A0B_0C0D, key: nil),
        .two(communicationControl: 0x32, accessNumber: 7, sessionNumber: 0x2A0B_0C0D, key: key),
        .three(communicationControl: 0x20, accessNumber: 7, receiver: module),
    ]

    static func telegrams() throws -> [(TelegramBuilder, [UInt8])] {
        var result: [(TelegramBuilder, [UInt8])] = []
        for transport in transports {
            for security in securities where transport != .none() || security == .none {
                for layer in extendedLinkLayers {
                    for records in 1...7 {
                        var builder = TelegramBuilder(
                            transport == .none() ? meter : module)
                        builder.transport = transport
                        builder.security = security
                        builder.extendedLinkLayer = layer
                        builder.records = Array(
                            repeating: .volume(litres: 12_345), count: records)
                        builder.clearRecords = [.errorFlags(0x0102)]
                        result.append((builder, try builder.frame()))
                    }
                }
            }
        }
        return result
    }

    @Test func opensInEveryFormat() throws {
        let decoder = TelegramDecoder()
        let key = try #require(MeterKey(octets: Self.key))
        let built = try Self.telegrams()
        #expect(built.count == 7 * 5 * 7)
        for (builder, frame) in built {
            let records = builder.records + builder.clearRecords
            let content = records.flatMap(\.octets)
            for octets in [frame, LinkLayerFrames.formatA(frame), LinkLayerFrames.formatB(frame)] {
                let telegram = try openedTelegram(
                    RadioFrame(octets: #require(octets)), key: key, leniency: .unencrypted,
                    with: decoder)
                let plain = telegram.octets[telegram.application]
                #expect(plain.filter { $0 != 0x2F } == content.filter { $0 != 0x2F })
                #expect(telegram.protection != .none || builder.security == .none)
                var read: [DataRecord] = []
                #expect(decoder.readRecords(of: telegram, into: &read) == nil)
                #expect(read.count == records.count)
                #expect(telegram.crcVerified == (octets != frame))
            }
        }
    }

    @Test func noneWithAnotherKey() throws {
        let decoder = TelegramDecoder()
        for last in UInt8.min...20 {
            let key = try #require(MeterKey(octets: Self.key.dropLast() + [last]))
            for (builder, frame) in try Self.telegrams() {
                let radio = RadioFrame(octets: frame, format: .crcsRemoved)
                guard let telegram = try? openedTelegram(radio, key: key, with: decoder) else {
                    continue
                }
                Issue.record("\(builder.transport), \(builder.security): \(telegram.protection)")
            }
        }
    }
}
