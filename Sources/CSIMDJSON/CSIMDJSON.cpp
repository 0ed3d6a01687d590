#include "CSIMDJSON.h"

#include <new>

#include "Parser.hpp"

using namespace simdjson;

int32_t jaga_json_parser::status_of(error_code error) {
  switch (error) {
    case SUCCESS: return JAGA_JSON_OK;
    case UTF8_ERROR: return JAGA_JSON_UTF8;
    case DEPTH_ERROR: return JAGA_JSON_TOO_DEEP;
    case CAPACITY: return JAGA_JSON_TOO_BIG;
    case MEMALLOC: return JAGA_JSON_MEMORY;
    default: return JAGA_JSON_INVALID;
  }
}

static bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

namespace {
/// Walks the lines that are not blank.
struct Lines {
  const uint8_t *data;
  size_t count, at = 0;
  uint32_t line = 0;

  /// Sets `first` to the first byte of the next line that is not blank, and `number` to that line's place.
  bool next(size_t &first, uint32_t &number) {
    while (at < count) {
      auto newline = static_cast<const uint8_t *>(std::memchr(data + at, '\n', count - at));
      size_t end = newline ? size_t(newline - data) : count;
      size_t begin = at;
      while (begin < end && is_blank(data[begin])) begin++;
      at = end + 1;
      number = line++;
      if (begin < end) {
        first = begin;
        return true;
      }
    }
    return false;
  }
};
}  // namespace

/// True when a document that begins at `first` begins its line, blanks aside.
static bool begins_line(const uint8_t *data, size_t first) {
  while (first > 0 && is_blank(data[first - 1])) first--;
  return first == 0 || data[first - 1] == '\n';
}

int32_t jaga_json_parser::decode_lines(const uint8_t *data, size_t count, jaga_line_counts counts) {
  if (count == 0) return JAGA_JSON_OK;
  arena.make_room(count);
  input_end = data + count;
  return counts.lines == counts.records ? decode_full_lines(data, count, counts.records)
                                        : decode_sparse_lines(data, count);
}

size_t jaga_json_parser::capacity_for(size_t count) {
  size_t need = count < 64 ? 64 : count;
  if (batch_capacity < need) batch_capacity = need + need / 8;
  return batch_capacity;
}

/// No line is blank. When every document begins a line, and there are as many documents as lines, every line has one: then
/// no document can reach into the next line, and this path accepts what the line-by-line path accepts.
int32_t jaga_json_parser::decode_full_lines(const uint8_t *data, size_t count, size_t records) {
  ondemand::document_stream stream;
  if (lines.iterate_many(data, count, capacity_for(count)).get(stream)) return JAGA_JSON_REDO;
  uint32_t record = 0;
  for (auto it = stream.begin(); it != stream.end(); ++it) {
    // The first one's index is that of the batch.
    if (record > 0 && !begins_line(data, it.current_index())) return JAGA_JSON_REDO;
    ondemand::document_reference document;
    if ((*it).get(document)) return JAGA_JSON_REDO;
    ondemand::object object;
    if (document.get_object().get(object)) return JAGA_JSON_REDO;
    if (record_of(object, record, record)) return JAGA_JSON_REDO;
    record++;
  }
  return record != records || stream.truncated_bytes() != 0 ? JAGA_JSON_REDO : JAGA_JSON_OK;
}

/// Some lines are blank, so that a document's line is not its number.
int32_t jaga_json_parser::decode_sparse_lines(const uint8_t *data, size_t count) {
  Lines walk{data, count};
  size_t first = 0;
  uint32_t line = 0, record = 0;
  if (!walk.next(first, line)) return JAGA_JSON_OK;
  ondemand::document_stream stream;
  if (lines.iterate_many(data, count, capacity_for(count)).get(stream)) return JAGA_JSON_REDO;
  bool more = true;
  for (auto it = stream.begin(); it != stream.end(); ++it) {
    // Every document has to begin where a line begins, and every line has to have one, as above.
    if (!more || (record > 0 && it.current_index() != first)) return JAGA_JSON_REDO;
    ondemand::document_reference document;
    if ((*it).get(document)) return JAGA_JSON_REDO;
    ondemand::object object;
    if (document.get_object().get(object)) return JAGA_JSON_REDO;
    if (record_of(object, line, record)) return JAGA_JSON_REDO;
    record++;
    more = walk.next(first, line);
  }
  return more || stream.truncated_bytes() != 0 ? JAGA_JSON_REDO : JAGA_JSON_OK;
}

