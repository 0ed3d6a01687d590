// One PAN12 conversation (`<conversation id="…">…</conversation>`) through expat.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jaga_pan12_parser jaga_pan12_parser;

typedef struct {
  uint32_t offset;
  uint32_t count;
} jaga_xml_field;

/// One `<message line="…">`; absent parts have count 0. `row` is its line in the fragment, from 0.
typedef struct {
  jaga_xml_field line, author, time, text;
  uint32_t row;
} jaga_pan12_message;

typedef struct {
  jaga_xml_field id;
  const jaga_pan12_message *messages;
  size_t message_count;
  const uint8_t *bytes;
} jaga_pan12_conversation;

/// Null when there is no memory.
jaga_pan12_parser *jaga_pan12_parser_create(void);
void jaga_pan12_parser_destroy(jaga_pan12_parser *parser);

/// Parses one conversation of valid UTF-8. Returns 0, or 1 with the line (from 0, in the fragment) where the XML breaks.
int32_t jaga_pan12_parse(jaga_pan12_parser *parser, const uint8_t *data, size_t count, uint32_t *broken_line);
jaga_pan12_conversation jaga_pan12_get(const jaga_pan12_parser *parser);

#ifdef __cplusplus
}
#endif
