extension KnownCorpus {
  private static let trainingXML = KnownFile(
    "pan12-sexual-predator-identification-training-corpus-2012-05-01.xml", .conversations,
    sha256: "1630a5923460da3f940482a5c8d7ed57f845762154cd56c69238d45e7bbc6ca1",
    earlierNames: ["pan12-sexual-predator-identification-training-corpus.xml"])
  private static let trainingAuthors = KnownFile(
    "pan12-sexual-predator-identification-training-corpus-predators-2012-05-01.txt", .authors,
    sha256: "a8594e6439c885c98c4a6232ce8661690b762ec98850c23918e3d4bce5e366f0",
    earlierNames: ["pan12-sexual-predator-identification-training-corpus-predators.txt"])
  private static let testXML = KnownFile(
    "pan12-sexual-predator-identification-test-corpus-2012-05-17.xml", .conversations,
    sha256: "ff1d94fb61c8fb13fadb8859ac55471e9a4e19a06f50a7134ec06ed3d3b3f201")
  private static let testAuthors = KnownFile(
    "pan12-sexual-predator-identification-groundtruth-problem1.txt", .authors,
    sha256: "342c12b06d148b025ad92d12d57c816ec0abd1743f0d1e9dda552fe6af7c41d2")
  private static let testLines = KnownFile(
    "pan12-sexual-predator-identification-groundtruth-problem2.txt", .lines, lines: 6_478)

  private static let overview =
    "Inches and Crestani: Overview of the International Sexual Predator Identification Competition at PAN-2012, CLEF 2012"
  private static let decoys =
    "English. The minors are adult volunteers who play one, and the harmless part is chat of strangers and about computers."

  /// PAN12: Sexual Predator Identification, training and test corpus (Inches and Crestani 2012).
  ///
  /// Hashes: `sha256sum.txt` of the eSPD-datasets repository (Vogt, Leser and Akbik 2021), taken after `dos2unix`. Counts: the overview, and what
  /// public code and notes that read the files report. The hash of the truth of problem 2 is not public; its lines are counted.
  static let pan12 = KnownCorpus(
    name: "pan12", title: "PAN12 Sexual Predator Identification", reference: overview,
    access: "https://zenodo.org/records/3713280, on request; task page https://pan.webis.de/clef12/pan12-web/",
    licence: "for research, under what you agree to when asking; not to be passed on",
    remarks: [
      decoys,
      "pan12-sexual-predator-identification-diff.txt of the training corpus lists lines whose text was repaired. It is no label file and is not read.",
      "Times of day have no date and may not be real, so they are left out.",
    ],
    language: "en",
    parts: [
      Part(
        name: "train",
        files: [
          trainingXML, trainingAuthors, KnownFile("pan12-sexual-predator-identification-diff.txt", .unread),
        ],
        counts: [
          KnownCount(quantity: .conversations, count: 66_927), KnownCount(quantity: .messages, count: 903_607),
          KnownCount(quantity: .authors, count: 97_689), KnownCount(quantity: .soughtAuthors, count: 142),
          KnownCount(quantity: .soughtConversations, count: 2_016),
        ]),
      Part(
        name: "test", files: [testXML, testAuthors, testLines],
        counts: [
          KnownCount(quantity: .conversations, count: 155_128), KnownCount(quantity: .messages, count: 2_058_781),
          KnownCount(quantity: .authors, count: 218_702), KnownCount(quantity: .soughtAuthors, count: 254),
          KnownCount(quantity: .soughtLines, count: 6_478),
        ]),
    ])

  /// VTPAN: the conversations of PAN12 that the winner's filter leaves (Villatoro-Tello et al. 2012), by the lists of ids that the eSPD work gives out.
  static let vtpan = KnownCorpus(
    name: "vtpan", title: "VTPAN, the filtered conversations of PAN12",
    reference:
      "Villatoro-Tello et al.: A Two-step Approach for Effective Detection of Misbehaving Users in Chats, CLEF 2012; Vogt, Leser and Akbik: "
      + "Early Detection of Sexual Predators in Chats, ACL 2021",
    access:
      "PAN12 as above, and the two lists of ids in folder VTPAN of https://gitlab.com/early-sexual-predator-detection/eSPD-datasets",
    licence: "that of PAN12; the lists of ids: see their repository",
    remarks: [
      decoys,
      "Filtered: short and one-sided conversations are gone, so figures are higher than on PAN12 and not comparable with them.",
    ],
    language: "en",
    parts: [
      Part(
        name: "train",
        files: [trainingXML, trainingAuthors, KnownFile("VTPAN_train_IDs.txt", .selection, lines: 6_588)],
        counts: [KnownCount(quantity: .conversations, count: 6_588)]),
      Part(
        name: "test",
        files: [testXML, testAuthors, testLines, KnownFile("VTPAN_test_IDs.txt", .selection, lines: 15_329)],
        counts: [KnownCount(quantity: .conversations, count: 15_329)]),
    ])
}
