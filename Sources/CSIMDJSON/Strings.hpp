#pragma once
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Decodes JSON strings straight into their place. simdjson's own decoder would refuse a lone surrogate and, in a build for
/// the plain x86-64 baseline, go byte by byte.
namespace jaga_strings {

inline int hex_digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  byte |= 0x20;
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  return -1;
}

/// Four hexadecimal digits, or -1. Reads nothing after a wrong digit.
inline int32_t hex4(const uint8_t *from) {
  int32_t value = 0;
  for (int index = 0; index < 4; index++) {
    int digit = hex_digit(from[index]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

inline uint8_t *put_utf8(uint8_t *to, uint32_t scalar) {
  if (scalar < 0x80) {
    *to++ = uint8_t(scalar);
  } else if (scalar < 0x800) {
    *to++ = uint8_t(0xC0 | scalar >> 6);
    *to++ = uint8_t(0x80 | (scalar & 63));
  } else if (scalar < 0x10000) {
    *to++ = uint8_t(0xE0 | scalar >> 12);
    *to++ = uint8_t(0x80 | (scalar >> 6 & 63));
    *to++ = uint8_t(0x80 | (scalar & 63));
  } else {
    *to++ = uint8_t(0xF0 | scalar >> 18);
    *to++ = uint8_t(0x80 | (scalar >> 12 & 63));
    *to++ = uint8_t(0x80 | (scalar >> 6 & 63));
    *to++ = uint8_t(0x80 | (scalar & 63));
  }
  return to;
}

/// Decodes from just after the opening quote. `end` is the end of the input. Returns one past the last byte written, or null
/// for a wrong escape. Reads at most 15 bytes past the closing quote and writes at most 15 past the result.
inline uint8_t *decode(const uint8_t *from, const uint8_t *end, uint8_t *to, bool &lone_surrogate) {
  while (from < end) {
#ifdef __SSE2__
    __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to), block);
    __m128i quotes = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    __m128i slashes = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    unsigned found = unsigned(_mm_movemask_epi8(_mm_or_si128(quotes, slashes)));
    if (found == 0) {
      from += 16;
      to += 16;
      continue;
    }
    unsigned skip = unsigned(__builtin_ctz(found));
    from += skip;
    to += skip;
    if (from >= end) return nullptr;
#else
    if (*from != '"' && *from != '\\') {
      *to++ = *from++;
      continue;
    }
#endif
    if (*from == '"') return to;
    switch (from[1]) {
      case '"': *to++ = '"'; break;
      case '\\': *to++ = '\\'; break;
      case '/': *to++ = '/'; break;
      case 'b': *to++ = '\b'; break;
      case 'f': *to++ = '\f'; break;
      case 'n': *to++ = '\n'; break;
      case 'r': *to++ = '\r'; break;
      case 't': *to++ = '\t'; break;
      case 'u': {
        int32_t unit = hex4(from + 2);
        if (unit < 0) return nullptr;
        uint32_t scalar = uint32_t(unit);
        from += 4;
        if (scalar >= 0xD800 && scalar < 0xE000) {
          int32_t low = scalar < 0xDC00 && from[2] == '\\' && from[3] == 'u' ? hex4(from + 4) : -1;
          if (low >= 0xDC00 && low < 0xE000) {
            scalar = 0x10000 + ((scalar - 0xD800) << 10) + (uint32_t(low) - 0xDC00);
            from += 6;
          } else {
            scalar = 0xFFFD;
            lone_surrogate = true;
          }
        }
        to = put_utf8(to, scalar);
        break;
      }
      default: return nullptr;
    }
    from += 2;
  }
  return nullptr;
}

/// Checks a JSON number; `count` is the length of the token.
inline bool is_number(const char *text, size_t count) {
  size_t at = 0;
  auto digits = [&] {
    size_t begin = at;
    while (at < count && text[at] >= '0' && text[at] <= '9') at++;
    return at - begin;
  };
  if (at < count && text[at] == '-') at++;
  bool zero = at < count && text[at] == '0';
  size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < count && text[at] == '.') {
    at++;
    if (digits() == 0) return false;
  }
  if (at < count && (text[at] | 0x20) == 'e') {
    at++;
    if (at < count && (text[at] == '+' || text[at] == '-')) at++;
    if (digits() == 0) return false;
  }
  return at == count;
}

}  // namespace jaga_strings
