import Foundation
import Testing

@testable import JagaService

struct SecretFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "jaga-secret-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  private func file(_ bytes: [UInt8], mode: Int = 0o600) throws -> String {
    let place = folder + "/\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: place, contents: Data(bytes), attributes: [.posixPermissions: mode])
    return place
  }

  @Test func theFirstStartMakesIt() throws {
    let place = folder + "/new.key"
    try SecretFile.prepareInstallation(place)
    let made = try SecretFile.installation(place)
    #expect(made.count == 32)
    try SecretFile.prepareInstallation(place)
    #expect(try SecretFile.installation(place) == made)
    #expect(try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["new.key"])
  }

  /// Another secret would not fit what the store says.
  @Test func aLostOneIsNotMadeAnew() throws {
    let place = folder + "/lost.key"
    let fault = #expect(throws: SecretFile.Fault.missing(file: place)) { try SecretFile.installation(place) }
    #expect(
      fault?.description.hasPrefix("\(place): the installation's secret is missing, and its store is there;") == true)
    #expect(!FileManager.default.fileExists(atPath: place))
  }

  @Test func aPrivateKeyIsASecret() throws {
    let pem = [UInt8](repeating: 65, count: 9_000)
    #expect(try SecretFile.pem(try file(pem)) == pem)
    let open = try file(pem, mode: 0o644)
    #expect(throws: SecretFile.Fault.open(file: open, mode: 0o644)) { try SecretFile.pem(open) }
  }

  @Test func whoeverElseCanReadItMakesItRefused() throws {
    let place = try file([UInt8](repeating: 1, count: 32), mode: 0o640)
    let fault = #expect(throws: SecretFile.Fault.self) { try SecretFile.installation(place) }
    #expect(
      fault?.description
        == "\(place): others can read it (mode 640); run 'chmod 600 \(place)', and make a new secret if others use this machine"
    )
  }

  @Test func lengths() throws {
    let short = try file([1, 2, 3])
    #expect(throws: SecretFile.Fault.length(file: short, bytes: 3, expected: "32")) {
      try SecretFile.installation(short)
    }
    let long = try file([UInt8](repeating: 1, count: 33))
    #expect(throws: SecretFile.Fault.length(file: long, bytes: 33, expected: "32")) {
      try SecretFile.installation(long)
    }
    #expect(throws: SecretFile.Fault.length(file: short, bytes: 3, expected: "16 or more")) {
      try SecretFile.text(short, least: 16)
    }
  }

  @Test func keysAreBytesOrDigits() throws {
    let bytes = (0..<32).map { UInt8($0) }
    #expect(try SecretFile.key(try file(bytes)) == bytes)
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(try SecretFile.key(try file(Array((digits + "\n").utf8))) == bytes)
    #expect(try SecretFile.key(try file(Array(digits.uppercased().utf8))) == bytes)
    let odd = try file(Array(digits.dropLast().utf8))
    #expect(throws: SecretFile.Fault.self) { try SecretFile.key(odd) }
    let wrong = try file(Array((digits.dropLast() + "g").utf8))
    #expect(throws: SecretFile.Fault.self) { try SecretFile.key(wrong) }
  }

  @Test func aTextGoesWithoutItsLineBreak() throws {
    #expect(
      try SecretFile.text(try file(Array("0123456789abcdef\r\n".utf8)), least: 16) == Array("0123456789abcdef".utf8))
  }

  @Test func whatIsNoFile() throws {
    #expect(throws: SecretFile.Fault.self) { try SecretFile.key(folder) }
    let fault = #expect(throws: SecretFile.Fault.self) { try SecretFile.key(folder + "/none") }
    #expect(
      fault?.description
        == "\(folder)/none: cannot be read (No such file or directory); check the path and its permissions")
  }
}
