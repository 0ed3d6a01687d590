internal import HTTPTypes
internal import Hummingbird

/// Where a request carries its token: `Authorization: Bearer …`, the key fields of the services whose clients call the drop-in
/// surfaces, and, for Perspective's clients alone, the query.
enum PresentedSecret {
  /// The secret; nil when the request has none.
  static func of(_ request: Request) -> TokenSecret? {
    if let secret = bearer(request.headers[.authorization]) { return secret }
    for name in [HTTPField.Name.apiKey, .azureKey, .googleAPIKey] {
      if let secret = request.headers[name], !secret.isEmpty { return TokenSecret(secret) }
    }
    // Queries end up in the logs of proxies, so no other path takes a secret there.
    if request.uri.path == PerspectiveSurface.path, let key = request.uri.queryParameters["key"], !key.isEmpty {
      return TokenSecret(String(key))
    }
    return nil
  }

  /// The token of an `Authorization` field; its scheme's letters may be large or small (RFC 9110).
  private static func bearer(_ field: String?) -> TokenSecret? {
    guard let field else { return nil }
    let scheme = "bearer "
    guard field.count > scheme.count, field.prefix(scheme.count).lowercased() == scheme else { return nil }
    let secret = field.dropFirst(scheme.count).drop { $0 == " " }
    return secret.isEmpty ? nil : TokenSecret(String(secret))
  }
}
