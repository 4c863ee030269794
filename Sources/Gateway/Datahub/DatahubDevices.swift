import Wire

/// What is known of a device from its messages so far.
struct DatahubDevice: Equatable {
    /// A message that was taken, so that it is known when it comes another way.
    struct Taken: Equatable {
        var key: UInt64
        /// When it came, in seconds since 1970.
        var time: Int64
    }

    /// The latest `ts.eventtime`, in seconds since 1970; 0: none had one.
    var lastEvent: Int64 = 0
    /// When the last message came.
    var lastHeard: Int64 = 0
    /// The last messages, the newest last.
    var taken: [Taken] = []
    /// The last values under the names that they are published with, as a JSON object; empty: none.
    var values: [UInt8] = []
    /// The Datahub that it was last heard by, and what that calls the kind of device; empty: nothing.
    var datahub = ""
    var typeName = ""
    /// Whether its messages tell how strongly it was heard, and over how much noise.
    var hasSignalStrength = false
    var hasSignalToNoise = false

    static let mostTaken = 8
    /// More octets of values are not kept.
    static let mostValues = 8192

    func hasTaken(_ key: UInt64, since time: Int64) -> Bool {
        taken.contains { $0.key == key && $0.time >= time }
    }

    mutating func take(_ key: UInt64, at time: Int64) {
        taken.append(Taken(key: key, time: time))
        if taken.count > Self.mostTaken { taken.removeFirst() }
    }
}

/// All devices by their ids, so many as may be; over a restart, too.
struct DatahubDevices: Equatable {
    private static let version: UInt8 = 1
    static let most = 2000
    /// Octets of all values together.
    static let mostOctets = 256 << 10

    private(set) var all: [String: DatahubDevice] = [:]
    private var octets = 0

    subscript(id: String) -> DatahubDevice? { all[id] }

    /// Forgets the devices that were last heard by other Datahubs than those called `names`.
    ///
    /// - Returns: their ids.
    mutating func forget(besides names: Set<String>) -> [String] {
        let gone = all.filter { !$0.value.datahub.isEmpty && !names.contains($0.value.datahub) }
            .keys
        for id in gone { octets -= all.removeValue(forKey: id)?.values.count ?? 0 }
        return gone.sorted()
    }

    /// Keeps `device`; others that were not heard for longest go where there is no room.
    mutating func keep(_ device: DatahubDevice, of id: String) {
        octets += device.values.count - (all[id]?.values.count ?? 0)
        all[id] = device
        guard all.count > Self.most || octets > Self.mostOctets else { return }
        // Many at once, so that a flood of ids does not sort them for each.
        let oldest = all.filter { $0.key != id }.map { ($0.value.lastHeard, $0.key) }
            .sorted { $0 < $1 }.prefix(Self.most / 8)
        for (_, id) in oldest { octets -= all.removeValue(forKey: id)?.values.count ?? 0 }
    }
}

// Over a restart
extension DatahubDevices {
    /// As octets for a file: version 1, then devices by their ids:
    ///
    /// ```
    /// LL id            UTF-8
    /// 8, 8             last event, last heard; all numbers least significant octet first
    /// NN (8, 8)…       messages taken: key, time
    /// CC CC values     JSON
    /// LL Datahub       UTF-8
    /// LL type name     UTF-8
    /// FF               bit 0 signal strength, bit 1 signal to noise
    /// ```
    func encode() -> [UInt8] {
        var result = [Self.version]
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { result.append(contentsOf: $0) }
        }
        func append(_ text: String) {
            let utf8 = text.utf8.prefix(255)
            result.append(UInt8(utf8.count))
            result.append(contentsOf: utf8)
        }
        for (id, device) in all.sorted(by: { $0.key < $1.key }) {
            append(id)
            append(device.lastEvent)
            append(device.lastHeard)
            append(UInt8(device.taken.count))
            for taken in device.taken {
                append(taken.key)
                append(taken.time)
            }
            append(UInt16(clamping: device.values.count))
            result.append(contentsOf: device.values)
            append(device.datahub)
            append(device.typeName)
            append(UInt8((device.hasSignalStrength ? 1 : 0) | (device.hasSignalToNoise ? 2 : 0)))
        }
        return result
    }

    /// Nil for octets that `encode` did not write.
    init?(decoding octets: [UInt8]) {
        var reader = ByteReader(octets.span)
        do {
            guard try reader.octet() == Self.version else { return nil }
            while reader.left > 0 {
                let id = try Self.text(octets, &reader)
                var device = DatahubDevice()
                device.lastEvent = Int64(truncatingIfNeeded: try reader.unsigned(octets: 8))
                device.lastHeard = Int64(truncatingIfNeeded: try reader.unsigned(octets: 8))
                for _ in 0..<(try reader.octet()) {
                    let key = try reader.unsigned(octets: 8)
                    let time = Int64(truncatingIfNeeded: try reader.unsigned(octets: 8))
                    device.take(key, at: time)
                }
                device.values = Array(octets[try reader.take(Int(try reader.uint16()))])
                guard device.values.count <= DatahubDevice.mostValues else { return nil }
                device.datahub = try Self.text(octets, &reader)
                device.typeName = try Self.text(octets, &reader)
                let flags = try reader.octet()
                device.hasSignalStrength = flags & 1 != 0
                device.hasSignalToNoise = flags & 2 != 0
                keep(device, of: id)
            }
        } catch { return nil }
    }

    private static func text(
        _ octets: [UInt8], _ reader: inout ByteReader
    ) throws(OutOfOctets) -> String {
        String(decoding: octets[try reader.take(Int(try reader.octet()))], as: UTF8.self)
    }
}
