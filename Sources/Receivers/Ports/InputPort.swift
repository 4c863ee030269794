/// What happens at an input port.
enum InputEvent {
    /// It works from now on.
    case opened
    /// Octets of one stream; a port with several connections numbers them.
    case octets([UInt8], stream: Int)
    /// A stream has ended, and the port goes on.
    case streamEnded(Int)
    /// One datagram, whole.
    case datagram([UInt8])
    /// What the port read itself.
    case items([TextItem])
    /// All was read.
    case finished
    /// The port is closed.
    case failed(InputError)
}

/// Something that telegrams come from, other than a stick: opened by `start`, telling its handler
/// on the event loop, closed on every path.
protocol InputPort: AnyObject {
    /// - Throws: what stops it at once; later `failed` tells.
    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError)
    /// No event comes any more.
    func close()
    /// Leaves what comes where it is until `resume`, if that is possible.
    func pause()
    func resume()
}

// Where the system keeps what is not read, but says nothing to the sender.
extension InputPort {
    func pause() {}
    func resume() {}
}

/// A line to a stick: serial, or through the network.
protocol BytePort: AnyObject {
    /// What people know it by.
    var path: String { get }
    /// Hands over what comes from now on; `ended` is called once, behind the last octets.
    func start(received: @escaping ([UInt8]) -> Void, ended: @escaping (StickError) -> Void)
    func write(_ octets: [UInt8])
    /// - Parameter farewell: sent before that
    func close(saying farewell: [UInt8])
    /// Leaves what comes with the system, and so in the end with the stick, until `resume`; the end
    /// of the line is told all the same.
    func pause()
    func resume()
}
