import Glibc

/// A directory of a test's own, gone with all that is in it when the test ends.
public final class TemporaryDirectory: Sendable {
    public let path: String

    /// In memory where the system has that, for tests that sync thousands of times.
    public init(inMemory: Bool = false) {
        let parent = inMemory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/oms2mqtt-test-XXXXXX".utf8CString)
        path =
            mkdtemp(&template) == nil
            ? "/nonexistent"
            : String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// The path of a file in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Names of all files, sorted.
    public var files: [String] { Self.names(in: path).sorted() }

    /// Octets of all files together.
    public var octets: Int { files.reduce(0) { $0 + (size($1) ?? 0) } }

    public func size(_ name: String) -> Int? {
        var status = stat()
        return stat(file(name), &status) == 0 ? Int(status.st_size) : nil
    }

    public func read(_ name: String) -> [UInt8] {
        guard let stream = fopen(file(name), "rb") else { return [] }
        defer { fclose(stream) }
        var octets = [UInt8](repeating: 0, count: size(name) ?? 0)
        let count = fread(&octets, 1, octets.count, stream)
        return Array(octets.prefix(count))
    }

    /// Writes a file and the directories above it.
    public func write(_ octets: some Sequence<UInt8>, _ name: String) {
        makeDirectory(name.split(separator: "/").dropLast().joined(separator: "/"))
        guard let stream = fopen(file(name), "wb") else { return }
        let octets = Array(octets)
        fwrite(octets, 1, octets.count, stream)
        fclose(stream)
    }

    public func write(_ text: String, to name: String) { write(text.utf8, name) }

    public func makeDirectory(_ name: String) {
        var directory = path
        for part in name.split(separator: "/") {
            directory += "/\(part)"
            mkdir(directory, 0o755)
        }
    }

    public func link(_ name: String, to target: String) {
        makeDirectory(name.split(separator: "/").dropLast().joined(separator: "/"))
        symlink(target, file(name))
    }

    public func removeAll() { for name in files { Self.remove(file(name)) } }

    private static func remove(_ path: String) {
        guard unlink(path) != 0 else { return }
        for name in names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }

    /// Names of all that is in a directory, in no order; none where there is no directory.
    public static func names(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
