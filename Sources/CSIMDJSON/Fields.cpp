// What a message record may hold, key by key.
#include "Parser.hpp"
#include "Strings.hpp"

using simdjson::ondemand::json_type;

enum Key {
  UNKNOWN, CONVERSATION, MESSAGE, ID, AUTHOR, AUTHOR_SHORT, ROLE, TIMESTAMP, TEXT, LANG, LABELS, MESSAGES
};

static const struct {
  const char *name;
  size_t count;
  int key;
} known_keys[] = {
    {"text", 4, TEXT},
    {"id", 2, ID},
    {"message_id", 10, MESSAGE},
    {"conversation_id", 15, CONVERSATION},
    {"author_id", 9, AUTHOR},
    {"author", 6, AUTHOR_SHORT},
    {"author_role", 11, ROLE},
    {"timestamp", 9, TIMESTAMP},
    {"lang", 4, LANG},
    {"labels", 6, LABELS},
    {"messages", 8, MESSAGES},
};

/// True when the key that begins here is `name`, whose closing quote is part of it. What is read past the input is padding.
template <size_t size>
static inline bool is_key(const uint8_t *raw, const char (&name)[size]) {
  return std::memcmp(raw, name, size - 1) == 0;
}

int jaga_json_parser::key_of(const uint8_t *raw) {
  switch (raw[0]) {
    case 't':
      if (is_key(raw, "text\"")) return TEXT;
      if (is_key(raw, "timestamp\"")) return TIMESTAMP;
      break;
    case 'c':
      if (is_key(raw, "conversation_id\"")) return CONVERSATION;
      break;
    case 'm':
      if (is_key(raw, "message_id\"")) return MESSAGE;
      if (is_key(raw, "messages\"")) return MESSAGES;
      break;
    case 'a':
      if (is_key(raw, "author_id\"")) return AUTHOR;
      if (is_key(raw, "author\"")) return AUTHOR_SHORT;
      if (is_key(raw, "author_role\"")) return ROLE;
      break;
    case 'i':
      if (is_key(raw, "id\"")) return ID;
      break;
    case 'l':
      if (is_key(raw, "lang\"")) return LANG;
      if (is_key(raw, "labels\"")) return LABELS;
      break;
    default: break;
  }
  const uint8_t *at = raw;
  while (at < input_end && *at != '"' && *at != '\\') at++;
  if (at >= input_end) return -1;
  if (*at == '"') return UNKNOWN;
  // An escaped key: decoded where the next string will go, and forgotten.
  bool lone = false;
  uint8_t *scratch = arena.bytes.data() + arena.used;
  uint8_t *end = jaga_strings::decode(raw, input_end, scratch, lone);
  if (!end) return -1;
  size_t count = size_t(end - scratch);
  for (const auto &known : known_keys) {
    if (known.count == count && std::memcmp(scratch, known.name, count) == 0) return known.key;
  }
  return UNKNOWN;
}

/// True when two keys differ at most in case and in what joins their words: conversationId and conversation_id. `folded` is one in small letters, joined by nothing.
static bool is_spelling_of(const char *folded, const uint8_t *key, size_t count) {
  for (size_t index = 0; index < count; index++) {
    uint8_t byte = key[index];
    if (byte == '_' || byte == '-' || byte == ' ' || byte == '.') continue;
    if (byte >= 'A' && byte <= 'Z') byte |= 0x20;
    if (byte != uint8_t(*folded)) return false;
    folded++;
  }
  return *folded == 0;
}

const char *jaga_json_meant_key(const uint8_t *key, size_t count) {
  static const struct { const char *folded, *name; } ids[] = {
      {"conversationid", "conversation_id"}, {"messageid", "message_id"}, {"authorid", "author_id"}};
  for (const auto &id : ids) {
    bool is_right = count == std::strlen(id.name) && std::memcmp(key, id.name, count) == 0;
    if (!is_right && is_spelling_of(id.folded, key, count)) return id.name;
  }
  return nullptr;
}

/// Ids that a record has under another spelling of their key.
struct MeantKeys {
  /// No spelling of them, escaped even, is longer.
  static constexpr size_t longest = 128;
  const char *conversation = nullptr, *message = nullptr, *author = nullptr;

