/* jaga.h: score chat messages from C, and from whatever calls C.
 *
 *     jaga_model *model;
 *     if (jaga_model_open(NULL, 0, &model) != JAGA_OK) { puts(jaga_last_error()); return 1; }
 *     jaga_score score;
 *     jaga_score_text(model, "umur berapa dek?", 16, &score);
 *     printf("%.6f %s\n", score.score, jaga_label_name(score.top));
 *     jaga_model_close(model);
 *
 * Results describe messages and conversations, never persons, and are the same bits as those of `jaga score`.
 *
 * Errors     A function that can fail returns a jaga_status; jaga_last_error() then says why, for this thread. Nothing that is passed makes the
 *            process end, as long as pointers are NULL or point to what is described, and handles are open.
 * Threads    A jaga_model may be used by any number of threads at once. Every other handle: one thread at a time. No thread outlives the call
 *            that started it, and no lock is held between calls: after fork() the child goes on with what it inherited, unless another thread was inside a call
 *            on a tracker, explanation or reader.
 * Text       UTF-8 by pointer and length in bytes, without a closing zero; the pointer may be NULL when the length is 0. What is not UTF-8 is
 *            read as U+FFFD. A text is at most 1 GiB. Offsets count bytes of the text as it was given.
 * Ownership  What a function returns as `const char *` belongs to the library. Handles are freed by the function named at their type.
 * Units      Scores are probabilities from 0 to 1; logits are natural. Times are milliseconds since 1970-01-01T00:00:00Z.
 */
#ifndef JAGA_H
#define JAGA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The number of labels that are moves of a track, and so of the probabilities in `labels`; labels 20 and 21 are `disclosure` and `benign`. */
#define JAGA_MOVE_COUNT 20
/* What jaga_abi_version() says of this header. */
#define JAGA_ABI_VERSION 2

typedef int32_t jaga_status;
enum {
  JAGA_OK = 0,
  JAGA_ERROR_MODEL = 1,    /* the model or overlay cannot be found or opened */
  JAGA_ERROR_ARGUMENT = 2, /* a pointer that must not be NULL, a number out of its range, an unknown name */
  JAGA_ERROR_INPUT = 3,    /* an Arrow schema or array, offsets, or a file's content */
  JAGA_ERROR_STATE = 4,    /* the state of a conversation is damaged, or of another model or version */
  JAGA_ERROR_IO = 5,       /* a file cannot be read */
  JAGA_ERROR_MEMORY = 6    /* not enough memory */
};

/* The version of the library, as "0.9.0". */
const char *jaga_version(void);
/* Counts up when something in this header changes that a compiled caller would notice, and when a function comes to it.
 * 2: jaga_reader_repeated; jaga_reader_next gives the messages before an error. */
int32_t jaga_abi_version(void);
/* Why the last call of this thread failed: one sentence with its remedy, and never the text of a message. Empty before the first failure. Good until this
 * thread's next failure. */
const char *jaga_last_error(void);

/* ---- Names -------------------------------------------------------------------------------------------------------- */

/* The number of labels: the moves, `disclosure`, `benign`. */
int32_t jaga_label_count(void);
/* The name of a label ("grooming.contact"), band ("none", "watch", "review", "high") or language ("id", "en", "mix", "other"); NULL for a number
 * that has none. */
const char *jaga_label_name(int32_t label);
const char *jaga_band_name(int32_t band);
const char *jaga_language_name(int32_t language);

/* ---- Models ------------------------------------------------------------------------------------------------------- */

/* An opened model; immutable. Free it with jaga_model_close. */
typedef struct jaga_model jaga_model;

typedef struct jaga_model_options {
  size_t size;              /* sizeof(jaga_model_options): fields may be added at the end */
  const char *path;         /* as in jaga_model_open; may be NULL */
  const char *overlay_path; /* a file of `jaga lexicon compile`, added to the model's own lists and rules; may be NULL */
  double base_rate;         /* share of moves among messages where this runs, above 0 and below 1; 0 keeps the model's */
} jaga_model_options;

