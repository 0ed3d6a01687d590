internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import JagaService
internal import NIOCore
internal import NIOSSL

extension ServerOptions {
  /// How connections are served: limits of heads, time-outs, and TLS where there is a certificate. Throws ``Failure``, and
  /// `SecretFile.Fault` for a private key that others can read.
  func serverBuilder() throws -> HTTPServerBuilder {
    let bodyLimit = service.bodyLimit
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [RequestFaultHandler(bodyLimit: bodyLimit)],
        idleTimeout: .seconds(Int64(idleSeconds)),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
    guard !certificate.isEmpty else { return plain }
    return try .tls(plain, tlsConfiguration: try tlsConfiguration())
  }

  private func tlsConfiguration() throws -> TLSConfiguration {
    let secret = try SecretFile.pem(certificateKey)
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate)
      let key = try NIOSSLPrivateKey(bytes: secret, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      return configuration
    } catch {
      throw Failure(
        "\(certificate), \(certificateKey): cannot be used for TLS; they must be a PEM chain and its PEM private key, readable by the service"
      )
    }
  }
}
