#include "CExpat.h"

#include <cstring>
#include <new>
#include <vector>

#include <expat.h>

struct jaga_pan12_parser {
  XML_Parser xml = nullptr;
  std::vector<uint8_t> bytes;
  std::vector<jaga_pan12_message> messages;
  jaga_xml_field id = {0, 0};
  jaga_xml_field jaga_pan12_message::*open = nullptr;  // the part whose characters are being read
  bool in_message = false;
  bool failed = false;

  jaga_xml_field add(const char *text) {
    size_t count = std::strlen(text), offset = bytes.size();
    bytes.insert(bytes.end(), text, text + count);
    return {uint32_t(offset), uint32_t(count)};
  }

  void stop() {
    failed = true;
    XML_StopParser(xml, XML_FALSE);
  }
};

template <class Body>
static void guarded(void *context, Body body) {
  auto parser = static_cast<jaga_pan12_parser *>(context);
  try {
    body(*parser);
  } catch (...) {
    parser->stop();
  }
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
  guarded(context, [&](jaga_pan12_parser &parser) {
    auto is = [&](const char *wanted) { return std::strcmp(name, wanted) == 0; };
    parser.open = nullptr;
    if (is("conversation")) {
      for (; *attributes; attributes += 2) {
        if (std::strcmp(attributes[0], "id") == 0) parser.id = parser.add(attributes[1]);
      }
    } else if (is("message")) {
      jaga_pan12_message message = {};
      message.row = uint32_t(XML_GetCurrentLineNumber(parser.xml) - 1);
      for (; *attributes; attributes += 2) {
        if (std::strcmp(attributes[0], "line") == 0) message.line = parser.add(attributes[1]);
      }
      parser.messages.push_back(message);
      parser.in_message = true;
    } else if (parser.in_message) {
      if (is("author")) parser.open = &jaga_pan12_message::author;
      if (is("time")) parser.open = &jaga_pan12_message::time;
      if (is("text")) parser.open = &jaga_pan12_message::text;
      if (parser.open) parser.messages.back().*parser.open = {uint32_t(parser.bytes.size()), 0};
    }
  });
}

static void on_end(void *context, const XML_Char *name) {
  guarded(context, [&](jaga_pan12_parser &parser) {
    parser.open = nullptr;
    if (std::strcmp(name, "message") == 0) parser.in_message = false;
  });
}

static void on_text(void *context, const XML_Char *text, int count) {
  guarded(context, [&](jaga_pan12_parser &parser) {
    if (!parser.open || count <= 0) return;
    parser.bytes.insert(parser.bytes.end(), text, text + count);
    (parser.messages.back().*parser.open).count += uint32_t(count);
  });
}

extern "C" {

jaga_pan12_parser *jaga_pan12_parser_create(void) {
  auto made = new (std::nothrow) jaga_pan12_parser();
  if (!made) return nullptr;
  made->xml = XML_ParserCreate("UTF-8");
  if (!made->xml) {
    delete made;
    return nullptr;
  }
  return made;
}

void jaga_pan12_parser_destroy(jaga_pan12_parser *parser) {
  if (!parser) return;
  XML_ParserFree(parser->xml);
  delete parser;
}

int32_t jaga_pan12_parse(jaga_pan12_parser *parser, const uint8_t *data, size_t count, uint32_t *broken_line) {
  parser->bytes.clear();
  parser->messages.clear();
  parser->id = {0, 0};
  parser->open = nullptr;
  parser->in_message = parser->failed = false;
  *broken_line = 0;
  if (count > size_t(1) << 30) return 1;
  XML_ParserReset(parser->xml, "UTF-8");
  XML_SetUserData(parser->xml, parser);
  XML_SetElementHandler(parser->xml, on_start, on_end);
  XML_SetCharacterDataHandler(parser->xml, on_text);
  auto status = XML_Parse(parser->xml, reinterpret_cast<const char *>(data), int(count), 1);
  if (status == XML_STATUS_OK && !parser->failed) return 0;
  auto line = XML_GetCurrentLineNumber(parser->xml);
  *broken_line = line > 0 ? uint32_t(line - 1) : 0;
  return 1;
}

jaga_pan12_conversation jaga_pan12_get(const jaga_pan12_parser *parser) {
  return {parser->id, parser->messages.data(), parser->messages.size(), parser->bytes.data()};
}
}
