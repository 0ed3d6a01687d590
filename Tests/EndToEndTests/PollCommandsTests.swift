import Foundation
import Testing

/// `jaga-server polls` and `jaga-server responses`, as operators run them.
struct PollCommandsTests {
  private let example = Program.root + "/Examples/polls/online-safety.yaml"

  private func run(_ arguments: [String]) throws -> Program.Result {
    try Program.run(arguments, program: ServerProgram.path)
  }

  private let poll = """
    id: tiny
    version: 1
    title: {id: Kecil}
    languages: [id]
    opt_in: {text: Mau?}
    start_words: [kecil]
    stop_words: [udahan]
    steps:
      - id: met
        ask: Pernah?
        choices: [{id: yes, label: Ya}, {id: no, label: Tidak, tells: none}]
    """

  @Test func theExampleHasNoFindings() throws {
    let checked = try run(["polls", "check", example])
    #expect(checked.code == 0 && checked.output == "")
    #expect(checked.errors == "jaga-server: 1 checked: 0 errors, 0 warnings\n")
  }

  @Test func warningsAreToldAndErrorsFail() throws {
    let folder = try Scratch()
    let file = try folder.file("tiny.yaml", poll)
    let doubtful = try run(["polls", "check", file])
    #expect(doubtful.code == 0)
    #expect(
      doubtful.output
        == "\(file):9: warning: 'met' leaves it to the scorer what 'yes' tell of; add 'tells: none', past, ongoing or immediate\n"
    )
    let wrong = try folder.file("wrong.yaml", poll.replacingOccurrences(of: "tells: none", with: "goto: there"))
    let both = try run(["polls", "check", file, wrong])
    #expect(both.code == 1)
    #expect(both.output.contains("\(wrong):11: no step 'there' to go to"))
    #expect(both.errors == "jaga-server: 2 checked: 1 errors, 1 warnings\n")
    let missing = try run(["polls", "check", folder.path + "/none.yaml"])
    #expect(missing.code == 1)
    #expect(
      missing.errors
        == "jaga-server: \(folder.path)/none.yaml: the poll cannot be read; look at its name and permissions; it is a file, not a folder\n"
    )
    #expect(try run(["polls", "check"]).code == 64)
  }

  /// What 'polls check' calls an error keeps a poll from being run at all.
  @Test(.enabled(if: Program.hasModel, Program.needsModel)) func aPollWithAnErrorIsNotRun() throws {
    let folder = try Scratch()
    let file = try folder.file(
      "promise.yaml", poll.replacingOccurrences(of: "ask: Pernah?", with: "ask: Dijamin rahasia. Pernah?"))
    let checked = try run(["polls", "check", file])
    #expect(checked.code == 1)
    let sentence = try #require(checked.lines.first)
    let key = try folder.file("text.key", String(repeating: "ab", count: 32))
    #expect(chmod(key, 0o600) == 0)
    for arguments in [
      ["chat", "--poll", file],
      ["serve", "--port", "0", "--polls", folder.path, "--text-key", key, "--store", folder.path + "/s.sqlite"],
    ] {
      let refused = try run(arguments)
      #expect(refused.code == 1)
      #expect(refused.errors.contains(sentence))
    }
  }

  private let flow = #"""
    {"version":"13","flows":[{"uuid":"f","name":"Satu Dua","spec_version":"14.1.0","language":"ind","type":"messaging",
    "revision":1,"expire_after_minutes":720,"localization":{},"nodes":[{"uuid":"a","actions":[{"uuid":"m","type":"send_msg",
    "text":"Halo, ini survei."}ACTIONS],"exits":[{"uuid":"x","destination_uuid":null}]}]}]}
    """#

  @Test func aFlowIsImported() throws {
    let folder = try Scratch()
    let plain = try folder.file("flow.json", flow.replacingOccurrences(of: "ACTIONS", with: ""))
    let shown = try run(["polls", "import", plain])
    #expect(shown.code == 0 && shown.errors == "")
    #expect(shown.output.hasPrefix("id: satu-dua\nversion: 1\n"))
    let polls = folder.path + "/polls"
    let written = try run(["polls", "import", plain, "--output", polls])
    #expect(written.code == 0 && written.output == "\(polls)/satu-dua.yaml\n")
    #expect(try String(contentsOfFile: "\(polls)/satu-dua.yaml", encoding: .utf8) == shown.output)
    #expect(try run(["polls", "check", "\(polls)/satu-dua.yaml"]).code == 0)
    let again = try run(["polls", "import", plain, "--output", polls])
    #expect(again.code == 1)
    #expect(
      again.errors
        == "jaga-server: \(polls)/satu-dua.yaml: is there already; move it away, or name another folder\n")
  }

  @Test func whatCannotBeCarriedOverNeedsForce() throws {
    let folder = try Scratch()
    let file = try folder.file(
      "flow.json", flow.replacingOccurrences(of: "ACTIONS", with: #",{"uuid":"n","type":"add_contact_groups"}"#))
    let finding =
      "jaga-server: \(file): flow 'satu-dua', node a: 'add_contact_groups' is left out; RapidPro alone can do it\n"
    let refused = try run(["polls", "import", file])
    #expect(refused.code == 1 && refused.output == "")
    #expect(
      refused.errors == finding
        + "jaga-server: nothing is written: 1 findings; where they do not matter, add --force\n")
    let forced = try run(["polls", "import", file, "--force"])
    #expect(forced.code == 0 && forced.errors == finding && forced.output.hasPrefix("id: satu-dua\n"))
    let broken = try run(["polls", "import", try folder.file("broken.json", "{")])
    #expect(broken.code == 1 && broken.errors.hasSuffix("not JSON; export the flows of RapidPro again\n"))
    #expect(try run(["polls", "import", file, "--language", "fr"]).code == 64)
  }

  @Test func theTextsOfTheProgramAreCheckedOnADay() throws {
    let fresh = try run(["responses", "check", "--date", "2026-12-01"])
    #expect(fresh.code == 0 && fresh.output == "")
    #expect(fresh.errors == "jaga-server: responses checked: 0 errors, 0 warnings\n")
    let stale = try run(["responses", "check", "--date", "2036-12-01"])
    #expect(stale.code == 0 && stale.lines.count > 3)
    #expect(stale.lines.allSatisfy { $0.hasPrefix("lexicons/helplines.yaml:") && $0.contains(": warning: ") })
    #expect(try run(["responses", "check", "--date", "tomorrow"]).code == 64)
    #expect(try run(["responses", "check", "--responses", "/nowhere"]).code == 1)
    let own = try run(["responses", "check", "--responses", Program.root + "/lexicons", "--date", "2026-12-01"])
    #expect(own.code == 0 && own.output == "")
  }

  @Test(.enabled(if: Program.hasModel, Program.needsModel)) func resultsComeFromTheStore() throws {
    let folder = try Scratch()
    let file = try folder.file("tiny.yaml", poll)
    let empty = try ServerProgram.run(folder, ["polls", "results", "tiny", "--poll", file])
    #expect(empty.code == 1 && empty.errors.contains("there is no store; name it with --store FILE"))
    for contact in 1...6 {
      let chat = try Program.run(
        ["chat", "--poll", file, "--contact", "c\(contact)", "--store", folder.path + "/jaga.sqlite"],
        program: ServerProgram.path, input: "ya\ntidak\n")
      #expect(chat.code == 0)
    }
    let counts = try ServerProgram.run(folder, ["polls", "results", "tiny", "--polls", folder.path])
    #expect(counts.code == 0 && counts.errors == "")
    #expect(
      counts.output.replacingOccurrences(of: "\r\n", with: "|")
        == "poll,version,question,choice,label,group,value,count,hidden|tiny,1,met,(all),,,,6,|tiny,1,met,yes,Ya,,,,yes|tiny,1,met,no,Tidak,,,,yes|"
    )
    let texts = try ServerProgram.run(folder, ["polls", "results", "tiny", "--poll", file, "--texts"])
    #expect(texts.code == 0 && texts.output == "poll,version,question,text\r\n")
    let later = try ServerProgram.run(folder, ["polls", "results", "tiny", "--poll", file, "--poll-version", "2"])
    #expect(
      later.errors == "jaga-server: answers to other versions are left out: 1; name one with --poll-version\n")
    let other = try ServerProgram.run(folder, ["polls", "results", "big", "--poll", file])
    #expect(other.code == 1 && other.errors == "jaga-server: \(file): there is no poll 'big' in it; it has tiny\n")
    let both = try ServerProgram.run(folder, ["polls", "results", "tiny", "--poll", file, "--polls", folder.path])
    #expect(both.code == 64)
  }
}
