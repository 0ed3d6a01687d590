// Counting lines before they are decoded, so that the records of a chunk have their numbers from the start.
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "CSIMDJSON.h"

static bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

/// Line by line, for chunks in which a line may be blank.
static jaga_line_counts count_slowly(const uint8_t *data, size_t count) {
  jaga_line_counts counts = {0, 0};
  size_t at = 0;
  while (at < count) {
    auto newline = static_cast<const uint8_t *>(std::memchr(data + at, '\n', count - at));
    size_t end = newline ? size_t(newline - data) : count;
    while (at < end && is_blank(data[at])) at++;
    if (at < end) counts.records++;
    counts.lines++;
    at = end + 1;
  }
  return counts;
}

#ifdef __SSE2__
/// Counts the line feeds of whole blocks of 16 bytes, from the second byte of the chunk on. Returns false when a line begins
/// with a blank or a line feed.
static bool count_blocks(const uint8_t *data, size_t blocks, size_t &feeds) {
  const __m128i feed = _mm_set1_epi8('\n'), space = _mm_set1_epi8(' '), zero = _mm_setzero_si128();
  __m128i sums = zero, blanks = zero;
  for (size_t block = 0; block < blocks;) {
    // A byte of `counts` counts at most 255 blocks.
    size_t end = blocks - block < 255 ? blocks : block + 255;
    __m128i counts = zero;
    for (; block < end; block++) {
      const uint8_t *from = data + 1 + 16 * block;
      __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
      __m128i before = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from - 1));
      // Line feed, carriage return, tabulator and space are the bytes up to the space that JSON may have here.
      __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(here, space), here);
      blanks = _mm_or_si128(blanks, _mm_and_si128(_mm_cmpeq_epi8(before, feed), low));
      counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(here, feed));
    }
    sums = _mm_add_epi64(sums, _mm_sad_epu8(counts, zero));
  }
  uint64_t halves[2];
  _mm_storeu_si128(reinterpret_cast<__m128i *>(halves), sums);
  feeds += size_t(halves[0] + halves[1]);
  return _mm_movemask_epi8(blanks) == 0;
}
#endif

extern "C" jaga_line_counts jaga_count_lines(const uint8_t *data, size_t count) {
#ifdef __SSE2__
  if (count == 0) return {0, 0};
  if (data[0] <= ' ') return count_slowly(data, count);
  size_t blocks = (count - 1) / 16, lines = 0;
  if (!count_blocks(data, blocks, lines)) return count_slowly(data, count);
  for (size_t at = 1 + 16 * blocks; at < count; at++) {
    if (data[at - 1] == '\n' && data[at] <= ' ') return count_slowly(data, count);
    lines += data[at] == '\n';
  }
  if (data[count - 1] != '\n') lines++;
  return {lines, lines};
#else
  return count_slowly(data, count);
#endif
}
