#include "CICU.h"

#include <cstring>

#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf16.h>

namespace {

/// The ASCII letter that a scalar's skeleton consists of, lower case; 0 when it is anything else.
uint8_t skeletonLetter(const USpoofChecker *checker, UChar32 c) {
  UChar input[2];
  int32_t length = 0;
  U16_APPEND_UNSAFE(input, length, c);
  UChar output[32];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count = uspoof_getSkeleton(checker, 0, input, length, output, 32, &status);
  if (U_FAILURE(status) || count != 1) return 0;
  const UChar letter = output[0] | 0x20;
  return letter >= 'a' && letter <= 'z' && output[0] < 0x80 ? static_cast<uint8_t>(letter) : 0;
}

/// Fancy-text generators use Latin small capitals; UTS #39 leaves most of them alone, their names do not.
uint8_t smallCapital(UChar32 c) {
  char name[128];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count = u_charName(c, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
  static const char prefix[] = "LATIN LETTER SMALL CAPITAL ";
  const int32_t length = static_cast<int32_t>(sizeof prefix) - 1;
  if (U_FAILURE(status) || count != length + 1 || std::memcmp(name, prefix, length) != 0) return 0;
  return static_cast<uint8_t>(name[length] | 0x20);
}

/// Scripts without Latin look-alikes and with tens of thousands of letters: skipped to save time.
bool isVast(UScriptCode script) {
  return script == USCRIPT_HAN || script == USCRIPT_HANGUL || script == USCRIPT_TANGUT || script == USCRIPT_YI ||
         script == USCRIPT_EGYPTIAN_HIEROGLYPHS || script == USCRIPT_CUNEIFORM ||
         script == USCRIPT_ANATOLIAN_HIEROGLYPHS || script == USCRIPT_KHITAN_SMALL_SCRIPT || script == USCRIPT_BAMUM;
}

}  // namespace

extern "C" int32_t cicu_twins(cicu_twin *twins, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
  USpoofChecker *checker = uspoof_open(&status);
  if (U_FAILURE(status)) {
    if (checker) uspoof_close(checker);
    return -1;
  }
  int32_t count = 0;
  for (UChar32 c = 0x80; c <= 0x1ffff; c++) {
    if (!(U_GET_GC_MASK(c) & U_GC_L_MASK)) continue;
    UErrorCode scriptStatus = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &scriptStatus);
    if (U_FAILURE(scriptStatus) || isVast(script)) continue;
    UChar input[2];
    int32_t length = 0;
    U16_APPEND_UNSAFE(input, length, c);
    UErrorCode folded = U_ZERO_ERROR;
    if (!unorm2_isNormalized(normalizer, input, length, &folded) || U_FAILURE(folded)) continue;
    uint8_t strong = 1;
    uint8_t twin = skeletonLetter(checker, c);
    if (!twin && script == USCRIPT_LATIN) twin = smallCapital(c);
    if (!twin && script != USCRIPT_LATIN) {
      const UChar32 capital = u_toupper(c);
      if (capital != c) {
        twin = skeletonLetter(checker, capital);
        strong = 0;
      }
    }
    if (!twin) continue;
    if (count < capacity) twins[count] = {static_cast<uint32_t>(c), twin, strong, 0};
    count++;
  }
  uspoof_close(checker);
  return count;
}
