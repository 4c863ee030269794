import Wire

// What the account of a telegram says of an application that is no list of records.

extension Telegram {
    func tellContent(to account: inout some DecodingAccount) {
        var reader = ByteReader(octets.span, in: application)
        account.layer(
            content == .statusOnly ? "No application" : "Application layer, \(content.words)")
        while content != .manufacturerSpecific, reader.peek == 0x2F { _ = try? reader.octet() }
        if reader.offset > application.lowerBound {
            account.field("Filler", application.lowerBound..<reader.offset, "no content")
        }
        switch content {
        case .records, .compactFrame, .statusOnly: break
        case .formatFrame: Self.tellFormatFrame(&reader, to: &account)
        case .applicationError:
            guard let place = try? reader.take(1) else { break }
            account.field("Error", place, applicationError?.text ?? "of a code not known")
            tellRest(of: reader, "more on the error", to: &account)
        case .alarm: tellRest(of: reader, "their meaning is the manufacturer's", to: &account)
        case .manufacturerSpecific:
            tellRest(of: reader, "laid out by the manufacturer", to: &account)
        }
        tellTag(to: &account)
    }

    /// Tells of the authentication tag of mode 10, which stands behind the application and is right
    /// wherever a telegram was opened.
    func tellTag(to account: inout some DecodingAccount) {
        guard protection == .mode(.mode10), application.upperBound < octets.count else { return }
        account.field("Authentication tag", application.upperBound..<octets.count, "right")
    }

    private func tellRest(
        of reader: borrowing ByteReader, _ meaning: String, to account: inout some DecodingAccount
    ) {
        guard reader.left > 0 else { return }
        account.field("Data", reader.offset..<reader.end, meaning)
    }

    /// Length, signature, then DIF to last VIFE of all records (EN 13757-3:2018, annex G).
    private static func tellFormatFrame(
        _ reader: inout ByteReader, to account: inout some DecodingAccount
    ) {
        guard let length = try? reader.octet() else { return }
        account.field("Length", (reader.offset - 1)..<reader.offset, "\(length) octets follow")
        guard let signature = try? reader.take(2) else { return }
        account.field("Format signature", signature, "CRC over all that follows")
        while reader.left > 0 {
            do {
                _ = try DataInformation(reading: &reader, account: &account)
                _ = try ValueInformation(reading: &reader, text: .elsewhere, account: &account)
            } catch { return }
        }
    }
}

extension Telegram.Content {
    fileprivate var words: String {
        switch self {
        case .records, .compactFrame: "records"
        case .formatFrame: "format frame"
        case .manufacturerSpecific: "manufacturer specific"
        case .alarm: "alarm"
        case .applicationError: "application error"
        case .statusOnly: "no content"
        }
    }
}
