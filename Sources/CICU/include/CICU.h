#pragma once
#include <stdint.h>

// What JagaText needs of ICU, behind opaque handles. No ICU header is included here: the toolchain carries an ICU module
// of its own, and the two collide as soon as Foundation is imported.

#ifdef __cplusplus
extern "C" {
#endif

/// What a folded scalar is to the tokenizer.
enum {
  CICU_SYMBOL = 0,     ///< punctuation, symbols, private use, unassigned
  CICU_LETTER = 1,     ///< a letter (or non-ASCII digit) inside which UAX #29 never breaks
  CICU_COMPLEX = 2,    ///< a letter between which UAX #29 may break (Han, kana, Thai …)
  CICU_MARK = 3,       ///< a combining mark
  CICU_DIGIT = 4,      ///< an ASCII digit
  CICU_SPACE = 5,      ///< white space, controls, format characters that survive folding
  CICU_NEWLINE = 6,    ///< a line break
  CICU_EMOJI = 7,      ///< an extended pictograph
  CICU_MODIFIER = 8,   ///< a skin tone
  CICU_REGIONAL = 9,   ///< half a flag
  CICU_CLASS_MASK = 15,
  CICU_LATIN = 16      ///< added to letters of the Latin script
};

enum {
  CICU_BOUNDARY = 1,   ///< UAX #29 has a word boundary before it
  CICU_JOINED = 2,     ///< a zero-width joiner ties it to the scalar before
  CICU_CHANGED = 4     ///< folding made it from something that is not ASCII
};

/// One scalar of the folded text.
typedef struct {
  int32_t offset;   ///< its first byte in the folded text
  int32_t begin;    ///< the bytes of the original it comes from
  int32_t end;
  uint32_t scalar;
  uint8_t kind;     ///< a CICU_ class
  uint8_t flags;
  uint16_t length;  ///< bytes in the folded text
} cicu_scalar;

/// A folder: NFKC_Casefold, word boundaries and scalar classes, with reused memory. Not thread-safe.
typedef struct cicu_folder cicu_folder;

/// Null when ICU cannot load its data.
cicu_folder *cicu_folder_create(void);
void cicu_folder_destroy(cicu_folder *folder);

/// Folds UTF-8; ill-formed bytes become U+FFFD of the same range. Returns the number of folded scalars, or -1 on failure.
/// Word boundaries are sought when `boundaries` is 2, or is 1 and a complex letter is there.
/// The results stay valid until the next call. Linear in `count`, for any input: runs of more than 30 combining marks are
/// folded in pieces (the limit of the Stream-Safe Text Format, UAX #15).
int32_t cicu_fold(cicu_folder *folder, const uint8_t *bytes, int32_t count, int32_t boundaries);
const uint8_t *cicu_folded_bytes(const cicu_folder *folder);
int32_t cicu_folded_count(const cicu_folder *folder);
const cicu_scalar *cicu_folded_scalars(const cicu_folder *folder);

/// A letter that looks like an ASCII letter.
typedef struct {
  uint32_t scalar;
  uint8_t twin;    ///< an ASCII lower-case letter
  uint8_t strong;  ///< 1: the folded letter itself looks so; 0: only its capital does
  uint16_t zero;
} cicu_twin;

/// Fills `twins` with the single-letter look-alikes of UTS #39 (and the Latin small capitals), by ascending scalar.
/// Returns how many there are, or -1 on failure; at most `capacity` are written. Takes tens of milliseconds.
int32_t cicu_twins(cicu_twin *twins, int32_t capacity);

/// The Unicode version of the data, such as "15.0".
const char *cicu_unicode_version(void);

#ifdef __cplusplus
}
#endif
