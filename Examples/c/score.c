/* Scores a text, a batch and a conversation, and says why.
 *
 *     scripts/build-library
 *     cc -std=c11 -Wall -Wextra -Wpedantic -I.build-library/lib Examples/c/score.c -L.build-library/lib -ljaga -Wl,-rpath,.build-library/lib -o score
 *     ./score [MODEL]
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "jaga.h"

static int failed(const char *what) {
  fprintf(stderr, "%s: %s\n", what, jaga_last_error());
  return 1;
}

static int score_one(const jaga_model *model, const char *text) {
  jaga_score score;
  if (jaga_score_text(model, text, strlen(text), &score) != JAGA_OK) return failed("score");
  printf("%.6f %s %s %s: %s\n", score.score, jaga_band_name(score.band), jaga_label_name(score.top),
         jaga_language_name(score.language), text);
  return 0;
}

static int score_batch(const jaga_model *model) {
  /* Three texts end to end, and where each begins. */
  static const char data[] = "halo semuamabar yuk nanti malamumur berapa dek? sendirian di rumah?";
  static const int64_t offsets[] = {0, 10, 31, 67};
  double scores[3];
  uint8_t bands[3];
  jaga_columns columns = {.size = sizeof columns, .score = scores, .band = bands};
  if (jaga_score_texts(model, (const uint8_t *)data, offsets, 3, 0, &columns) != JAGA_OK) return failed("batch");
  for (int row = 0; row < 3; row += 1) printf("row %d: %.6f %s\n", row, scores[row], jaga_band_name(bands[row]));
  return 0;
}

static int score_conversation(const jaga_model *model) {
  static const char *const messages[][2] = {
      {"a", "umur berapa dek? sekolah di mana?"},
      {"b", "kelas 7 kak"},
      {"a", "sendirian di rumah? jangan bilang mama ya kita chat"},
  };
  jaga_tracker *tracker;
  if (jaga_tracker_new(model, 0, &tracker) != JAGA_OK) return failed("tracker");
  int code = 0;
  for (size_t i = 0; i < sizeof messages / sizeof messages[0] && code == 0; i += 1) {
    jaga_score score;
    jaga_conversation_score so_far;
    const char *author = messages[i][0], *text = messages[i][1];
    if (jaga_tracker_score(tracker, "c1", 2, author, strlen(author), text, strlen(text), &score, &so_far) != JAGA_OK) {
      code = failed("conversation");
    } else {
      printf("message %zu: %.6f %s, the conversation %.6f %s, first alert %" PRId64 "\n", i, score.score,
             jaga_band_name(score.band), so_far.score, jaga_band_name(so_far.band), so_far.first_alert);
    }
  }
  jaga_tracker_free(tracker);
  return code;
}

static int explain(const jaga_model *model, const char *text) {
  jaga_explanation *why;
  if (jaga_explain(model, text, strlen(text), &why) != JAGA_OK) return failed("explain");
  int64_t count = jaga_explanation_count(why, JAGA_EVIDENCE);
  for (int64_t i = 0; i < count; i += 1) {
    jaga_term term;
    if (jaga_explanation_term(why, JAGA_EVIDENCE, i, &term) != JAGA_OK) break;
    printf("%+.4f %s at %" PRId64 "..%" PRId64 " (%s)\n", term.logit, jaga_label_name(term.label), term.begin, term.end,
           term.source);
  }
  jaga_explanation_free(why);
  return 0;
}

int main(int argc, char **argv) {
  jaga_model *model;
  if (jaga_model_open(argc > 1 ? argv[1] : NULL, 0, &model) != JAGA_OK) return failed("model");
  printf("jaga %s, model %s\n", jaga_version(), jaga_model_id(model));
  int code = score_one(model, "umur berapa dek? sendirian di rumah?") || score_one(model, "besok jadi futsal ga?") ||
             score_batch(model) || score_conversation(model) ||
             explain(model, "umur berapa dek? sendirian di rumah?");
  jaga_model_close(model);
  return code;
}
