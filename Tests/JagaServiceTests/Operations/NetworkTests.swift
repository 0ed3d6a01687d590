import Testing

@testable import JagaService

struct NetworkTests {
  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.7", "10.0.0.7", true),
    ("10.0.0.7", "10.0.0.8", false), ("0.0.0.0/0", "8.8.8.8", true), ("10.0.0.0/9", "10.128.0.1", false),
    ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
    ("10.0.0.0/8", "fd00::1", false), ("::1", "::1", true), ("10.0.0.0/8", "10.0.0.1.example.org", false),
  ])
  func addresses(network: String, address: String, isInside: Bool) throws {
    #expect(try #require(Network(network)).contains(address) == isInside)
  }

  @Test(arguments: ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "example.org", "10.0.0.0/"])
  func whatIsNoNetwork(text: String) { #expect(Network(text) == nil) }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.9.9.9", true), ("localhost", true), ("::1", true), ("0.0.0.0", false), ("::", false),
    ("192.168.0.1", false), ("localhost.example.org", false),
  ])
  func loopback(host: String, isLoopback: Bool) { #expect(Network.isLoopback(host) == isLoopback) }
}
