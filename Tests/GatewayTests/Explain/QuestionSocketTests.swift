import CLinux
import Glibc
import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite(.serialized) struct QuestionSocketTests {
    let loop = EventLoop()
    let directory = TemporaryDirectory()
    private var path: String { directory.file("a.sock") }

    private func socket(idleLimit: Duration = .seconds(10)) throws -> QuestionSocket {
        try QuestionSocket(at: path, loop: loop, idleLimit: idleLimit) { question in
            Array("\(question["ask"]?.string ?? "?")!".utf8)
        }
    }

    private func connect() throws -> Int32 {
        let client = try #require(LocalSocket.connected(to: path))
        _ = fcntl(client, F_SETFL, O_NONBLOCK)
        return client
    }

    private func write(_ text: String, to client: Int32) {
        let octets = Array(text.utf8)
        _ = send(client, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes until there are `lines` of it, or the end.
    private func read(_ client: Int32, lines: Int = 1) -> (text: String, ended: Bool) {
        var octets: [UInt8] = []
        var ended = false
        loop.turn(until: {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(client, &chunk, chunk.count)
            if count > 0 { octets += chunk.prefix(count) }
            ended = count == 0 || count < 0 && errno != EAGAIN
            return ended || octets.count { $0 == 0x0A } >= lines
        })
        return (String(decoding: octets, as: UTF8.self), ended)
    }

    @Test func questionsAreAnswered() throws {
        let socket = try socket()
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o660)
        let client = try connect()
        write("{\"ask\": \"one\"}\n{\"ask\":", to: client)
        #expect(read(client).text == "one!\n")
        write(" \"two\"}\nno json\n", to: client)
        #expect(read(client, lines: 2).text == "two!\n?!\n")
        close(client)
        socket.close()
        #expect(!directory.files.contains("a.sock"))
    }

    @Test func clientsAreBounded() throws {
        let socket = try socket()
        let clients = try (0..<QuestionSocket.clientLimit).map { _ in try connect() }
        for client in clients {
            write("{\"ask\": \"one\"}\n", to: client)
            #expect(read(client).text == "one!\n")
        }
        let further = try connect()
        #expect(read(further).ended)
        close(clients[0])
        // One that asks without end is no trouble, and its place is free afterwards.
        write(String(repeating: "a", count: QuestionSocket.questionLimit * 2), to: clients[1])
        #expect(read(clients[1]).ended)
        let next = try connect()
        write("{\"ask\": \"next\"}\n", to: next)
        #expect(read(next).text == "next!\n")
        for client in clients.dropFirst() + [further, next] { close(client) }
        socket.close()
    }

    @Test func silentClientsAreClosed() throws {
        let socket = try socket(idleLimit: .milliseconds(50))
        let client = try connect()
        #expect(read(client).ended)
        close(client)
        socket.close()
    }

    @Test func anotherIsNotPushedAside() throws {
        let first = try socket()
        #expect(throws: QuestionSocket.Failure.inUse(path)) { try socket() }
        // One that was killed leaves its file behind.
        let left = directory.file("left.sock")
        let address = try #require(LocalSocket.address(left))
        let descriptor = LocalSocket.make()
        #expect(LocalSocket.with(address) { bind(descriptor, $0, $1) } == 0)
        close(descriptor)
        let second = try QuestionSocket(at: left, loop: loop) { _ in [] }
        second.close()
        // A file that is none of ours is not taken away.
        directory.write("mine", to: "file.sock")
        #expect(throws: QuestionSocket.Failure.self) {
            try QuestionSocket(at: directory.file("file.sock"), loop: loop) { _ in [] }
        }
        #expect(directory.read("file.sock") == Array("mine".utf8))
        first.close()
    }
}
