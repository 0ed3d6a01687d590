/// Every target; the name of each is a folder of Fuzz/Seeds.
let allTargets: [any FuzzTarget] = [TextTarget(), BundleTarget(), StateTarget(), LexiconTarget()] + readerTargets
