// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "oms2mqtt",
    products: [.executable(name: "oms2mqtt", targets: ["oms2mqtt"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // C libraries of the system: a module map and a header each, no logic.
        .systemLibrary(
            name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .systemLibrary(
            name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLinux"),

        // The house: imports run from the bottom of this list to its top, never back.
        .target(name: "Wire", swiftSettings: strict),
        .target(
            name: "Receivers",
            dependencies: ["Wire", "CLinux", "CLibUSB"],
            swiftSettings: strict),
        .target(name: "Decoder", dependencies: ["Wire", "CCrypto"], swiftSettings: strict),
        .target(
            name: "Gateway",
            dependencies: [
                "Wire", "Receivers", "Decoder", "CMosquitto", "CYAML", "CSQLite", "CLinux",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
        // Sticks played on a pseudo terminal, and telegrams built: knows none of the above but Wire.
        .target(
            name: "Simulator", dependencies: ["Wire", "CLinux", "CCrypto"], swiftSettings: strict),
        // Puts the files of meters/ into the program's source; `make meters` runs it.
        .executableTarget(
            name: "EmbedMeters", dependencies: ["Gateway"], swiftSettings: strict),
        .executableTarget(
            name: "oms2mqtt",
            dependencies: [
                "Wire", "Receivers", "Decoder", "Gateway", "Simulator",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Measures; not shipped. `make bench` runs it.
        .target(name: "Allocations", path: "Benchmarks/Allocations"),
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                "Wire", "Decoder", "Gateway", "Receivers", "Simulator", "Allocations",
                "TestSupport", "CMosquitto",
            ],
            path: "Benchmarks/Benchmark", swiftSettings: strict),
        .testTarget(
            name: "BenchmarkTests", dependencies: ["Benchmark", "Gateway", "Wire"],
            swiftSettings: strict),

        // What the tests of several modules need: directories, programs, a random sequence.
        .target(
            name: "TestSupport", dependencies: ["CLinux", "Simulator"], path: "Tests/TestSupport",
            swiftSettings: strict),
        // What must hold of the decoder whatever was received, for tests and the fuzzer.
        .target(
            name: "DecoderProperties", dependencies: ["Gateway", "Decoder", "Wire"],
            path: "Tests/DecoderProperties", swiftSettings: strict),
        .target(name: "OwnTelegrams", path: "Tests/OwnTelegrams", swiftSettings: strict),
        // What `make check-arm64` runs on two processors.
        .executableTarget(
            name: "DecodeTelegrams", dependencies: ["Decoder", "OwnTelegrams", "Wire"],
            path: "Tests/DecodeTelegrams", swiftSettings: strict,
            // Others get it by way of Glibc, which has no place in a program for two processors.
            linkerSettings: [.linkedLibrary("m")]),
        .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: strict),
        .testTarget(
            name: "ReceiversTests",
            dependencies: ["Receivers", "Simulator", "Wire", "CLinux", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "DecoderTests",
            dependencies: ["Decoder", "Simulator", "Wire", "DecoderProperties", "OwnTelegrams"],
            swiftSettings: strict),
        // Writes to an outbox until a test kills it.
        .executableTarget(
            name: "OutboxTorture", dependencies: ["Gateway", "CSQLite"],
            path: "Tests/OutboxTorture",
            swiftSettings: strict),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "Decoder", "Receivers", "Simulator", "Wire", "CLinux", "OutboxTorture",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SimulatorTests", dependencies: ["Simulator", "Wire", "CLinux", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CorpusTests", dependencies: ["Gateway", "Decoder", "Wire"],
            exclude: ["missing-by-meter.txt"], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "oms2mqtt", "Simulator", "Wire", "CLinux", "TestSupport",
            ],
            swiftSettings: strict),
    ]
)

// `make fuzz`: libFuzzer and the address sanitizer, which need lld (gold dies of them).
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["Decoder", "DecoderProperties", "OwnTelegrams", "Wire"],
            path: "Tests/Fuzz",
            swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer,address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}
