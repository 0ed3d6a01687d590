/* Scores texts from standard input: each its length (uint32_t, this machine's order) and its bytes. Writes a jaga_score for each.
 *
 *     scores MODEL     exits 0 when texts one by one and all at once have the same scores
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jaga.h"

static int failed(const char *what) {
  fprintf(stderr, "%s: %s\n", what, jaga_last_error());
  return 1;
}

/* The whole of standard input, and its length. */
static uint8_t *read_all(size_t *length) {
  size_t capacity = 1 << 20;
  uint8_t *bytes = malloc(capacity);
  *length = 0;
  while (bytes != NULL) {
    size_t count = fread(bytes + *length, 1, capacity - *length, stdin);
    if (count == 0) return bytes;
    *length += count;
    if (*length == capacity) bytes = realloc(bytes, capacity *= 2);
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 2) return 64;
  jaga_model *model;
  if (jaga_model_open(argv[1], 0, &model) != JAGA_OK) return failed("open");
  size_t length;
  uint8_t *input = read_all(&length);
  if (input == NULL) return 1;
  /* Texts end to end, as a batch wants them; the lengths between them take more room than this needs. */
  uint8_t *data = malloc(length + 1);
  int64_t *offsets = malloc((length / 4 + 1) * sizeof *offsets);
  if (data == NULL || offsets == NULL) return 1;
  int64_t count = 0;
  offsets[0] = 0;
  for (size_t at = 0; at + 4 <= length;) {
    uint32_t size;
    memcpy(&size, input + at, 4);
    at += 4;
    if (size > length - at) return fprintf(stderr, "a text ends too early\n"), 1;
    memcpy(data + offsets[count], input + at, size);
    offsets[count + 1] = offsets[count] + size;
    at += size;
    count += 1;
  }
  size_t rows = (size_t)count + 1;
  double *scores = calloc(rows, sizeof *scores), *disclosures = calloc(rows, sizeof *disclosures);
  double *labels = calloc(rows * JAGA_MOVE_COUNT, sizeof *labels);
  uint8_t *bands = calloc(rows, 1), *tops = calloc(rows, 1), *languages = calloc(rows, 1);
  if (!scores || !disclosures || !labels || !bands || !tops || !languages) return 1;
  jaga_columns columns = {sizeof columns, scores, disclosures, labels, bands, tops, languages};
  if (jaga_score_texts(model, data, offsets, count, 2, &columns) != JAGA_OK) return failed("batch");
  for (int64_t row = 0; row < count; row += 1) {
    jaga_score one, batch = {.score = scores[row], .disclosure = disclosures[row], .band = bands[row], .top = tops[row], .language = languages[row]};
    memcpy(batch.labels, labels + row * JAGA_MOVE_COUNT, sizeof batch.labels);
    if (jaga_score_text(model, (const char *)data + offsets[row], (size_t)(offsets[row + 1] - offsets[row]), &one) != JAGA_OK) return failed("score");
    if (memcmp(&one, &batch, sizeof one) != 0) return fprintf(stderr, "text %lld has other scores in a batch\n", (long long)row), 1;
    if (fwrite(&one, sizeof one, 1, stdout) != 1) return 1;
  }
  free(input), free(data), free(offsets), free(scores), free(disclosures), free(labels), free(bands), free(tops), free(languages);
  jaga_model_close(model);
  return 0;
}
