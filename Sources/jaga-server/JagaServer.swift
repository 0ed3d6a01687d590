import ArgumentParser
import Configuration
import Hummingbird

@main
struct JagaServer: AsyncParsableCommand {
  func run() async throws {
    let router = Router()
    router.get("/healthz") { _, _ in "ok" }
    try await Application(router: router).runService()
  }
}
