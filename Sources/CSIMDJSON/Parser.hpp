#pragma once
#define SIMDJSON_DEVELOPMENT_CHECKS 0  // the same behaviour in debug and release: faults are statuses, never aborts
#include <cstring>
#include <simdjson.h>
#include <string>
#include <vector>

#include "CSIMDJSON.h"

/// Decoded bytes of one chunk. Room for a whole input is made beforehand, since decoding never makes text longer.
struct Arena {
  std::vector<uint8_t> bytes;
  size_t used = 0;

  void make_room(size_t input) {
    size_t need = used + input + 2 * JAGA_JSON_PADDING;
    if (bytes.size() < need) bytes.resize(need + need / 4);
  }
};

struct MeantKeys;

struct jaga_json_parser {
  simdjson::ondemand::parser lines;
  simdjson::dom::parser document;
  size_t batch_capacity = 0;
  Arena arena;
  std::vector<jaga_json_row> rows;
  std::vector<jaga_json_field> labels;
  const char *fault_key = "";
  const uint8_t *input_end = nullptr;

  int32_t decode_lines(const uint8_t *data, size_t count, jaga_line_counts counts);
  int32_t decode_line(const uint8_t *data, size_t count, uint32_t line, uint32_t record);
  static int32_t status_of(simdjson::error_code error);

 private:
  using Object = simdjson::ondemand::object;
  using Value = simdjson::ondemand::value;

  size_t capacity_for(size_t count);
  int32_t decode_full_lines(const uint8_t *data, size_t count, size_t records);
  int32_t decode_sparse_lines(const uint8_t *data, size_t count);
  int32_t record_of(Object object, uint32_t line, uint32_t record);
  int32_t transcript(Value value, jaga_json_row base);
  int32_t element(Object object, jaga_json_row base);
  int32_t known_field(int key, Value value, jaga_json_row &row, bool &has_text);
  int32_t string_field(Value &value, simdjson::ondemand::json_type type, int key, jaga_json_field &field,
                       uint32_t &flags);
  int32_t text_field(Value &value, int key, jaga_json_field &field, uint32_t &flags);
  int32_t identifier_field(Value &value, int key, jaga_json_field &field, uint32_t &flags);
  int32_t time_field(Value &value, int key, jaga_json_row &row);
  int32_t label_field(Value &value, int key, jaga_json_row &row);
  int32_t checked_skip(Value &value, int depth);
  int32_t copy_string(const uint8_t *from, jaga_json_field &field, uint32_t &flags);
  int32_t copy_number(Value &value, jaga_json_field &field);
  int key_of(const uint8_t *raw);
  int32_t wrong_type(int key);
  int32_t push(const jaga_json_row &row, const MeantKeys &meant);
};
