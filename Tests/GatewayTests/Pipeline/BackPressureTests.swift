import Testing

@testable import Gateway

@Suite struct BackPressureTests {
    let start = ContinuousClock.now

    @Test func pausesWhileMuchWaits() {
        var pressure = BackPressure()
        pressure.update(BackPressure.high, at: start)
        #expect(!pressure.isPaused && pressure.due == nil)
        pressure.update(BackPressure.high + 1, at: start)
        #expect(pressure.isPaused && pressure.due == start + .seconds(5))
        pressure.update(BackPressure.low + 1, at: start + .seconds(1))
        #expect(pressure.isPaused)
        pressure.update(BackPressure.low, at: start + .seconds(1))
        #expect(!pressure.isPaused)
    }

    @Test func aBrokerThatTakesSomethingIsWaitedFor() {
        var pressure = BackPressure()
        pressure.update(.max, at: start)
        for second in 1...100 {
            pressure.progressed(at: start + .seconds(second))
            pressure.update(.max, at: start + .seconds(second))
            #expect(pressure.isPaused)
        }
    }

    @Test func aBrokerThatIsAwayDoesNotEndReception() {
        var pressure = BackPressure()
        pressure.update(.max, at: start)
        pressure.update(.max, at: start + .milliseconds(4999))
        #expect(pressure.isPaused)
        pressure.update(.max, at: start + .seconds(5))
        #expect(!pressure.isPaused)
        // Written to the disk, and again much: still none.
        pressure.update(0, at: start + .seconds(6))
        pressure.update(.max, at: start + .seconds(7))
        #expect(!pressure.isPaused)
        pressure.progressed(at: start + .seconds(8))
        pressure.update(.max, at: start + .seconds(8))
        #expect(pressure.isPaused)
    }
}