/* Opens a model. `path` NULL takes $JAGA_MODEL, then `default.jaga` beside the library, then the places where `jaga` looks.
 * Cost: one checksum pass over the file, milliseconds; the file stays mapped, not copied. On failure *out is NULL. */
jaga_status jaga_model_open(const char *path, double base_rate, jaga_model **out);
jaga_status jaga_model_open_options(const jaga_model_options *options, jaga_model **out);
/* Gives the handle back; NULL is fine. Trackers and explanations made from it go on. No other thread may be using it. */
void jaga_model_close(jaga_model *model);
/* The model's id, as records carry it ("3f9a1c02", an overlay adds "+" and its own). Good until the model is closed. NULL for NULL. */
const char *jaga_model_id(const jaga_model *model);

/* ---- One text ----------------------------------------------------------------------------------------------------- */

typedef struct jaga_score {
  double score;                   /* probability that the message is a move in any track */
  double disclosure;              /* probability that somebody asks for help */
  double labels[JAGA_MOVE_COUNT]; /* probability of each move; none exceeds `score` */
  uint8_t band;                   /* how soon to look: jaga_band_name */
  uint8_t top;                    /* the most likely move: jaga_label_name */
  uint8_t language;               /* jaga_language_name */
  uint8_t reserved[5];            /* 0 */
} jaga_score;

/* Scores one text as a conversation of its own. Cost: some microseconds; allocates nothing once warm. */
jaga_status jaga_score_text(const jaga_model *model, const char *utf8, size_t length, jaga_score *out);

/* ---- Many texts --------------------------------------------------------------------------------------------------- */

/* Where results go: arrays of `count` elements (labels: count * 20, row after row) that the caller owns. NULL for what is not wanted; without
 * `labels` scoring is faster. */
typedef struct jaga_columns {
  size_t size; /* sizeof(jaga_columns) */
  double *score;
  double *disclosure;
  double *labels;
  uint8_t *band;
  uint8_t *top;
  uint8_t *language;
} jaga_columns;

/* Scores many texts, each as a conversation of its own. Text i lies in data[offsets[i]] to data[offsets[i + 1]]; there are count + 1 offsets, which never
 * run backwards (else JAGA_ERROR_INPUT, and the columns are as they were). `threads`: 0 for one for each processor, 256 at most, each for at
 * least 64 texts; results do not depend on it. */
jaga_status jaga_score_texts(const jaga_model *model, const uint8_t *data, const int64_t *offsets, int64_t count,
                             int32_t threads, const jaga_columns *out);
/* The same with offsets of 32 bits, as Arrow's utf8 has them. */
jaga_status jaga_score_texts32(const jaga_model *model, const uint8_t *data, const int32_t *offsets, int64_t count,
                               int32_t threads, const jaga_columns *out);

/* ---- Conversations ------------------------------------------------------------------------------------------------ */

/* Remembers conversations, as `jaga score` does: at most `capacity` in 64 shards by the hash of their id; the one of a shard that is longest
 * without a message gives way to a new one. Free it with jaga_tracker_free. One thread at a time. */
typedef struct jaga_tracker jaga_tracker;

typedef struct jaga_conversation_score {
  double score;         /* probability that the conversation holds an escalating pattern */
  int64_t messages;     /* messages so far */
  int64_t first_alert;  /* index, from 0, of the first message at which it reached `review`; -1: never */
  uint8_t band;
  uint8_t top;          /* the strongest move; 21 (`benign`) while there is none */
  uint8_t support;      /* 1 once somebody in it asked for help */
  uint8_t reserved[5];  /* 0 */
} jaga_conversation_score;

