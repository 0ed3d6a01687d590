#include "CICU.h"

#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>
#include <unicode/uversion.h>

namespace {

/// The limit of the Stream-Safe Text Format (UAX #15): longer runs of marks would make canonical reordering quadratic.
constexpr int32_t kMaxMarks = 30;

uint8_t classify(UChar32 c) {
  if (c < 0x80) {
    if (c >= '0' && c <= '9') return CICU_DIGIT;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return CICU_LETTER | CICU_LATIN;
    if (c >= 0x0a && c <= 0x0d) return CICU_NEWLINE;
    if (c <= 0x20 || c == 0x7f) return CICU_SPACE;
    return CICU_SYMBOL;
  }
  if (c == 0x85 || c == 0x2028 || c == 0x2029) return CICU_NEWLINE;
  const int32_t category = u_charType(c);
  switch (category) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
    case U_DECIMAL_DIGIT_NUMBER: {
      const int32_t wordBreak = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
      if (wordBreak != U_WB_ALETTER && wordBreak != U_WB_HEBREW_LETTER && wordBreak != U_WB_NUMERIC) return CICU_COMPLEX;
      UErrorCode status = U_ZERO_ERROR;
      const UScriptCode script = uscript_getScript(c, &status);
      // ICU's rules hand these to the Chinese-Japanese-Korean dictionary, although UAX #29 counts some as plain letters.
      if (script == USCRIPT_HANGUL || script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) {
        return CICU_COMPLEX;
      }
      return script == USCRIPT_LATIN ? (CICU_LETTER | CICU_LATIN) : CICU_LETTER;
    }
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CICU_MARK;
    case U_SPACE_SEPARATOR:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
      return CICU_SPACE;
    default:
      break;
  }
  if (c >= 0x1f1e6 && c <= 0x1f1ff) return CICU_REGIONAL;
  if (c >= 0x1f3fb && c <= 0x1f3ff) return CICU_MODIFIER;
  if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) return CICU_EMOJI;
  return CICU_SYMBOL;
}

}  // namespace

struct cicu_folder {
  const icu::Normalizer2 *normalizer = nullptr;
  UBreakIterator *words = nullptr;
  UText text = UTEXT_INITIALIZER;
  icu::Edits edits;
  std::vector<uint8_t> repaired;      // the input with U+FFFD for what is ill-formed
  std::vector<int32_t> repairedFrom;  // where each of its bytes comes from; one more than bytes
  std::vector<int32_t> cuts;          // where a run of marks is cut
  std::vector<char> folded;
  std::vector<cicu_scalar> scalars;
  int32_t foldedCount = 0;

  ~cicu_folder() {
    if (words) ubrk_close(words);
    utext_close(&text);
  }

  bool prepare() {
    UErrorCode status = U_ZERO_ERROR;
    normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    words = ubrk_open(UBRK_WORD, "", nullptr, 0, &status);
    return U_SUCCESS(status);
  }

  /// One pass over the input: finds the cuts; false when a byte is ill-formed.
  bool survey(const uint8_t *bytes, int32_t count) {
    cuts.clear();
    int32_t index = 0, marks = 0;
    while (index < count) {
      if (bytes[index] < 0x80) {
        marks = 0;
        index++;
        continue;
      }
      const int32_t start = index;
      UChar32 c;
      U8_NEXT(bytes, index, count, c);
      if (c < 0) return false;
      if (c < 0x300) {
        marks = 0;
        continue;
      }
      const uint32_t mask = U_GET_GC_MASK(c);
      if (mask & U_GC_M_MASK) {
        if (++marks > kMaxMarks) {
          cuts.push_back(start);
          marks = 1;
        }
      } else if (!(mask & U_GC_CF_MASK)) {
        marks = 0;
      }
    }
    return true;
  }

  void repair(const uint8_t *bytes, int32_t count) {
    repaired.clear();
    repairedFrom.clear();
    int32_t index = 0;
    while (index < count) {
      const int32_t start = index;
      UChar32 c;
      U8_NEXT(bytes, index, count, c);
      if (c < 0) {
        for (uint8_t byte : {0xef, 0xbf, 0xbd}) {
          repaired.push_back(byte);
          repairedFrom.push_back(start);
        }
      } else {
        for (int32_t at = start; at < index; at++) {
          repaired.push_back(bytes[at]);
          repairedFrom.push_back(at);
        }
      }
    }
    repairedFrom.push_back(count);
  }

  bool normalize(const uint8_t *bytes, int32_t count) {
    size_t capacity = static_cast<size_t>(count) * 3 + 64;
    while (true) {
      if (folded.size() < capacity) folded.resize(capacity);
      icu::CheckedArrayByteSink sink(folded.data(), static_cast<int32_t>(folded.size()));
      UErrorCode status = U_ZERO_ERROR;
      edits.reset();
      int32_t begin = 0;
      for (size_t piece = 0; piece <= cuts.size(); piece++) {
        const int32_t end = piece < cuts.size() ? cuts[piece] : count;
        normalizer->normalizeUTF8(
            U_EDITS_NO_RESET, icu::StringPiece(reinterpret_cast<const char *>(bytes) + begin, end - begin), sink, &edits,
            status);
        begin = end;
      }
      if (U_FAILURE(status)) return false;
      if (!sink.Overflowed()) {
        foldedCount = sink.NumberOfBytesWritten();
        return true;
      }
      capacity = static_cast<size_t>(sink.NumberOfBytesAppended()) + 64;
    }
  }

