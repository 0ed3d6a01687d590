#include "CCompression.h"

#include <algorithm>
#include <climits>
#include <new>

#include <zlib.h>
#include <zstd.h>

struct jaga_decompressor {
  int32_t kind = 0;
  z_stream gzip = {};
  ZSTD_DStream *zstd = nullptr;
  bool boundary = true;
  bool ended = false;    // a member has been read to its end
  bool padding = false;  // zero bytes after the last gzip member, as tapes have them

  ~jaga_decompressor() {
    if (kind == JAGA_GZIP) inflateEnd(&gzip);
    if (zstd) ZSTD_freeDStream(zstd);
  }

  int32_t step_gzip(const uint8_t *input, size_t input_count, size_t *input_used, uint8_t *output, size_t output_count,
                    size_t *output_used) {
    size_t used = 0;
    if (boundary) {
      while (used < input_count && input[used] == 0 && (padding || ended)) {
        padding = true;
        used++;
      }
      *input_used = used;
      if (used == input_count) return JAGA_DECOMPRESS_OK;
      if (padding) return JAGA_DECOMPRESS_CORRUPT;
      if (inflateReset(&gzip) != Z_OK) return JAGA_DECOMPRESS_CORRUPT;
      boundary = false;
    }
    gzip.next_in = const_cast<Bytef *>(input + used);
    gzip.avail_in = uInt(std::min<size_t>(input_count - used, UINT_MAX));
    gzip.next_out = output;
    gzip.avail_out = uInt(std::min<size_t>(output_count, UINT_MAX));
    int status = inflate(&gzip, Z_NO_FLUSH);
    *input_used = size_t(gzip.next_in - input);
    *output_used = size_t(gzip.next_out - output);
    if (status == Z_STREAM_END) {
      boundary = ended = true;
      return JAGA_DECOMPRESS_OK;
    }
    if (status == Z_OK || status == Z_BUF_ERROR) return JAGA_DECOMPRESS_OK;
    return status == Z_MEM_ERROR ? JAGA_DECOMPRESS_MEMORY : JAGA_DECOMPRESS_CORRUPT;
  }

  int32_t step_zstd(const uint8_t *input, size_t input_count, size_t *input_used, uint8_t *output, size_t output_count,
                    size_t *output_used) {
    ZSTD_inBuffer in = {input, input_count, 0};
    ZSTD_outBuffer out = {output, output_count, 0};
    size_t hint = ZSTD_decompressStream(zstd, &out, &in);
    *input_used = in.pos;
    *output_used = out.pos;
    if (ZSTD_isError(hint)) return JAGA_DECOMPRESS_CORRUPT;
    if (in.pos > 0 || out.pos > 0) boundary = hint == 0;
    return JAGA_DECOMPRESS_OK;
  }
};

extern "C" {

jaga_decompressor *jaga_decompressor_create(int32_t kind) {
  auto made = new (std::nothrow) jaga_decompressor();
  if (!made) return nullptr;
  bool good = false;
  if (kind == JAGA_GZIP) {
    good = inflateInit2(&made->gzip, 15 + 16) == Z_OK;
  } else if (kind == JAGA_ZSTD) {
    made->zstd = ZSTD_createDStream();
    good = made->zstd != nullptr;
  }
  if (!good) {
    delete made;
    return nullptr;
  }
  made->kind = kind;
  return made;
}

void jaga_decompressor_destroy(jaga_decompressor *decompressor) { delete decompressor; }

int32_t jaga_decompressor_step(jaga_decompressor *decompressor, const uint8_t *input, size_t input_count,
                               size_t *input_used, uint8_t *output, size_t output_count, size_t *output_used) {
  *input_used = *output_used = 0;
  return decompressor->kind == JAGA_GZIP
             ? decompressor->step_gzip(input, input_count, input_used, output, output_count, output_used)
             : decompressor->step_zstd(input, input_count, input_used, output, output_count, output_used);
}

int32_t jaga_decompressor_at_boundary(const jaga_decompressor *decompressor) { return decompressor->boundary ? 1 : 0; }

size_t jaga_compress(int32_t kind, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count) {
  if (kind == JAGA_ZSTD) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (!context) return 0;
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    size_t size = ZSTD_compress2(context, output, output_count, input, input_count);
    ZSTD_freeCCtx(context);
    return ZSTD_isError(size) ? 0 : size;
  }
  z_stream stream = {};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  stream.next_in = const_cast<Bytef *>(input);
  stream.avail_in = uInt(std::min<size_t>(input_count, UINT_MAX));
  stream.next_out = output;
  stream.avail_out = uInt(std::min<size_t>(output_count, UINT_MAX));
  int status = deflate(&stream, Z_FINISH);
  size_t size = status == Z_STREAM_END ? stream.total_out : 0;
  deflateEnd(&stream);
  return size;
}
}
