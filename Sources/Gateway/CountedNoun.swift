/// `1 meter`, `2 meters`: a number with what it counts.
///
/// - Parameter noun: one of them; more have an s.
public func counted(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}
