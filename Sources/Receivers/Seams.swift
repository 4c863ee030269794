import Wire
/// Placeholder seams: replaced by StickCatalogue, StickError, Framer.
public struct StickKind: Equatable, Hashable, Sendable { public var rawValue: String; public init(rawValue: String) { self.rawValue = rawValue } }
public enum StickError: Error, Equatable, Sendable { case notFound }
public enum SkipReason: Equatable, Sendable { case noStart, badChecksum, silence }
public enum StickNotice: Equatable, Sendable { case none }
public final class Receiver {
    public init(settings: ReceiverSettings, loop: EventLoop, handler: @escaping (ReceiverEvent) -> Void) {}
    public func start() {}
    public func stop() {}
}
