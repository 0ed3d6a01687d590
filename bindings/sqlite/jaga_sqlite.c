/* Jaga's functions for SQLite; see Documentation/Guides/SQLite.md.
 *
 *     SELECT jaga_score(text), jaga_band(text), jaga_label(text), jaga_disclosure(text), jaga_explain(text), jaga_model_id();
 *
 * Each text is a conversation of its own. All are deterministic; NULL gives NULL. The model is that of $JAGA_MODEL, else the one beside the library; it is
 * opened when the extension is loaded and closed with the connection.
 */
#include <string.h>

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "jaga.h"

/* What the functions of one connection share. A connection is used by one thread at a time. */
typedef struct {
  jaga_model *model;
  int users;
} connection;

enum { SCORE, DISCLOSURE, BAND, LABEL, LANGUAGE, EXPLANATION, MODEL_ID, FUNCTION_COUNT };

typedef struct {
  connection *shared;
  int what;
} function;

static void drop(void *pointer) {
  function *self = pointer;
  connection *shared = self->shared;
  sqlite3_free(self);
  if (--shared->users > 0) return;
  jaga_model_close(shared->model);
  sqlite3_free(shared);
}

static void explain(sqlite3_context *context, const jaga_model *model, const char *text, size_t length) {
  jaga_explanation *why;
  if (jaga_explain(model, text, length, &why) != JAGA_OK) {
    sqlite3_result_error(context, jaga_last_error(), -1);
    return;
  }
  sqlite3_result_text(context, jaga_explanation_json(why), -1, SQLITE_TRANSIENT);
  jaga_explanation_free(why);
}

static void call(sqlite3_context *context, int count, sqlite3_value **values) {
  const function *self = sqlite3_user_data(context);
  const jaga_model *model = self->shared->model;
  if (self->what == MODEL_ID || count < 1) {
    sqlite3_result_text(context, jaga_model_id(model), -1, SQLITE_TRANSIENT);
    return;
  }
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  const char *text = (const char *)sqlite3_value_text(values[0]);
  size_t length = (size_t)sqlite3_value_bytes(values[0]);
  if (text == NULL && length > 0) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (self->what == EXPLANATION) {
    explain(context, model, text, length);
    return;
  }
  jaga_score score;
  if (jaga_score_text(model, text, length, &score) != JAGA_OK) {
    sqlite3_result_error(context, jaga_last_error(), -1);
    return;
  }
  switch (self->what) {
    case SCORE: sqlite3_result_double(context, score.score); break;
    case DISCLOSURE: sqlite3_result_double(context, score.disclosure); break;
    case BAND: sqlite3_result_text(context, jaga_band_name(score.band), -1, SQLITE_STATIC); break;
    case LABEL: sqlite3_result_text(context, jaga_label_name(score.top), -1, SQLITE_STATIC); break;
    default: sqlite3_result_text(context, jaga_language_name(score.language), -1, SQLITE_STATIC); break;
  }
}

__attribute__((visibility("default"))) int sqlite3_jagasqlite_init(sqlite3 *database, char **message, const sqlite3_api_routines *api) {
  static const struct {
    const char *name;
    int arguments;
  } names[FUNCTION_COUNT] = {{"jaga_score", 1},    {"jaga_disclosure", 1}, {"jaga_band", 1},    {"jaga_label", 1},
                             {"jaga_language", 1}, {"jaga_explain", 1},    {"jaga_model_id", 0}};
  SQLITE_EXTENSION_INIT2(api)
  connection *shared = sqlite3_malloc(sizeof *shared);
  if (shared == NULL) return SQLITE_NOMEM;
  /* One user more, until all functions are there. */
  shared->users = 1;
  if (jaga_model_open(NULL, 0, &shared->model) != JAGA_OK) {
    *message = sqlite3_mprintf("%s", jaga_last_error());
    sqlite3_free(shared);
    return SQLITE_ERROR;
  }
  int code = SQLITE_OK;
  for (int what = 0; what < FUNCTION_COUNT && code == SQLITE_OK; what += 1) {
    function *self = sqlite3_malloc(sizeof *self);
    if (self == NULL) {
      code = SQLITE_NOMEM;
      break;
    }
    self->shared = shared;
    self->what = what;
    shared->users += 1;
    /* On failure SQLite calls drop itself. */
    code = sqlite3_create_function_v2(database, names[what].name, names[what].arguments,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, self, call, NULL, NULL, drop);
    if (code != SQLITE_OK) {
      *message = sqlite3_mprintf("the function %s cannot be made: %s; is one of that name in use by a statement?", names[what].name,
                                 sqlite3_errmsg(database));
    }
  }
  if (--shared->users == 0) {
    jaga_model_close(shared->model);
    sqlite3_free(shared);
  }
  return code;
}