/* `capacity` 0 is 65536, and others are rounded up to a multiple of 64. About 1 KB a conversation, taken as they come. */
jaga_status jaga_tracker_new(const jaga_model *model, int64_t capacity, jaga_tracker **out);
void jaga_tracker_free(jaga_tracker *tracker); /* NULL is fine */
/* Scores a message after those that came before in its conversation. An empty conversation id: a conversation of its own. `author` may be empty
 * (unknown). `out` or `conversation` may be NULL. A repeated message counts again: drop repetitions before. */
jaga_status jaga_tracker_score(jaga_tracker *tracker, const char *conversation_id, size_t conversation_length,
                               const char *author_id, size_t author_length, const char *utf8, size_t length,
                               jaga_score *out, jaga_conversation_score *conversation);
/* The conversation so far; all zero, with first_alert -1 and top 21, when it is not in memory. */
jaga_status jaga_tracker_conversation(const jaga_tracker *tracker, const char *conversation_id, size_t conversation_length,
                                      jaga_conversation_score *out);
/* Conversations given up so far because there were too many. 0 for NULL. */
int64_t jaga_tracker_evictions(const jaga_tracker *tracker);
/* Copies the conversation's state, one or two KB that are bound to the model's id, into `buffer`; *needed is their number, 0 when the
 * conversation is not in memory. When `capacity` is less than *needed nothing is copied, and the status is JAGA_OK all the same. */
jaga_status jaga_tracker_state(const jaga_tracker *tracker, const char *conversation_id, size_t conversation_length,
                               uint8_t *buffer, size_t capacity, size_t *needed);
/* Puts a state in place of what is known of the conversation. JAGA_ERROR_STATE when it is damaged or of another model; nothing is
 * changed then, and whoever calls may go on afresh. */
jaga_status jaga_tracker_restore(jaga_tracker *tracker, const char *conversation_id, size_t conversation_length,
                                 const uint8_t *state, size_t length);
/* Forgets a conversation. */
jaga_status jaga_tracker_forget(jaga_tracker *tracker, const char *conversation_id, size_t conversation_length);

/* ---- Explanation -------------------------------------------------------------------------------------------------- */

/* Why a text, as a conversation of its own, has its score. Free it with jaga_explanation_free. */
typedef struct jaga_explanation jaga_explanation;

enum {
  JAGA_EVIDENCE = 0,     /* spans that speak for the top label, strongest first */
  JAGA_CONTRIBUTIONS = 1 /* every term; those of a head add up to its logit */
};

typedef struct jaga_term {
  int64_t begin, end;  /* bytes of the text; -1 for what has no place (prior, base-rate) */
  double logit;        /* what it adds */
  int32_t label;       /* what it speaks for; -1 for the head `move` */
  int32_t reserved;    /* 0 */
  const char *head;    /* a label's name, `move` or `disclosure` */
  const char *source;  /* `word`, `lexicon:ID`, `rule:ID`, `prior`, …; both good until the explanation is freed */
} jaga_term;

/* Cost: up to some milliseconds: it names each of some hundred terms. */
jaga_status jaga_explain(const jaga_model *model, const char *utf8, size_t length, jaga_explanation **out);
void jaga_explanation_free(jaga_explanation *explanation); /* NULL is fine */
jaga_status jaga_explanation_score(const jaga_explanation *explanation, jaga_score *out);
/* The number of terms of a kind; 0 for NULL or an unknown kind. */
int64_t jaga_explanation_count(const jaga_explanation *explanation, int32_t kind);
jaga_status jaga_explanation_term(const jaga_explanation *explanation, int32_t kind, int64_t index, jaga_term *out);
/* The record of `jaga score --explain` as JSON without a line break, its ids empty; good until the explanation is freed. NULL for NULL. */
const char *jaga_explanation_json(const jaga_explanation *explanation);

/* ---- Arrow -------------------------------------------------------------------------------------------------------- */

/* The C Data Interface, https://arrow.apache.org/docs/format/CDataInterface.html */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif

