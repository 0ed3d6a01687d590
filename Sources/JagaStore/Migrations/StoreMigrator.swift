internal import GRDB

extension DatabaseMigrator {
  /// Every step from an empty file to the schema of this program, in order. A step that was released is never changed: what comes later is a
  /// step of its own, in a file of its own, and the tests keep a store of every release.
  static var store: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration(RunsMigration.identifier, migrate: RunsMigration.apply)
    migrator.registerMigration(ServiceMigration.identifier, migrate: ServiceMigration.apply)
    migrator.registerMigration(PollsMigration.identifier, migrate: PollsMigration.apply)
    migrator.registerMigration(FurtherMigration.identifier, migrate: FurtherMigration.apply)
    return migrator
  }
}