  /// `value` is the value as it is written: nothing is lost where none is given.
  void note(const uint8_t *raw, const uint8_t *input_end, std::string_view value) {
    const uint8_t *end = raw;
    while (end < input_end && *end != '"') end += *end == '\\' ? 2 : 1;
    if (end > raw + longest || value.substr(0, 2) == "\"\"" || value.substr(0, 4) == "null") return;
    bool lone = false;
    uint8_t key[2 * longest];
    const uint8_t *key_end = jaga_strings::decode(raw, input_end, key, lone);
    if (!key_end) return;
    const char *meant = jaga_json_meant_key(key, size_t(key_end - key));
    if (!meant) return;
    (meant[0] == 'c' ? conversation : meant[0] == 'm' ? message : author) = meant;
  }

  /// The first that a record lacks under its own name.
  const char *lacking(const jaga_json_row &row) const {
    if (row.conversation.count == 0 && conversation) return conversation;
    if (row.message.count == 0 && message) return message;
    return row.author.count == 0 ? author : nullptr;
  }
};

int32_t jaga_json_parser::wrong_type(int key) {
  fault_key = "";
  for (const auto &known : known_keys) {
    if (known.key == key) fault_key = known.name;
  }
  return JAGA_JSON_WRONG_TYPE;
}

int32_t jaga_json_parser::push(const jaga_json_row &row, const MeantKeys &meant) {
  if (const char *key = meant.lacking(row)) {
    fault_key = key;
    return JAGA_JSON_OTHER_SPELLING;
  }
  rows.push_back(row);
  return JAGA_JSON_OK;
}

int32_t jaga_json_parser::copy_string(const uint8_t *from, jaga_json_field &field, uint32_t &flags) {
  bool lone = false;
  uint8_t *to = arena.bytes.data() + arena.used;
  uint8_t *end = jaga_strings::decode(from, input_end, to, lone);
  if (!end) return JAGA_JSON_INVALID;
  field = {uint32_t(arena.used), uint32_t(end - to)};
  arena.used += field.count;
  if (lone) flags |= JAGA_JSON_FLAG_SURROGATE;
  return JAGA_JSON_OK;
}

int32_t jaga_json_parser::copy_number(Value &value, jaga_json_field &field) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && uint8_t(token.back()) <= ' ') token.remove_suffix(1);
  if (!jaga_strings::is_number(token.data(), token.size())) return JAGA_JSON_INVALID;
  std::memcpy(arena.bytes.data() + arena.used, token.data(), token.size());
  field = {uint32_t(arena.used), uint32_t(token.size())};
  arena.used += token.size();
  return JAGA_JSON_OK;
}

int32_t jaga_json_parser::string_field(Value &value, json_type type, int key, jaga_json_field &field, uint32_t &flags) {
  if (type == json_type::null) {
    field = {0, 0};
    return checked_skip(value, 0);
  }
  if (type != json_type::string) return wrong_type(key);
  simdjson::ondemand::raw_json_string raw;
  if (auto error = value.get_raw_json_string().get(raw)) return status_of(error);
  return copy_string(reinterpret_cast<const uint8_t *>(raw.raw()), field, flags);
}

int32_t jaga_json_parser::text_field(Value &value, int key, jaga_json_field &field, uint32_t &flags) {
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  return string_field(value, type, key, field, flags);
}

int32_t jaga_json_parser::identifier_field(Value &value, int key, jaga_json_field &field, uint32_t &flags) {
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  if (type == json_type::number) return copy_number(value, field);
  return string_field(value, type, key, field, flags);
}

int32_t jaga_json_parser::time_field(Value &value, int key, jaga_json_row &row) {
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  row.flags &= ~uint32_t(JAGA_JSON_FLAG_NUMERIC_TIME);
  if (type == json_type::number) row.flags |= JAGA_JSON_FLAG_NUMERIC_TIME;
  return identifier_field(value, key, row.timestamp, row.flags);
}

