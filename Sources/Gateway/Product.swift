/// What the program calls itself.
public enum Product {
    public static let name = "oms2mqtt"
    public static let version = "0.1.0"
}
