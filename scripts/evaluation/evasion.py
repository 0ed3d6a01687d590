"""Variants of a text by the kinds and strengths of evasion that moderators meet. Deterministic: a text and a kind give one variant.

Words of at least three letters are altered, each with the kind's share; everything else stays.
"""

import re
import unicodedata
import zlib

LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})
# Letters that look like Latin ones: Cyrillic first, Greek where Cyrillic has none.
LOOKALIKE = str.maketrans({
    "a": "\u0430", "c": "\u0441", "e": "\u0435", "i": "\u0456", "j": "\u0458", "o": "\u043e", "p": "\u0440", "s": "\u0455",
    "x": "\u0445", "y": "\u0443", "h": "\u04bb", "d": "\u0501", "v": "\u03bd", "A": "\u0410", "B": "\u0412", "C": "\u0421",
    "E": "\u0415", "H": "\u041d", "I": "\u0406", "J": "\u0408", "K": "\u041a", "M": "\u041c", "N": "\u039d", "O": "\u041e",
    "P": "\u0420", "S": "\u0405", "T": "\u0422", "X": "\u0425", "Y": "\u04ae", "Z": "\u0396"})
WORD = re.compile(r"[A-Za-z]{3,}")
EMOJI = "😊🔥💎✨🙏😅"


def leet(word, _):
    return word.translate(LEET)


def lookalikes(word, _):
    return word.translate(LOOKALIKE)


def full_width(word, _):
    return "".join(chr(ord(letter) + 0xFEE0) for letter in word)


def bold(word, _):
    return "".join(chr(0x1D400 + ord(letter) - 65 if letter.isupper() else 0x1D41A + ord(letter) - 97) for letter in word)


def zero_width(word, _):
    return "\u200b".join(word)


def dots(word, _):
    return ".".join(word)


def spaces(word, _):
    return " ".join(word)


def elongation(word, _):
    return word + word[-1] * 3


def stroke(word, _):
    return "".join(letter + "\u0336" for letter in word)


def emoji(word, chance):
    return word[:2] + EMOJI[chance % len(EMOJI)] + word[2:]


def upper(word, _):
    return word.upper()


def dropped_vowels(word, _):
    return word if len(word) <= 3 else word[0] + re.sub("[aeiouAEIOU]", "", word[1:])


def swapped(word, chance):
    place = chance % (len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2:]


# kind: (what it does to a word, share of the words, share of the plain recall that must be left)
KINDS = {
    "leet": (leet, 0.6, 0.93), "look-alikes": (lookalikes, 1, 0.93), "full width": (full_width, 1, 0.93),
    "mathematical bold": (bold, 1, 0.93), "zero-width spaces": (zero_width, 1, 0.93), "dots": (dots, 0.3, 0.93),
    "spaces": (spaces, 0.3, 0.93), "elongation": (elongation, 1, 0.93), "combining strokes": (stroke, 1, 0.93),
    "emoji inside": (emoji, 0.4, 0.93), "upper case": (upper, 1, 0.93), "dropped vowels": (dropped_vowels, 0.5, 0.80),
    "swapped letters": (swapped, 0.3, 0.80)}


def variant(text, kind):
    """The text with its words altered; a word's fate depends on the word, its place and the kind alone."""
    alter, part, _ = KINDS[kind]

    def altered(match):
        chance = zlib.crc32(f"{kind}/{match.start()}/{match.group(0)}".encode()) & 0x7FFFFFFF
        return alter(match.group(0), chance) if chance % 1000 < part * 1000 else match.group(0)

    return WORD.sub(altered, unicodedata.normalize("NFC", text))
