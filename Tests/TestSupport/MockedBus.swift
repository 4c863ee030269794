import Glibc
import Synchronization

/// A USB bus that libusb takes for real: umockdev's test bed.
///
/// It exists where the tests run under `umockdev-wrapper`, as `make test` does, which redirects
/// what the whole process sees of /sys and /dev/bus. The library is looked up at run time, so that
/// the other tests need no umockdev.
public final class MockedBus {
    /// Whether the process runs under `umockdev-wrapper`.
    public static let isThere =
        getenv("LD_PRELOAD").map { String(cString: $0).contains("umockdev") } ?? false

    private let library = Library()
    private let testbed: OpaquePointer
    private var resets: [ResetCounter] = []

    public init?() {
        guard let testbed = library.newTestbed() else { return nil }
        self.testbed = testbed
    }

    deinit {
        for counter in resets { counter.end() }
        library.unref(UnsafeMutableRawPointer(testbed))
    }

    /// Where /sys and /dev of the bus really are.
    public var root: String {
        guard let path = library.rootDirectory(testbed) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }

    /// Puts a device in.
    public func plugIn(_ device: MockedDevice) -> Bool {
        library.add(testbed, device.text, nil) != 0
    }

    public func pullOut(_ device: MockedDevice) {
        library.sendEvent(testbed, device.path, "remove")
        library.remove(testbed, device.path)
        // The device's file stays behind otherwise.
        unlink("\(root)/dev/\(device.node)")
    }

    /// Gives `device` a serial port, `/dev/NAME`, which leads to whatever is laid at the path.
    ///
    /// umockdev puts a terminal of its own there, which is taken away.
    ///
    /// - Returns: where the port's node really is; nil if it could not be made
    public func addPort(_ name: String, to device: MockedDevice) -> String? {
        let interface = "\(device.path.dropFirst(4))/\(device.location):1.0/\(name)"
        let text = """
            P: \(interface)/tty/\(name)
            N: \(name)
            E: DEVNAME=/dev/\(name)
            E: SUBSYSTEM=tty
            E: MAJOR=188
            E: MINOR=0
            L: device=../../../\(name)


            """
        guard library.add(testbed, text, nil) != 0 else { return nil }
        let node = "\(root)/dev/\(name)"
        unlink(node)
        return node
    }

    /// Lets `device` be reset, or refuses it; counts how often.
    public func countResets(of device: MockedDevice) -> ResetCounter? {
        let counter = ResetCounter(library)
        guard counter.attach(to: testbed, "/dev/\(device.node)") else { return nil }
        resets.append(counter)
        return counter
    }
}

/// Answers the reset of one device; on a thread of its own, as a device would.
public final class ResetCounter: @unchecked Sendable {
    // Unchecked: what follows the mutex is set before the thread starts.

    private struct State {
        var count = 0
        var error: Int32 = 0
        var whenReset: @Sendable () -> Void = {}
        var hasEnded = false
    }
    private let state = Mutex(State())

    public var count: Int { state.withLock { $0.count } }
    /// What a reset ends with; 0 for success.
    public var error: Int32 {
        get { state.withLock { $0.error } }
        set { state.withLock { $0.error = newValue } }
    }
    /// What happens to the device meanwhile; on the counter's thread.
    public var whenReset: @Sendable () -> Void {
        get { state.withLock { $0.whenReset } }
        set { state.withLock { $0.whenReset = newValue } }
    }
    private let library: Library
    private let context: OpaquePointer?
    private let loop: OpaquePointer?
    private var handler: OpaquePointer?
    private var thread = pthread_t()

    init(_ library: Library) {
        self.library = library
        context = library.newContext()
        loop = library.newLoop(context, 0)
    }

