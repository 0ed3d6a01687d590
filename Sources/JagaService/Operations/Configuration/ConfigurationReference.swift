/// The reference page's table of keys, made from ``ConfigurationKey/all``.
public enum ConfigurationReference {
  /// Markdown: one row a key.
  public static var markdown: String {
    let defaults = ServerOptions()
    var page = "| key | variable | option | value | default | meaning |\n|---|---|---|---|---|---|\n"
    for key in ConfigurationKey.all {
      let value = key.value(in: defaults)
      let cells = [
        "`\(key.name)`", "`\(key.variable)`", key.option.map { "`--\($0)`" } ?? "", key.kind,
        value.isEmpty ? "" : "`\(value)`", key.meaning,
      ]
      page += "| " + cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ") + " |\n"
    }
    return page
  }

  /// The line before the table in the page.
  public static let begin = "<!-- configuration: begin; made by 'jaga-server config --reference' -->"
  /// The line after it.
  public static let end = "<!-- configuration: end -->"
}
