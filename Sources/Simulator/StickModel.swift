/// The sticks that can be played, by the names they have on the command line.
public enum StickModel: String, CaseIterable, Sendable {
    case im871a, amb8465, cul, iu891a, rc1180

    /// As it comes from the shop.
    public var stick: any SimulatedStick {
        switch self {
        case .im871a: SimulatedIM871A()
        case .amb8465: SimulatedAMB8465()
        case .cul: SimulatedCUL()
        case .iu891a: SimulatedIU891A()
        case .rc1180: SimulatedRC1180()
        }
    }

    /// As the program advises its owner to set it up: an AMB8465 puts out bare telegrams when it is
    /// new.
    public var advisedStick: any SimulatedStick {
        self == .amb8465 ? .amb8465(.init(commandOutput: true, attachesRSSI: true)) : stick
    }
}

extension SimulatedStick where Self == SimulatedIM871A {
    public static var im871a: Self { SimulatedIM871A() }
    public static func im871a(_ options: SimulatedIM871A.Options) -> Self { Self(options: options) }
}

extension SimulatedStick where Self == SimulatedAMB8465 {
    public static var amb8465: Self { SimulatedAMB8465() }
    public static func amb8465(_ options: SimulatedAMB8465.Options) -> Self {
        Self(options: options)
    }
}

extension SimulatedStick where Self == SimulatedCUL {
    public static var cul: Self { SimulatedCUL() }
    public static func cul(_ options: SimulatedCUL.Options) -> Self { Self(options: options) }
}

extension SimulatedStick where Self == SimulatedIU891A {
    public static var iu891a: Self { SimulatedIU891A() }
    public static func iu891a(_ options: SimulatedIU891A.Options) -> Self { Self(options: options) }
}

extension SimulatedStick where Self == SimulatedRC1180 {
    public static var rc1180: Self { SimulatedRC1180() }
    public static func rc1180(_ options: SimulatedRC1180.Options) -> Self { Self(options: options) }
}
