import Wire

// Steps 5 to 7 in one call.
extension TelegramDecoder {
    /// Opens a telegram and reads all that it says: records of the standard, payloads of the
    /// manufacturers' own, or both. See `open` for the parameters.
    ///
    /// Where no key is given and the telegram is enciphered, the keys that its maker published are
    /// tried; `Telegram.usedDefaultKey` says so.
    public func reading(
        of frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?,
        leniency: Leniency = [], now: UInt64 = 0
    ) throws(TelegramError) -> Reading {
        var nobody = NoAccount()
        return try reading(
            of: frame, headers: headers, key: key, leniency: leniency, now: now, account: &nobody)
    }

    public func reading(
        of frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?,
        leniency: Leniency = [], now: UInt64 = 0, account: inout some DecodingAccount
    ) throws(TelegramError) -> Reading {
        if let family = headers.payloadFamily {
            var envelope = Envelope(frame, headers: headers, key: key)
            var reading = Reading(telegram: try envelope.unopened(), records: [], recordsEnd: nil)
            try read(&reading, by: family, key, leniency, account: &account)
            guard
                key == nil || leniency.contains(.unencrypted)
                    || reading.telegram.protection != .none
            else { throw .unencryptedThoughKeySet }
            return reading
        }
        let telegram: Telegram
        if key == nil, headers.encryption != nil {
            telegram = try openWithDefaultKey(
                frame, headers: headers, leniency: leniency, now: now, account: &account)
        } else {
            telegram = try open(
                frame, headers: headers, key: key, leniency: leniency, now: now, account: &account)
        }
        var reading = Reading(telegram: telegram, records: [], recordsEnd: nil)
        try readApplication(of: &reading, key, leniency, account: &account)
        return reading
    }

    private func readApplication(
        of reading: inout Reading, _ key: MeterKey?, _ leniency: Leniency,
        account: inout some DecodingAccount
    ) throws(TelegramError) {
        let meter = reading.telegram.meter
        if PayloadFamilies.hasApplication(meter.manufacturer),
            let family = PayloadFamilies.find(
                in: PayloadFamilies.application, for: meter, reading.telegram.header)
        {
            return try read(&reading, by: family, key, leniency, account: &account)
        }
        reading.recordsEnd = readRecords(
            of: reading.telegram, into: &reading.records, account: &account)
        for record in reading.records where record.isOfManufacturer {
            guard
                let family = PayloadFamilies.findRecords(for: meter, reading.telegram.header)
            else { return }
            return try read(&reading, by: family, key, leniency, account: &account)
        }
    }

    /// - Throws: what `open` throws where a key is missing or wrong.
    private func openWithDefaultKey(
        _ frame: LinkLayerFrame, headers: TelegramHeaders, leniency: Leniency, now: UInt64,
        account: inout some DecodingAccount
    ) throws(TelegramError) -> Telegram {
        // A fragment is kept for those that follow: it must not be tried out.
        let keys =
            headers.authentication?.isFragment == true
            ? [] : DefaultKeys.keys(for: headers.meter)
        for key in keys {
            // What is told of a key that turns out to be the wrong one is taken back.
            var trial = account
            guard
                var telegram = try? open(
                    frame, headers: headers, key: key, leniency: .offline, now: now,
                    account: &trial),
                telegram.protection != .none, telegram.protection != .alreadyClear
            else { continue }
            account = trial
            account.finding("opened with a key that its maker published")
            telegram.usedDefaultKey = true
            return telegram
        }
        return try open(
            frame, headers: headers, key: nil, leniency: leniency, now: now, account: &account)
    }
}

// Payload families
extension TelegramDecoder {
    /// Lets `family` read, and tells `account` what it found.
    private func read(
        _ reading: inout Reading, by family: PayloadFamily, _ key: MeterKey?,
        _ leniency: Leniency, account: inout some DecodingAccount
    ) throws(TelegramError) {
        var payload = VendorPayload(
            octets: [], content: reading.telegram.application, meter: reading.telegram.meter,
            header: reading.telegram.header, key: key,
            mayBeClear: key == nil || leniency.contains(.clearPayload), ciphers: ciphers)
        swap(&payload.octets, &reading.telegram.octets)
        swap(&payload.records, &reading.records)
        payload.recordsEnd = reading.recordsEnd
        if family.hook != .frame { payload.protection = reading.telegram.protection }
        let size = payload.octets.count
        reading.payloadFamily = family.name
        do { try family.read(&payload) } catch {
            if family.hook == .frame,
                let failure = error.telegramError(reading.telegram.header.securityMode)
            {
                throw failure
            }
            // What was read before the fault is good, and the octets are there to be shown.
            reading.payloadError = error
        }
        reading.telegram.meter = payload.meter
        reading.telegram.protection = payload.protection
        reading.telegram.usedDefaultKey =
            reading.telegram.usedDefaultKey || payload.usedDefaultKey
        swap(&payload.octets, &reading.telegram.octets)
        swap(&payload.records, &reading.records)
        reading.recordsEnd = payload.recordsEnd
        if family.hook == .frame {
            reading.telegram.application = payload.content.clamped(to: 0..<size)
        }
        account.payload(of: reading, by: family, deciphered: payload.deciphered, size)
    }
}

extension DataRecord {
    /// Whether only the manufacturer knows all that the record says.
    fileprivate var isOfManufacturer: Bool {
        quantity == .manufacturerSpecific || !vendorCodes.isEmpty
    }
}
