// Streaming decompression of gzip and Zstandard; members and frames that follow one another read as one stream.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jaga_decompressor jaga_decompressor;

enum { JAGA_GZIP = 1, JAGA_ZSTD = 2 };

enum {
  JAGA_DECOMPRESS_OK = 0,
  JAGA_DECOMPRESS_CORRUPT = 1,
  JAGA_DECOMPRESS_MEMORY = 2,  // also: a window over 128 MiB
};

/// Null when there is no memory.
jaga_decompressor *jaga_decompressor_create(int32_t kind);
void jaga_decompressor_destroy(jaga_decompressor *decompressor);

/// Turns some input into some output. Call again with what is left of the input, or with more of it.
int32_t jaga_decompressor_step(jaga_decompressor *decompressor, const uint8_t *input, size_t input_count,
                               size_t *input_used, uint8_t *output, size_t output_count, size_t *output_used);

/// 1 when the input may end here: no member is open.
int32_t jaga_decompressor_at_boundary(const jaga_decompressor *decompressor);

/// Compresses a whole buffer, for tests and small files. Returns the size, or 0 when `output` is too small.
size_t jaga_compress(int32_t kind, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count);

#ifdef __cplusplus
}
#endif
