#!/usr/bin/env python3
"""Prints golden values of the hashes that are part of the model format, from an implementation of its own.

usage: scripts/golden/token_hash.py

The printed rows stand in Tests/JagaCoreTests/TokenHashTests.swift and Tests/JagaScoringTests/BundleFormatTests.swift.
They must not change without a new format version.
"""

MASK = (1 << 64) - 1
PRIME = 0x9FB21C651E98DF25


def finalised(value):
    value ^= value >> 33
    value = value * 0xFF51AFD7ED558CCD & MASK
    value ^= value >> 33
    value = value * 0xC4CEB9FE1A85EC53 & MASK
    return value ^ value >> 33


def token_hash(data):
    state = 0x9E3779B97F4A7C15 ^ (len(data) * 0xFF51AFD7ED558CCD & MASK)
    for begin in range(0, len(data), 8):
        state = (state ^ int.from_bytes(data[begin : begin + 8], "little")) * PRIME & MASK
        state ^= state >> 32
    return finalised(state)


def combined_hash(first, second):
    return finalised((first * 0x9E3779B97F4A7C15 & MASK) ^ (second + 0x7F4A7C159E3779B9 + (first >> 17) & MASK))


def checksum(data):
    """Four lanes of 8-byte words; bytes 32 to 39 count as zero; what is left over goes byte by byte into a fifth."""
    lanes = [1, 2, 3, 4]
    whole = len(data) // 32 * 32
    for begin in range(0, whole, 32):
        for lane in range(4):
            offset = begin + 8 * lane
            word = 0 if offset == 32 else int.from_bytes(data[offset : offset + 8], "little")
            lanes[lane] = (lanes[lane] ^ word) * PRIME & MASK
            lanes[lane] ^= lanes[lane] >> 29 + 2 * lane
    rest = len(data)
    for byte in data[whole:]:
        rest = (rest ^ byte) * PRIME & MASK
        rest ^= rest >> 32
    return combined_hash(combined_hash(lanes[0], lanes[1]), combined_hash(combined_hash(lanes[2], lanes[3]), rest))


def main():
    print("tokenHash")
    for text in ["", "a", "gue", "kirim", "rahasia", "rahasia1", "rahasia12", "jangan bilang-bilang", "é", "👋🏽", "\0", "\0\0"]:
        print(f"  {text!r}: 0x{token_hash(text.encode()):016X}")
    print("finalised")
    for value in [0, 1, MASK]:
        print(f"  0x{value:X}: 0x{finalised(value):016X}")
    print("combinedHash")
    for pair in [(0, 0), (1, 2), (2, 1), (MASK, MASK)]:
        print(f"  {pair}: 0x{combined_hash(*pair):016X}")
    print("feature (kind, form)")
    print(f"  word kirim: 0x{combined_hash(1, token_hash(b'kirim')):016X}")
    print(f"  pair kirim foto: 0x{combined_hash(3, combined_hash(token_hash(b'kirim'), token_hash(b'foto'))):016X}")
    print("checksum of the bytes 0, 1, 2 … mod 251")
    for length in [0, 7, 32, 64, 100, 1000]:
        print(f"  {length}: 0x{checksum(bytes(i % 251 for i in range(length))):016X}")


main()
