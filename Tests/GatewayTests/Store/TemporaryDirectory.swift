import Glibc

/// A directory of a test's own, gone with all its files when the test ends.
final class TemporaryDirectory {
    let path: String

    /// In memory where the system has that, for tests that sync thousands of times.
    init(inMemory: Bool = false) throws {
        let parent = inMemory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/oms2mqtt-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NotMade(number: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    struct NotMade: Error { var number: Int32 }

    deinit {
        for name in files { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Names of all files, sorted.
    var files: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Octets of all files together.
    var octets: Int { files.reduce(0) { $0 + (size($1) ?? 0) } }

    func size(_ name: String) -> Int? {
        var status = stat()
        return stat(file(name), &status) == 0 ? Int(status.st_size) : nil
    }

    func read(_ name: String) -> [UInt8] {
        guard let stream = fopen(file(name), "rb") else { return [] }
        defer { fclose(stream) }
        var octets = [UInt8](repeating: 0, count: size(name) ?? 0)
        let count = fread(&octets, 1, octets.count, stream)
        return Array(octets.prefix(count))
    }

    func write(_ octets: [UInt8], _ name: String) {
        guard let stream = fopen(file(name), "wb") else { return }
        fwrite(octets, 1, octets.count, stream)
        fclose(stream)
    }

    func removeAll() { for name in files { unlink(file(name)) } }
}
