import CLinux
import Glibc

/// The memory that only the start needed, given back to a machine that has little.
///
/// Reading the command line and the configuration runs through most of the program's code and of
/// its libraries'; those pages stay mapped for years although a gateway at rest needs a third of
/// them. What is let go here is read again from the kernel's file cache when it is needed.
enum ProgramMemory {
    /// Lets go of pages that are unchanged parts of files, and of freed memory.
    static func giveBack() {
        dl_iterate_phdr(
            { information, _, _ in
                guard let information = information?.pointee else { return 0 }
                for place in 0..<Int(information.dlpi_phnum) {
                    let segment = information.dlpi_phdr[place]
                    // Segments that may be written hold relocated addresses, which no file has.
                    guard segment.p_type == UInt32(PT_LOAD), segment.p_flags & UInt32(PF_W) == 0
                    else { continue }
                    let page = UInt64(sysconf(Int32(_SC_PAGESIZE)))
                    let start = (UInt64(information.dlpi_addr) &+ segment.p_vaddr) & ~(page &- 1)
                    let end = UInt64(information.dlpi_addr) &+ segment.p_vaddr &+ segment.p_filesz
                    madvise(
                        UnsafeMutableRawPointer(bitPattern: UInt(start)), Int(end &- start),
                        MADV_DONTNEED)
                }
                return 0
            }, nil)
        malloc_trim(0)
    }
}
