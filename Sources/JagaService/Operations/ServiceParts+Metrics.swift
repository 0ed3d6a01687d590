internal import JagaCore
internal import JagaScoring
internal import JagaStore

extension ServiceParts {
  /// Everything that is counted, as Prometheus reads it. What lies in the engine and in the store is looked up now.
  func metricsText() throws -> String {
    let registry = metrics.registry
    let counts = engine.counts.snapshot
    for band in Band.allCases {
      let labels = [("band", band.name)]
      registry.counter("jaga_messages_scored_total", labels, help: "Messages scored, by the band of the message.")
        .collect(Int64(counts.messages[Int(band.rawValue)]))
      registry.counter("jaga_flags_total", [("kind", "risk")] + labels, help: "Messages flagged for review.")
        .collect(Int64(counts.riskFlags[Int(band.rawValue)]))
    }
    registry.counter("jaga_flags_total", [("kind", "disclosure"), ("band", "any")])
      .collect(Int64(counts.disclosureFlags))
    registry.counter("jaga_messages_repeated_total", help: "Messages that came again in their conversation.")
      .collect(Int64(counts.repetitions))
    registry.counter(
      "jaga_conversations_restarted_total", help: "Conversations begun anew because their state was of another model."
    ).collect(Int64(counts.restarts))
    registry.counter(
      "jaga_changes_dead_total",
      help: "Conversations whose changes could not be written while others could, and were given up."
    ).collect(Int64(counts.deadChanges))
    registry.adopt(engine.counts.commits, as: "jaga_commit_seconds", help: "Time of a transaction of the store.")
    let live = engine.liveConversations
    registry.gauge("jaga_conversations_live", help: "Conversations in memory.").set(Int64(live.count))
    registry.counter("jaga_conversations_evicted_total", help: "Conversations that left memory for the store.")
      .collect(Int64(live.evictions))
    let sizes = try store.sizes()
    let help = "Items of the queue that wait for a person."
    registry.gauge("jaga_queue_items", [("kind", "disclosure")], help: help).set(Int64(sizes.openDisclosures))
    registry.gauge("jaga_queue_items", [("kind", "risk")], help: help).set(Int64(sizes.openRisks))
    registry.gauge("jaga_queue_oldest_seconds", help: "How long the oldest item has been waiting.")
      .set(sizes.oldestOpenedAt.map { max(now() - $0, 0) / 1_000 } ?? 0)
    registry.gauge("jaga_conversations_kept", help: "Conversations in the store.").set(Int64(sizes.conversations))
    let outbox = "Alerts in the outbox."
    registry.gauge("jaga_outbox_alerts", [("state", "pending")], help: outbox).set(Int64(sizes.alertsPending))
    registry.gauge("jaga_outbox_alerts", [("state", "dead")], help: outbox).set(Int64(sizes.alertsDead))
    registry.gauge("jaga_audit_rows", help: "Rows of the audit.").set(Int64(sizes.auditRows))
    registry.gauge("jaga_serving", help: "1 until the service is told to stop.").set(state.isServing ? Int64(1) : 0)
    registry.gauge("jaga_model_info", [("model", scorer.modelID)], help: "1 for the model in use.").set(Int64(1))
    return registry.text
  }
}
