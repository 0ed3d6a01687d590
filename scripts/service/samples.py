"""Conversations written for the harnesses: neutral stand-ins, nothing graphic, nobody real."""

# Bait, condition, request, threat, with harmless lines between; as in the tests of the service.
RISKY = [
    ("a", "hai, main ff juga?"), ("b", "iya kak, masih bronze wkwk"), ("a", "gw isiin 50rb mau? dm nya lagi promo"),
    ("b", "mau bgt kak"), ("a", "asal kirim foto yg kmrn dulu yaa, jangan bilang siapa2"), ("b", "ngga mau ah"),
    ("a", "kalo ga dikirim, fotomu aku sebar ke grup kelasmu"), ("b", "jangan kak plis, aku takut"),
]
HARMLESS = [
    "besok jadi latihan jam 4 ya, jangan lupa bawa sepatu", "ok siap, aku jemput di depan sekolah",
    "tugas matematika halaman 42 udah dikerjain belum?", "belum wkwk, nanti malem aja",
    "lagi nunggu bus, kayaknya telat dikit", "see you at practice, don't forget your racket",
]


def risky(conversation):
    """The messages of a conversation that is flagged."""
    return [
        {"conversation_id": conversation, "message_id": f"m{place}", "author_id": author, "text": text}
        for place, (author, text) in enumerate(RISKY)]


def is_flagged(record):
    """Whether a record says that a person shall look: what the service must have in its store when it has answered."""
    return record["band"] in ("review", "high")
