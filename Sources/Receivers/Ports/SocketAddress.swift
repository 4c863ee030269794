import Glibc

/// An address as the system's calls want it.
struct SocketAddress: Sendable {
    let family: Int32
    private let storage: sockaddr_storage
    private let length: socklen_t

    private init?(_ information: addrinfo) {
        var storage = sockaddr_storage()
        let length = Int(information.ai_addrlen)
        guard let address = information.ai_addr, length <= MemoryLayout<sockaddr_storage>.size
        else { return nil }
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: length))
        }
        family = information.ai_family
        self.storage = storage
        self.length = information.ai_addrlen
    }

    /// Calls `body` with a pointer to it.
    func with<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    // MARK: Looking up

    struct Failure: Error, Sendable {
        /// As the system says it.
        let reason: String
    }

    /// The addresses of a host that is given as a number, without asking anybody.
    static func numeric(_ address: NetworkAddress) throws(Failure) -> [SocketAddress] {
        try look(up: address, flags: AI_NUMERICHOST | AI_NUMERICSERV)
    }

    /// Looks `address` up and hands over the result on `loop`. A name server may take its time: a
    /// thread of its own waits for it.
    static func look(
        up address: NetworkAddress, on loop: EventLoop,
        _ done: @escaping (Result<[SocketAddress], Failure>) -> Void
    ) -> EventLoop.Token {
        let mailbox = Mailbox<Result<[SocketAddress], Failure>>(limit: 1)
        let token = loop.watch(mailbox, done)
        let work = Unmanaged.passRetained(Lookup(address: address, mailbox: mailbox))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let work = Unmanaged<Lookup>.fromOpaque(pointer).takeRetainedValue()
                work.mailbox.send(
                    Result { () throws(Failure) in
                        try SocketAddress.look(up: work.address, flags: AI_NUMERICSERV)
                    })
                return nil
            }, work.toOpaque())
        if result == 0 {
            pthread_detach(thread)
        } else {
            work.release()
            mailbox.send(
                .failure(Failure(reason: String(cString: strerror(result)))))
        }
        return token
    }

    private final class Lookup: Sendable {
        let address: NetworkAddress
        let mailbox: Mailbox<Result<[SocketAddress], Failure>>

        init(address: NetworkAddress, mailbox: Mailbox<Result<[SocketAddress], Failure>>) {
            self.address = address
            self.mailbox = mailbox
        }
    }

    private static func look(
        up address: NetworkAddress, flags: Int32
    ) throws(Failure) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_flags = flags
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(address.host, "\(address.port)", &hints, &list)
        guard result == 0 else {
            throw Failure(reason: String(cString: gai_strerror(result)))
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = list
        while let information = next?.pointee, found.count < 16 {
            if let address = SocketAddress(information) { found.append(address) }
            next = information.ai_next
        }
        return found
    }
}