enum {
  JAGA_ARROW_LABELS = 1,  /* add `labels` */
  JAGA_ARROW_EVIDENCE = 2 /* add `evidence` */
};

typedef struct jaga_arrow_options {
  size_t size;                     /* sizeof(jaga_arrow_options) */
  const char *text_column;         /* NULL: "text" */
  const char *conversation_column; /* NULL: "conversation_id"; used with a tracker */
  const char *author_column;       /* NULL: "author_id"; used with a tracker where it exists */
  int32_t flags;                   /* JAGA_ARROW_… */
  int32_t threads;                 /* as in jaga_score_texts; with a tracker or evidence it is 1 */
} jaga_arrow_options;

/* Scores a record batch (a struct array with a text column), or a text column by itself. Text and ids are utf8, large_utf8 or utf8_view, or a
 * dictionary of these, and are read where they lie; at most 2147483647 rows. `tracker` NULL takes each row alone; else rows go in order, and one without a conversation id is alone.
 * `options` may be NULL.
 *
 * `schema` and `array` are consumed: released by this call, whatever comes of it. `out_schema` and `out` are filled on success and belong to the
 * caller, who releases them; on failure their release is NULL.
 *
 * Out, a struct array of as many rows: `score`, `disclosure` (float64); `band`, `label`, `lang` (dictionary of utf8, int8 indices); with a tracker
 * `conversation_score` (float64), `conversation_band`, `conversation_label`, `support_needed` (bool); with JAGA_ARROW_LABELS `labels`
 * (fixed_size_list<float64>[20]); with JAGA_ARROW_EVIDENCE `evidence` (list<struct<begin: int32, end: int32, label: dictionary, logit: float64,
 * source: utf8>>), filled as `jaga score` does: for rows above band `none`, or with score or disclosure from 0.5. A null text is null in every column and
 * not part of its conversation. */
jaga_status jaga_score_arrow(const jaga_model *model, jaga_tracker *tracker, struct ArrowSchema *schema,
                             struct ArrowArray *array, const jaga_arrow_options *options,
                             struct ArrowSchema *out_schema, struct ArrowArray *out);

/* ---- Transcripts -------------------------------------------------------------------------------------------------- */

/* Reads a chat file of any format that `jaga score` reads. Close it with jaga_reader_close. */
typedef struct jaga_reader jaga_reader;

/* `format`: jsonl, csv, chatml, whatsapp, telegram, discord, convokit, pan12; NULL recognises it. .gz and .zst are decompressed. */
jaga_status jaga_reader_open(const char *path, const char *format, jaga_reader **out);
/* The next messages, at least `limit` of them where there are as many (limit 0: 65536; at most 16777216) and a column has room for them (2 GiB), as a
 * struct array that the caller releases: `conversation_id` (null for a message without one), `message_id`, `author_id`, `text` (utf8), `timestamp`
 * (timestamp[ms, UTC], null when unknown). 0 rows at the end.
 *
 * What cannot be read, such as compressed data that is damaged, loses nothing before it: the messages that were read come with JAGA_OK, the call after
 * them fails, and the one after that has 0 rows. After JAGA_ERROR_MEMORY the same messages come again.
 *
 * A message whose conversation and message ids came before, with at most 1048576 others between, is left out, as by `jaga score`; one without an id of its
 * own never is. */
jaga_status jaga_reader_next(jaga_reader *reader, int64_t limit, struct ArrowSchema *out_schema, struct ArrowArray *out);
/* Malformed records that were skipped so far; and warnings, of things repaired. 0 for NULL. */
int64_t jaga_reader_skipped(const jaga_reader *reader);
int64_t jaga_reader_warnings(const jaga_reader *reader);
/* Messages that were left out so far, since their ids came before. 0 for NULL. */
int64_t jaga_reader_repeated(const jaga_reader *reader);
void jaga_reader_close(jaga_reader *reader); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
