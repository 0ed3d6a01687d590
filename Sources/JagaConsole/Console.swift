internal import Mustache

/// The review console as pages: values in, HTML bytes out. It knows no HTTP and no store.
///
///     let console = try Console()
///     let bytes = console.queue(QueueView(rows: rows, disclosures: 1, risks: 4, now: now), frame)
///
/// The pages need nothing from elsewhere, no inline style or script, and no script at all; they fit the content policy
/// `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`.
/// Paths in them: `/`, `/items/N` (POST `/items/N/decision`, `/items/N/appeal`, `/items/N/answer`), `/find`, `/audit` (POST `/audit/verify`), `/work`,
/// POST `/sign-in`, `/sign-out`, `/preferences`, and those of ``assets``.
///
/// Making it parses the templates once, some milliseconds. A page costs about as much as its text.
public struct Console: Sendable {
  /// The style sheet, the script and the icon that the pages ask for.
  public let assets: [ConsoleAsset]
  private let library: MustacheLibrary
  private let words: [ConsoleLanguage: Words]

  /// Reads templates and words. Throws only when the build's own resources are broken.
  public init() throws(ConsoleError) {
    var library = MustacheLibrary()
    MustacheContentTypes.register(ConsoleContentType(), named: Escape.contentType)
    for (name, bytes) in Self.templates {
      do {
        try library.register(Self.source(bytes), named: name)
      } catch let error as MustacheTemplate.ParserError {
        throw .template(name: name, line: error.context.lineNumber)
      } catch {
        throw .template(name: name, line: 0)
      }
    }
    self.library = library
    words = [
      .id: try Words(.id, PackageResources.id_words), .en: try Words(.en, PackageResources.en_words),
    ]
    assets = [
      ConsoleAsset(name: "console.css", type: "text/css; charset=utf-8", bytes: PackageResources.console_css),
      ConsoleAsset(name: "console.js", type: "text/javascript; charset=utf-8", bytes: PackageResources.console_js),
      ConsoleAsset(name: "icon.svg", type: "image/svg+xml", bytes: PackageResources.icon_svg),
    ]
  }

  /// The templates by name.
  static let templates: [(name: String, bytes: [UInt8])] = [
    ("layout", PackageResources.layout_mustache), ("queue", PackageResources.queue_mustache),
    ("row", PackageResources.row_mustache), ("item", PackageResources.item_mustache),
    ("message", PackageResources.message_mustache), ("timeline", PackageResources.timeline_mustache),
    ("time", PackageResources.time_mustache), ("case", PackageResources.case_mustache),
    ("sign-in", PackageResources.sign_in_mustache),
    ("find", PackageResources.find_mustache), ("audit", PackageResources.audit_mustache),
    ("work", PackageResources.work_mustache), ("problem", PackageResources.problem_mustache),
  ]

  /// Every template begins with our escaping: a partial does not take it over from the one around it.
  private static func source(_ bytes: [UInt8]) -> String {
    "{{% CONTENT_TYPE:\(Escape.contentType)}}" + String(decoding: bytes, as: UTF8.self)
  }

  /// The words of a language.
  func words(_ language: ConsoleLanguage) -> Words? { words[language] }

  /// Renders a page: its own values with those of the frame around them.
  func render(_ template: String, title: String, _ values: Scope, _ frame: PageFrame) -> [UInt8] {
    guard let words = words[frame.language] else { return [] }
    var scope = frame.scope(words, assets: assets)
    scope["title"] = title
    scope["pageName"] = template
    scope.merge(values) { _, own in own }
    return Array((library.render(scope, withTemplate: template) ?? "").utf8)
  }
}

/// Values for a template.
typealias Scope = [String: Any]

/// A file that the pages ask for.
public struct ConsoleAsset: Sendable, Equatable {
  /// The name below `/assets/`.
  public let name: String
  /// The media type.
  public let type: String
  /// The content.
  public let bytes: [UInt8]
  /// Changes with the content; usable as an entity tag without its quotation marks.
  public let version: String

  init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
    // FNV-1a: nobody gains anything from a collision with our own files.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    version = String(hash, radix: 16)
  }

  /// The path in the pages; it changes with the content, so that a browser may keep what it has.
  public var path: String { "/assets/\(name)?v=\(version)" }
}