int32_t jaga_json_parser::decode_line(const uint8_t *data, size_t count, uint32_t line, uint32_t record) {
  arena.make_room(count);
  input_end = data + count;
  ondemand::document document;
  auto error = lines.iterate(padded_string_view(data, count, count + JAGA_JSON_PADDING)).get(document);
  if (error) return status_of(error);
  ondemand::json_type type;
  if ((error = document.type().get(type))) return status_of(error);
  if (type != ondemand::json_type::object) return JAGA_JSON_NOT_OBJECT;
  ondemand::object object;
  if ((error = document.get_object().get(object))) return status_of(error);
  if (int32_t status = record_of(object, line, record)) return status;
  // Out of bounds: nothing follows the object.
  return document.current_location().error() == OUT_OF_BOUNDS ? JAGA_JSON_OK : JAGA_JSON_INVALID;
}

extern "C" {

jaga_json_parser *jaga_json_parser_create(void) { return new (std::nothrow) jaga_json_parser(); }

void jaga_json_parser_destroy(jaga_json_parser *parser) { delete parser; }

void jaga_json_clear(jaga_json_parser *parser) {
  parser->arena.used = 0;
  parser->rows.clear();
  parser->labels.clear();
}

int32_t jaga_json_decode_lines(jaga_json_parser *parser, const uint8_t *data, size_t count, jaga_line_counts counts) {
  int32_t status;
  try {
    status = parser->decode_lines(data, count, counts);
  } catch (...) {
    status = JAGA_JSON_REDO;
  }
  if (status) jaga_json_clear(parser);
  return status;
}

int32_t jaga_json_decode_line(jaga_json_parser *parser, const uint8_t *data, size_t count, uint32_t line,
                              uint32_t record) {
  size_t used = parser->arena.used, rows = parser->rows.size(), labels = parser->labels.size();
  int32_t status;
  try {
    status = parser->decode_line(data, count, line, record);
  } catch (...) {
    status = JAGA_JSON_MEMORY;
  }
  if (status) {
    parser->arena.used = used;
    parser->rows.resize(rows);
    parser->labels.resize(labels);
  }
  return status;
}

jaga_json_rows jaga_json_get_rows(const jaga_json_parser *parser) {
  return {parser->rows.data(), parser->rows.size(),   parser->arena.bytes.data(),
          parser->arena.used,  parser->labels.data(), parser->labels.size()};
}

const char *jaga_json_fault_key(const jaga_json_parser *parser) { return parser->fault_key; }

int32_t jaga_json_parse(jaga_json_parser *parser, const uint8_t *data, size_t count, const uint64_t **tape,
                        const uint8_t **strings) {
  try {
    auto &document = parser->document;
    if (document.capacity() < count || document.max_depth() != JAGA_JSON_MAX_DEPTH) {
      if (auto error = document.allocate(count, JAGA_JSON_MAX_DEPTH)) return jaga_json_parser::status_of(error);
    }
    dom::element root;
    auto error = document.parse(data, count, false).get(root);
    if (error) return jaga_json_parser::status_of(error);
    *tape = parser->document.doc.tape.get();
    *strings = parser->document.doc.string_buf.get();
    return JAGA_JSON_OK;
  } catch (...) {
    return JAGA_JSON_MEMORY;
  }
}

int32_t jaga_utf8_valid(const uint8_t *data, size_t count) {
  return validate_utf8(reinterpret_cast<const char *>(data), count) ? 1 : 0;
}
}