int32_t jaga_json_parser::label_field(Value &value, int key, jaga_json_row &row) {
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  if (type == json_type::null) return checked_skip(value, 0);
  if (type != json_type::array) return wrong_type(key);
  simdjson::ondemand::array array;
  if (auto error = value.get_array().get(array)) return status_of(error);
  row.first_label = uint32_t(labels.size());
  for (auto result : array) {
    Value item;
    if (auto error = result.get(item)) return status_of(error);
    jaga_json_field label;
    uint32_t ignored_flags = 0;
    json_type item_type;
    if (auto error = item.type().get(item_type)) return status_of(error);
    if (item_type != json_type::string) return wrong_type(key);
    if (auto status = string_field(item, item_type, key, label, ignored_flags)) return status;
    labels.push_back(label);
  }
  row.label_count = uint32_t(labels.size()) - row.first_label;
  return JAGA_JSON_OK;
}

/// Steps over a value and checks it to the last byte, so that a record is either good JSON or counted as bad, on every path.
int32_t jaga_json_parser::checked_skip(Value &value, int depth) {
  if (depth > JAGA_JSON_MAX_DEPTH) return JAGA_JSON_TOO_DEEP;
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  switch (type) {
    case json_type::string: {
      simdjson::ondemand::raw_json_string raw;
      if (auto error = value.get_raw_json_string().get(raw)) return status_of(error);
      bool lone = false;
      uint8_t *scratch = arena.bytes.data() + arena.used;
      bool good = jaga_strings::decode(reinterpret_cast<const uint8_t *>(raw.raw()), input_end, scratch, lone);
      return good ? JAGA_JSON_OK : JAGA_JSON_INVALID;
    }
    case json_type::number: {
      size_t used = arena.used;
      jaga_json_field ignored;
      int32_t status = copy_number(value, ignored);
      arena.used = used;
      return status;
    }
    case json_type::boolean: {
      bool ignored;
      auto error = value.get_bool().get(ignored);
      return error ? status_of(error) : JAGA_JSON_OK;
    }
    case json_type::null: {
      bool is_null = false;
      auto error = value.is_null().get(is_null);
      if (error) return status_of(error);
      return is_null ? JAGA_JSON_OK : JAGA_JSON_INVALID;
    }
    case json_type::array: {
      simdjson::ondemand::array array;
      if (auto error = value.get_array().get(array)) return status_of(error);
      for (auto result : array) {
        Value item;
        if (auto error = result.get(item)) return status_of(error);
        if (auto status = checked_skip(item, depth + 1)) return status;
      }
      return JAGA_JSON_OK;
    }
    case json_type::object: {
      Object object;
      if (auto error = value.get_object().get(object)) return status_of(error);
      for (auto result : object) {
        simdjson::ondemand::field field;
        if (auto error = std::move(result).get(field)) return status_of(error);
        if (key_of(reinterpret_cast<const uint8_t *>(field.key().raw())) < 0) return JAGA_JSON_INVALID;
        if (auto status = checked_skip(field.value(), depth + 1)) return status;
      }
      return JAGA_JSON_OK;
    }
  }
  return JAGA_JSON_INVALID;
}

int32_t jaga_json_parser::known_field(int key, Value value, jaga_json_row &row, bool &has_text) {
  switch (key) {
    case TEXT: {
      json_type type;
      if (auto error = value.type().get(type)) return status_of(error);
      has_text = type == json_type::string;
      return string_field(value, type, key, row.text, row.flags);
    }
    case CONVERSATION: return identifier_field(value, key, row.conversation, row.flags);
    case MESSAGE: return identifier_field(value, key, row.message, row.flags);
    case AUTHOR: return identifier_field(value, key, row.author, row.flags);
    case ROLE: return text_field(value, key, row.role, row.flags);
    case TIMESTAMP: return time_field(value, key, row);
    case LANG: return text_field(value, key, row.language, row.flags);
    case LABELS: return label_field(value, key, row);
    default: return checked_skip(value, 0);
  }
}

