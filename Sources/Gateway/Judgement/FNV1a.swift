/// The 64-bit FNV-1a hash: a short name for octets that stays the same over restarts.
///
/// Each octet changes the state reversibly, so two inputs of one length that differ in one octet
/// never have the same hash. It is no protection against somebody who wants two to collide.
/// Source: draft-eastlake-fnv; `a` gives AF63DC4C8601EC8C.
enum FNV1a {
    static func hash(_ octets: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in octets { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
