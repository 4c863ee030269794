import Testing
import Wire

@testable import Decoder

/// What a person reads when a telegram gives no reading.
@Suite struct ErrorTextTests {
    @Test(arguments: [
        (
            TelegramError.noKey(.mode5), "no_key",
            "The telegram is encrypted (security mode 5) and there is no key. Ask the supplier of the"
                + " meter for its key, 32 hex digits."
        ),
        (
            .wrongKeyLength(.mode2, wanted: 8), "bad_key_format",
            "The key has the wrong length for security mode 2: 16 hex digits are needed."
        ),
        (
            .unsupportedSecurityMode(.mode13), "unsupported_security_mode",
            "The telegram is protected in security mode 13, which cannot be opened. Record some"
                + " of the meter's telegrams with `oms2mqtt record` and report them."
        ),
        (
            .unsupportedAuthentication(8), "unsupported_authentication",
            "The telegram's authentication code is of type 8, which cannot be checked."
                + " Record some of the meter's telegrams with `oms2mqtt record` and report them."
        ),
        (
            .payloadCRC, "payload_crc",
            "The telegram is damaged: the check sum over its content is wrong. The next one may be"
                + " whole."
        ),
    ])
    func telegramErrors(error: TelegramError, code: String, text: String) {
        #expect(error.code == code)
        #expect(error.description == text)
    }

    @Test(arguments: [
        (LinkLayerError.badCRC(block: 2), "crc_mismatch", "the CRC of block 2 is wrong"),
        (
            .truncated(expected: 55, found: 54), "truncated",
            "55 octets were announced, 54 are there"
        ),
        (.lengthTooSmall(3), "not_a_telegram", "announces 3 octets"),
    ])
    func linkLayerErrors(error: LinkLayerError, code: String, text: String) {
        #expect(error.code == code)
        #expect(error.description.contains(text))
    }
}