int32_t jaga_json_parser::element(Object object, jaga_json_row base) {
  jaga_json_row row = base;
  jaga_json_field short_author = {0, 0}, ignored = {0, 0};
  MeantKeys meant;
  bool has_text = false;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (auto error = std::move(result).get(field)) return status_of(error);
    const uint8_t *raw = reinterpret_cast<const uint8_t *>(field.key().raw());
    int key = key_of(raw);
    if (key < 0) return JAGA_JSON_INVALID;
    if (key == UNKNOWN) meant.note(raw, input_end, field.value().raw_json_token());
    int32_t status;
    if (key == AUTHOR_SHORT) {
      status = identifier_field(field.value(), key, short_author, row.flags);
    } else if (key == ID || key == MESSAGE || key == CONVERSATION) {
      status = identifier_field(field.value(), key, ignored, row.flags);
    } else {
      status = known_field(key, field.value(), row, has_text);
    }
    if (status) return status;
  }
  if (!has_text) return JAGA_JSON_NO_TEXT;
  if (row.author.count == 0) row.author = short_author;
  // The ids of a transcript's messages are its own.
  meant.conversation = meant.message = nullptr;
  return push(row, meant);
}

int32_t jaga_json_parser::transcript(Value value, jaga_json_row base) {
  json_type type;
  if (auto error = value.type().get(type)) return status_of(error);
  if (type != json_type::array) return wrong_type(MESSAGES);
  simdjson::ondemand::array array;
  if (auto error = value.get_array().get(array)) return status_of(error);
  base.flags |= JAGA_JSON_FLAG_INDEXED;
  for (auto result : array) {
    Value item;
    if (auto error = result.get(item)) return status_of(error);
    json_type item_type;
    if (auto error = item.type().get(item_type)) return status_of(error);
    if (item_type != json_type::object) return wrong_type(MESSAGES);
    Object object;
    if (auto error = item.get_object().get(object)) return status_of(error);
    if (auto status = element(object, base)) return status;
    base.index++;
  }
  return JAGA_JSON_OK;
}

int32_t jaga_json_parser::record_of(Object object, uint32_t line, uint32_t record) {
  size_t first = rows.size();
  jaga_json_row row = {};
  row.line = line;
  row.record = record;
  jaga_json_row base = row;
  jaga_json_field alias = {0, 0};
  jaga_json_field short_author = {0, 0};
  MeantKeys meant;
  bool has_text = false, has_messages = false;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (auto error = std::move(result).get(field)) return status_of(error);
    const uint8_t *raw = reinterpret_cast<const uint8_t *>(field.key().raw());
    int key = key_of(raw);
    if (key < 0) return JAGA_JSON_INVALID;
    if (key == UNKNOWN) meant.note(raw, input_end, field.value().raw_json_token());
    int32_t status;
    if (key == ID) {
      status = identifier_field(field.value(), key, alias, row.flags);
    } else if (key == AUTHOR_SHORT) {
      json_type type;
      Value value = field.value();
      if (auto error = value.type().get(type)) return status_of(error);
      bool simple = type == json_type::string || type == json_type::number || type == json_type::null;
      status = simple ? identifier_field(value, key, short_author, row.flags) : checked_skip(value, 0);
    } else if (key == MESSAGES) {
      rows.resize(first);
      has_messages = true;
      status = transcript(field.value(), base);
    } else {
      status = known_field(key, field.value(), row, has_text);
    }
    if (status) return status;
  }
  if (has_text) {
    rows.resize(first);
    if (row.message.count == 0) row.message = alias;
    if (row.author.count == 0) row.author = short_author;
    return push(row, meant);
  }
  if (!has_messages) return JAGA_JSON_NO_TEXT;
  if (row.conversation.count == 0 && meant.conversation) {
    rows.resize(first);
    fault_key = meant.conversation;
    return JAGA_JSON_OTHER_SPELLING;
  }
  jaga_json_field conversation = row.conversation.count ? row.conversation : alias;
  for (size_t index = first; index < rows.size(); index++) {
    rows[index].conversation = conversation;
    if (rows[index].language.count == 0) rows[index].language = row.language;
    if (index == first) rows[index].flags |= row.flags & JAGA_JSON_FLAG_SURROGATE;
  }
  return JAGA_JSON_OK;
}
