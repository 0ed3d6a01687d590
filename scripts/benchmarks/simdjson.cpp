// The bound of reading: simdjson over every line of a file, touching every text. Prints messages, bytes of text, seconds, processor seconds.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <simdjson.h>

using namespace simdjson;

int main(int count, char **arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: simdjson FILE\n"), 64;
  padded_string json;
  if (auto error = padded_string::load(arguments[1]).get(json)) return std::fprintf(stderr, "%s\n", error_message(error)), 1;

  ondemand::parser parser;
  size_t messages = 0, bytes = 0;
  auto start = std::chrono::steady_clock::now();
  std::clock_t processor = std::clock();
  if (json.size() > 0) {
    ondemand::document_stream documents;
    if (auto error = parser.iterate_many(json, 1 << 20).get(documents)) return std::fprintf(stderr, "%s\n", error_message(error)), 1;
    for (auto document : documents) {
      std::string_view text;
      if (auto error = document["text"].get_string().get(text)) return std::fprintf(stderr, "%s\n", error_message(error)), 1;
      messages += 1;
      bytes += text.size();
    }
  }
  processor = std::clock() - processor;
  std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  std::printf("%zu %zu %.6f %.6f\n", messages, bytes, spent.count(), double(processor) / CLOCKS_PER_SEC);
}
