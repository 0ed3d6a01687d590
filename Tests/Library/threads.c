/* Many threads on one model, and many models one after the other.
 *
 *     threads MODEL CYCLES     exits 0 when all is right
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jaga.h"

enum { THREADS = 8, TEXTS = 6, ROUNDS = 40 };

static const char *const texts[TEXTS] = {
    "umur berapa dek? sendirian di rumah?",
    "besok jadi futsal ga?",
    "",
    "kirim foto dulu baru kakak topup 50rb",
    "\xff\xfe broken \xc3",
    "\xf0\x9f\x98\x82 hahaha ok, see you tomorrow",
};

static const jaga_model *model;
static jaga_score expected[TEXTS];

static void *score_all(void *wrong) {
  for (int round = 0; round < ROUNDS; round += 1) {
    for (int i = 0; i < TEXTS; i += 1) {
      jaga_score score;
      if (jaga_score_text(model, texts[i], strlen(texts[i]), &score) != JAGA_OK ||
          memcmp(&score, &expected[i], sizeof score) != 0)
        *(int *)wrong += 1;
    }
    /* What fails on one thread is not seen by another. */
    if (jaga_score_text(NULL, "", 0, NULL) != JAGA_ERROR_ARGUMENT || strstr(jaga_last_error(), "'model'") == NULL)
      *(int *)wrong += 1;
  }
  return NULL;
}

static long resident_kilobytes(void) {
  long pages = 0, ignored = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%ld %ld", &ignored, &pages) != 2) pages = 0;
  if (file != NULL) fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static int check(int is_right, const char *what) {
  if (!is_right) fprintf(stderr, "wrong: %s (%s)\n", what, jaga_last_error());
  return is_right ? 0 : 1;
}

/* A child goes on with the model of its parent. */
static int scores_after_fork(void) {
  pid_t child = fork();
  if (child == 0) {
    int wrong = 0;
    score_all(&wrong);
    _exit(wrong == 0 ? 0 : 1);
  }
  int status = 1;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  jaga_model *opened;
  if (check(jaga_model_open(argv[1], 0, &opened) == JAGA_OK, "open")) return 1;
  model = opened;
  int wrong = 0;
  for (int i = 0; i < TEXTS; i += 1)
    wrong += check(jaga_score_text(model, texts[i], strlen(texts[i]), &expected[i]) == JAGA_OK, "score");

  pthread_t threads[THREADS];
  int found[THREADS] = {0};
  for (int i = 0; i < THREADS; i += 1) pthread_create(&threads[i], NULL, score_all, &found[i]);
  for (int i = 0; i < THREADS; i += 1) {
    pthread_join(threads[i], NULL);
    wrong += check(found[i] == 0, "another result on another thread");
  }
  wrong += check(scores_after_fork(), "a forked child");
  jaga_model_close(opened);

  long cycles = strtol(argv[2], NULL, 10), before = 0;
  for (long cycle = 0; cycle < cycles; cycle += 1) {
    if (cycle == cycles / 4) before = resident_kilobytes();
    jaga_score score;
    jaga_tracker *tracker;
    wrong += check(jaga_model_open(argv[1], 0, &opened) == JAGA_OK, "open again");
    wrong += check(jaga_tracker_new(opened, 0, &tracker) == JAGA_OK, "tracker");
    jaga_model_close(opened);
    wrong += check(jaga_tracker_score(tracker, "c", 1, "a", 1, texts[0], strlen(texts[0]), &score, NULL) == JAGA_OK &&
                       score.score == expected[0].score,
                   "a tracker keeps its model");
    jaga_tracker_free(tracker);
    if (wrong > 0) break;
  }
  long growth = resident_kilobytes() - before;
  printf("%ld cycles, %ld KB more than after a quarter of them\n", cycles, growth);
  /* What an allocator keeps varies by some hundred KB; a leak of 100 bytes a cycle would exceed this in 100,000. */
  if (cycles >= 1000) wrong += check(growth < 2048, "memory grows");
  return wrong == 0 ? 0 : 1;
}