    func attach(to testbed: OpaquePointer, _ node: String) -> Bool {
        library.pushContext(context)
        defer { library.popContext(context) }
        handler = library.newHandler()
        guard let handler else { return false }
        let callback:
            @convention(c) (OpaquePointer?, OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
                _, client, pointer in
                guard let client, let pointer else { return 0 }
                return Unmanaged<ResetCounter>.fromOpaque(pointer).takeUnretainedValue()
                    .handle(client)
            }
        _ = library.connect(
            UnsafeMutableRawPointer(handler), "handle-ioctl",
            unsafeBitCast(callback, to: UnsafeMutableRawPointer.self),
            Unmanaged.passUnretained(self).toOpaque(), nil, 0)
        guard library.attach(testbed, node, handler, nil) != 0 else { return false }
        return pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let counter = Unmanaged<ResetCounter>.fromOpaque(pointer).takeUnretainedValue()
                counter.library.run(counter.loop)
                counter.state.withLock { $0.hasEnded = true }
                return nil
            }, Unmanaged.passUnretained(self).toOpaque()) == 0
    }

    func end() {
        // A loop that has not begun to run does not notice.
        while !state.withLock(\.hasEnded) {
            library.quit(loop)
            usleep(1000)
        }
        pthread_join(thread, nil)
    }

    private static let capabilities: UInt = 0x8004_551A
    private static let reset: UInt = 0x5514

    private func handle(_ client: OpaquePointer) -> Int32 {
        switch library.request(client) {
        case Self.capabilities: return 0
        case Self.reset:
            let (error, whenReset) = state.withLock { state in
                state.count += 1
                return (state.error, state.whenReset)
            }
            whenReset()
            library.complete(client, error == 0 ? 0 : -1, error)
            return 1
        default: return 0
        }
    }
}

/// The functions of umockdev and GLib that are needed here.
final class Library: Sendable {
    typealias Pointer = UnsafeMutableRawPointer

    let newTestbed: @convention(c) () -> OpaquePointer?
    let rootDirectory: @convention(c) (OpaquePointer) -> UnsafeMutablePointer<CChar>?
    let add: @convention(c) (OpaquePointer, UnsafePointer<CChar>, Pointer?) -> Int32
    let sendEvent:
        @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void
    let remove: @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Void
    let newHandler: @convention(c) () -> OpaquePointer?
    let attach:
        @convention(c) (OpaquePointer, UnsafePointer<CChar>, OpaquePointer, Pointer?) -> Int32
    let request: @convention(c) (OpaquePointer) -> UInt
    let complete: @convention(c) (OpaquePointer, Int, Int32) -> Void
    let connect:
        @convention(c) (Pointer, UnsafePointer<CChar>, Pointer, Pointer?, Pointer?, Int32) -> UInt
    let newContext: @convention(c) () -> OpaquePointer?
    let pushContext: @convention(c) (OpaquePointer?) -> Void
    let popContext: @convention(c) (OpaquePointer?) -> Void
    let newLoop: @convention(c) (OpaquePointer?, Int32) -> OpaquePointer?
    let run: @convention(c) (OpaquePointer?) -> Void
    let quit: @convention(c) (OpaquePointer?) -> Void
    let unref: @convention(c) (Pointer) -> Void

    init() {
        let handle = dlopen("libumockdev.so.0", RTLD_NOW | RTLD_GLOBAL)
        func function<Function>(_ name: String) -> Function {
            guard let symbol = dlsym(handle, name) else { fatalError("umockdev has no \(name)") }
            return unsafeBitCast(symbol, to: Function.self)
        }
        newTestbed = function("umockdev_testbed_new")
        rootDirectory = function("umockdev_testbed_get_root_dir")
        add = function("umockdev_testbed_add_from_string")
        sendEvent = function("umockdev_testbed_uevent")
        remove = function("umockdev_testbed_remove_device")
        newHandler = function("umockdev_ioctl_base_new")
        attach = function("umockdev_testbed_attach_ioctl")
        request = function("umockdev_ioctl_client_get_request")
        complete = function("umockdev_ioctl_client_complete")
        connect = function("g_signal_connect_data")
        newContext = function("g_main_context_new")
        pushContext = function("g_main_context_push_thread_default")
        popContext = function("g_main_context_pop_thread_default")
        newLoop = function("g_main_loop_new")
        run = function("g_main_loop_run")
        quit = function("g_main_loop_quit")
        unref = function("g_object_unref")
    }
}
