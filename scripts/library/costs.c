/* Does one thing with every text of a file, on one thread, so that callgrind can count it; scripts/library/costs says how.
 *
 *     costs MODEL FILE WAY     WAY: texts (all in one batch), text (one by one), explain
 *
 * FILE holds each text's length (uint32_t, this machine's order) and its bytes.
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

int main(int argc, char **argv) {
  if (argc != 4) return 64;
  FILE *file = fopen(argv[2], "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) return perror(argv[2]), 1;
  long length = ftell(file);
  rewind(file);
  uint8_t *data = malloc((size_t)length + 1);
  int64_t *offsets = malloc(((size_t)length / 4 + 1) * sizeof *offsets);
  if (data == NULL || offsets == NULL) return 1;
  int64_t count = 0;
  offsets[0] = 0;
  for (uint32_t size; fread(&size, sizeof size, 1, file) == 1; count += 1) {
    if (fread(data + offsets[count], 1, size, file) != size) return fprintf(stderr, "a text ends too early\n"), 1;
    offsets[count + 1] = offsets[count] + size;
  }
  fclose(file);
  size_t rows = (size_t)count + 1;
  double *scores = calloc(rows, sizeof *scores), *disclosures = calloc(rows, sizeof *disclosures);
  uint8_t *bands = calloc(rows, 1), *tops = calloc(rows, 1), *languages = calloc(rows, 1);
  if (!scores || !disclosures || !bands || !tops || !languages) return 1;
  jaga_model *model;
  if (jaga_model_open(argv[1], 0, &model) != JAGA_OK) return failed("open");
  if (strcmp(argv[3], "texts") == 0) {
    jaga_columns columns = {sizeof columns, scores, disclosures, NULL, bands, tops, languages};
    if (jaga_score_texts(model, data, offsets, count, 1, &columns) != JAGA_OK) return failed("texts");
  } else {
    int explains = strcmp(argv[3], "explain") == 0;
    for (int64_t row = 0; row < count; row += 1) {
      const char *text = (const char *)data + offsets[row];
      size_t size = (size_t)(offsets[row + 1] - offsets[row]);
      jaga_score score;
      jaga_explanation *explanation;
      if (!explains) {
        if (jaga_score_text(model, text, size, &score) != JAGA_OK) return failed("text");
      } else if (jaga_explain(model, text, size, &explanation) != JAGA_OK) {
        return failed("explain");
      } else {
        jaga_explanation_free(explanation);
      }
    }
  }
  jaga_model_close(model);
  free(data), free(offsets), free(scores), free(disclosures), free(bands), free(tops), free(languages);
  return 0;
}