  /// The length of a scalar that begins both the old and the new side of a change, or 0.
  int32_t sameScalar(const uint8_t *bytes, int32_t source, int32_t oldLength, int32_t target, int32_t newLength) const {
    if (oldLength == 0 || newLength == 0) return 0;
    const uint8_t *result = reinterpret_cast<const uint8_t *>(folded.data());
    int32_t length = 0;
    U8_FWD_1(result + target, length, newLength);
    return length <= oldLength && std::memcmp(bytes + source, result + target, length) == 0 ? length : 0;
  }

  void push(int32_t offset, int32_t length, int32_t begin, int32_t end, uint8_t flags, bool joined, bool &complex) {
    int32_t index = offset;
    UChar32 c;
    U8_NEXT(reinterpret_cast<const uint8_t *>(folded.data()), index, offset + length, c);
    if (c < 0) c = 0xfffd;
    cicu_scalar scalar;
    scalar.offset = offset;
    scalar.begin = begin;
    scalar.end = end;
    scalar.scalar = static_cast<uint32_t>(c);
    scalar.kind = classify(c);
    scalar.flags = flags | (joined ? CICU_JOINED : 0);
    scalar.length = static_cast<uint16_t>(length);
    complex = complex || (scalar.kind & CICU_CLASS_MASK) == CICU_COMPLEX;
    scalars.push_back(scalar);
  }

  /// Walks folded scalars and edits side by side.
  bool align(const uint8_t *bytes, bool &complex) {
    scalars.clear();
    complex = false;
    UErrorCode status = U_ZERO_ERROR;
    icu::Edits::Iterator iterator = edits.getFineIterator();
    bool zwjPending = false;
    auto holdsJoiner = [&](int32_t from, int32_t to) {
      for (int32_t at = from; at + 2 < to; at++) {
        if (bytes[at] == 0xe2 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x8d) return true;
      }
      return false;
    };
    while (iterator.next(status)) {
      int32_t source = iterator.sourceIndex(), target = iterator.destinationIndex();
      int32_t oldLength = iterator.oldLength(), newLength = iterator.newLength();
      const bool changed = iterator.hasChange();
      bool foreign = false, joiner = false;
      if (changed) {
        // One change may begin with scalars that stay: `a` and a zero-width space become `a`.
        while (const int32_t same = sameScalar(bytes, source, oldLength, target, newLength)) {
          push(target, same, source, source + same, 0, zwjPending, complex);
          zwjPending = false;
          source += same;
          target += same;
          oldLength -= same;
          newLength -= same;
        }
        for (int32_t at = source; at < source + oldLength && !foreign; at++) foreign = bytes[at] >= 0x80;
        joiner = foreign && holdsJoiner(source, source + oldLength);
      }
      if (newLength == 0) {
        zwjPending = zwjPending || joiner;
        continue;
      }
      int32_t index = target;
      while (index < target + newLength) {
        const int32_t start = index;
        U8_FWD_1(reinterpret_cast<const uint8_t *>(folded.data()), index, target + newLength);
        const int32_t from = changed ? source : source + (start - target);
        const int32_t to = changed ? source + oldLength : source + (index - target);
        push(start, index - start, from, to, foreign ? CICU_CHANGED : 0, zwjPending || joiner, complex);
        zwjPending = false;
      }
      zwjPending = joiner;
    }
    return U_SUCCESS(status);
  }

  bool findBoundaries() {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&text, folded.data(), foldedCount, &status);
    ubrk_setUText(words, &text, &status);
    if (U_FAILURE(status)) return false;
    size_t at = 0;
    for (int32_t boundary = ubrk_first(words); boundary != UBRK_DONE; boundary = ubrk_next(words)) {
      while (at < scalars.size() && scalars[at].offset < boundary) at++;
      if (at < scalars.size() && scalars[at].offset == boundary) scalars[at].flags |= CICU_BOUNDARY;
    }
    return true;
  }
};

extern "C" {

cicu_folder *cicu_folder_create(void) {
  std::unique_ptr<cicu_folder> folder(new (std::nothrow) cicu_folder);
  if (!folder || !folder->prepare()) return nullptr;
  return folder.release();
}

void cicu_folder_destroy(cicu_folder *folder) { delete folder; }

int32_t cicu_fold(cicu_folder *folder, const uint8_t *bytes, int32_t count, int32_t boundaries) {
  folder->scalars.clear();
  folder->foldedCount = 0;
  if (count <= 0) return 0;
  bool repaired = false;
  if (!folder->survey(bytes, count)) {
    folder->repair(bytes, count);
    bytes = folder->repaired.data();
    count = static_cast<int32_t>(folder->repaired.size());
    folder->survey(bytes, count);
    repaired = true;
  }
  bool complex = false;
  if (!folder->normalize(bytes, count) || !folder->align(bytes, complex)) return -1;
  if (boundaries == 2 || (boundaries == 1 && complex)) {
    if (!folder->findBoundaries()) return -1;
  }
  if (repaired) {
    const std::vector<int32_t> &from = folder->repairedFrom;
    for (cicu_scalar &scalar : folder->scalars) {
      scalar.begin = from[scalar.begin];
      // The end is where the next byte comes from, so that all bytes of an ill-formed sequence belong to its U+FFFD.
      scalar.end = from[scalar.end];
    }
  }
  return static_cast<int32_t>(folder->scalars.size());
}

const uint8_t *cicu_folded_bytes(const cicu_folder *folder) {
  return reinterpret_cast<const uint8_t *>(folder->folded.data());
}

int32_t cicu_folded_count(const cicu_folder *folder) { return folder->foldedCount; }

const cicu_scalar *cicu_folded_scalars(const cicu_folder *folder) { return folder->scalars.data(); }

const char *cicu_unicode_version(void) { return U_UNICODE_VERSION; }

}  // extern "C"
