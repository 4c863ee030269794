import CLinux
import Glibc

/// The memory that only the start needed, given back to a machine that has little.
///
/// Reading the command line and the configuration runs through most of the program's code and of
/// its libraries'; those pages stay mapped for years although a gateway at rest needs a third of
/// them. What is let go here is read again from the kernel's file cache when it is needed.
enum ProgramMemory {
    /// Lets go of the pages of code, which are unchanged parts of files, and of freed memory.
    static func giveBack() {
        if let maps = try? SmallFile(reading: "/proc/self/maps", limit: 1 << 20) {
            for line in maps.octets.split(separator: UInt8(ascii: "\n")) { letGo(line) }
        }
        malloc_trim(0)
    }

    /// - Parameter line: as in proc(5): `5578a6a00000-5578a7ef2000 r-xp 00000000 fe:00 123 /usr/bin/x`.
    private static func letGo(_ line: ArraySlice<UInt8>) {
        let words = line.split(separator: UInt8(ascii: " "))
        // Other pages of a file may have been written to, for relocation at least.
        guard words.count == 6, words[1].elementsEqual("r-xp".utf8),
            words[5].first == UInt8(ascii: "/")
        else { return }
        let ends = words[0].split(separator: UInt8(ascii: "-")).map {
            UInt(String(decoding: $0, as: UTF8.self), radix: 16)
        }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return }
        madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
    }
}
