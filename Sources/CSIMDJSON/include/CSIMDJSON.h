// JSON for readers: message lines in bulk (simdjson's iterate_many), single lines, and whole documents as a tape.
// No simdjson header is visible here, so that the module imports anywhere.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes after the input that must be readable (their values do not matter).
#define JAGA_JSON_PADDING 64
/// Objects and arrays inside one another before a record is refused.
#define JAGA_JSON_MAX_DEPTH 256

typedef struct jaga_json_parser jaga_json_parser;

/// A run of bytes in `jaga_json_rows.bytes`.
typedef struct {
  uint32_t offset;
  uint32_t count;
} jaga_json_field;

enum {
  JAGA_JSON_FLAG_NUMERIC_TIME = 1,  // the timestamp was a number
  JAGA_JSON_FLAG_SURROGATE = 2,     // a lone surrogate escape became U+FFFD
  JAGA_JSON_FLAG_INDEXED = 4,       // an element of a transcript: `index` is its place
};

/// One message. Absent fields have count 0.
typedef struct {
  jaga_json_field conversation, message, author, role, text, language, timestamp;
  uint32_t first_label, label_count;  // into `jaga_json_rows.labels`
  uint32_t line;                      // from 0, within the chunk
  uint32_t record;                    // lines that are not blank, from 0, within the chunk
  uint32_t index;                     // place in a transcript
  uint32_t flags;
} jaga_json_row;

typedef struct {
  const jaga_json_row *rows;
  size_t row_count;
  const uint8_t *bytes;
  size_t byte_count;
  const jaga_json_field *labels;
  size_t label_count;
} jaga_json_rows;

typedef struct {
  size_t lines;    // line feeds, and one more when the last line has none
  size_t records;  // lines that hold more than blanks
} jaga_line_counts;

enum {
  JAGA_JSON_OK = 0,
  JAGA_JSON_REDO = 1,           // the chunk has a fault somewhere: decode it line by line
  JAGA_JSON_INVALID = 2,        // not well-formed JSON
  JAGA_JSON_UTF8 = 3,           // bytes that are not UTF-8
  JAGA_JSON_NOT_OBJECT = 4,     // JSON, but not an object
  JAGA_JSON_NO_TEXT = 5,        // the object has no text
  JAGA_JSON_WRONG_TYPE = 6,     // a known key has a value of the wrong kind: see jaga_json_fault_key
  JAGA_JSON_TOO_DEEP = 7,
  JAGA_JSON_TOO_BIG = 8,
  JAGA_JSON_MEMORY = 9,
  JAGA_JSON_OTHER_SPELLING = 10,  // an id's key is spelt another way, and the id is missing: see jaga_json_fault_key
};

jaga_json_parser *jaga_json_parser_create(void);
void jaga_json_parser_destroy(jaga_json_parser *parser);

/// Forgets the rows of the chunk before.
void jaga_json_clear(jaga_json_parser *parser);
/// Decodes whole lines, counted by `jaga_count_lines`. After anything but OK there are no rows.
int32_t jaga_json_decode_lines(jaga_json_parser *parser, const uint8_t *data, size_t count, jaga_line_counts counts);
/// Decodes one line and appends its rows; after anything but OK nothing was appended.
int32_t jaga_json_decode_line(jaga_json_parser *parser, const uint8_t *data, size_t count, uint32_t line,
                              uint32_t record);
jaga_json_rows jaga_json_get_rows(const jaga_json_parser *parser);
/// The key of the last WRONG_TYPE or OTHER_SPELLING, one of the known keys.
const char *jaga_json_fault_key(const jaga_json_parser *parser);
/// The id's key that a key is another spelling of, as conversationId is of conversation_id; NULL for any other.
const char *jaga_json_meant_key(const uint8_t *key, size_t count);

/// Parses a whole document; the tape (see simdjson's doc/tape.md) and its strings live until the next parse.
int32_t jaga_json_parse(jaga_json_parser *parser, const uint8_t *data, size_t count, const uint64_t **tape,
                        const uint8_t **strings);

/// Counts lines in one pass.
jaga_line_counts jaga_count_lines(const uint8_t *data, size_t count);

/// 1 when the bytes are valid UTF-8.
int32_t jaga_utf8_valid(const uint8_t *data, size_t count);

#ifdef __cplusplus
}
#endif
