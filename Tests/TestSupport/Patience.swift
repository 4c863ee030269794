/// How long a test waits for what must come.
///
/// It only ends a wait that is without hope: a machine that stands still for some seconds between
/// two steps must make no test fail.
public let patience: Duration = .seconds(120)
