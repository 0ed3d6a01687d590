/// Why a store cannot be used. Facts only: files, run ids, names of tokens, what the database says; never text of a message.
public enum StoreError: Error, Hashable, Sendable {
  /// There is no such file.
  case notFound(file: String)
  /// The file cannot be opened, or the folder not written.
  case cannotOpen(file: String, reason: String)
  /// A database, or a file of any other kind, that is not a store of ours.
  case foreign(file: String)
  /// Made by a newer program: it has been through migrations that this one does not know.
  case newer(file: String, migrations: [String])
  /// Made by an older program, and opened for reading alone.
  case older(file: String)
  /// The file is a store, but what it holds cannot be.
  case damaged(file: String, reason: String)
  /// Another program is writing for too long.
  case busy(file: String)
  /// Writing failed.
  case cannotWrite(file: String, reason: String)
  /// The same inputs at the same time are kept already.
  case runExists(file: String, id: String)
  /// No run of that id or name.
  case noRun(file: String, name: String)
  /// Several runs of that name, or whose ids begin so.
  case severalRuns(file: String, name: String, ids: [String])
  /// A backup was to be written where a file is.
  case backupExists(file: String)
  /// A token of that name or hash was made before.
  case tokenExists(file: String, name: String)
  /// No token of that name.
  case noToken(file: String, name: String)
  /// A query that the database does not take.
  case query(reason: String)
}

extension StoreError: CustomStringConvertible {
  /// The sentence shown to people.
  public var description: String {
    switch self {
    case .notFound(let file): "\(file): no such file; keep a run with 'jaga evaluate --store', or check the path"
    case .cannotOpen(let file, let reason):
      "\(file): cannot be opened (\(reason)); check the path, and that the folder can be written"
    case .foreign(let file): "\(file): not a store of jaga; nothing was changed in it; name another file"
    case .newer(let file, let migrations):
      "\(file): written by a newer jaga (it has \(migrations.joined(separator: ", "))); use that version, nothing was changed"
    case .older(let file):
      "\(file): written by an older jaga; 'jaga evaluate --store' and 'jaga-server --store' bring it up to date"
    case .damaged(let file, let reason): "\(file): damaged (\(reason)); take it from a backup"
    case .busy(let file): "\(file): another program is writing; try again"
    case .cannotWrite(let file, let reason):
      "\(file): cannot be written (\(reason)); nothing was kept; check permissions and free space"
    case .runExists(let file, let id): "\(file): run \(id) is kept already: the same inputs at the same time"
    case .noRun(let file, let name):
      "\(file): no run '\(name)'; 'jaga runs list' shows ids and names, and the first digits of an id will do"
    case .severalRuns(let file, let name, let ids):
      "\(file): '\(name)' fits runs \(ids.joined(separator: ", ")); name one by its id"
    case .backupExists(let file):
      "\(file): there is a file of that name; a backup is written to a new file, so name another"
    case .tokenExists(let file, let name):
      "\(file): a token '\(name)', or with the same secret, was made before; choose another name, revoked ones stay taken"
    case .noToken(let file, let name): "\(file): no token '\(name)'; 'jaga-server token list' shows them"
    case .query(let reason): "the query cannot be run: \(reason)"
    }
  }
}
