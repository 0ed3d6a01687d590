internal import HTTPTypes

// Names that HTTPTypes does not have. Each is a constant of letters and dashes, so none can be nil; should one be, the field
// falls back to a name that means nothing to anybody.
extension HTTPField.Name {
  private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .via }

  static let apiKey = known("X-API-Key")
  static let googleAPIKey = known("X-Goog-Api-Key")
  static let azureKey = known("Ocp-Apim-Subscription-Key")
  static let azureErrorCode = known("x-ms-error-code")
  static let mailroomMode = known("X-Mailroom-Mode")
  static let forwarded = known("Forwarded")
  static let forwardedFor = known("X-Forwarded-For")
  static let forwardedProtocol = known("X-Forwarded-Proto")
  static let forwardedHost = known("X-Forwarded-Host")
  static let realIP = known("X-Real-IP")
  static let rateLimitLimit = known("RateLimit-Limit")
  static let rateLimitRemaining = known("RateLimit-Remaining")
  static let rateLimitReset = known("RateLimit-Reset")
  static let referrerPolicy = known("Referrer-Policy")
  static let frameOptions = known("X-Frame-Options")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
}
