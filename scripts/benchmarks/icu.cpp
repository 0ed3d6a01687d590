// The yardstick of speed: what ICU alone costs when every byte goes through it.
// For every line of a file: NFKC_Casefold, then word boundaries of the result. Prints lines, boundaries, seconds, processor seconds.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utext.h>

int main(int count, char **arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: icu FILE\n"), 64;
  std::ifstream file(arguments[1], std::ios::binary);
  if (!file) return std::fprintf(stderr, "%s: cannot be opened\n", arguments[1]), 1;
  std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());

  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2 *fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  icu::BreakIterator *words = icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status);
  if (U_FAILURE(status)) return std::fprintf(stderr, "ICU: %s\n", u_errorName(status)), 1;

  auto start = std::chrono::steady_clock::now();
  std::clock_t processor = std::clock();
  std::string folded;
  UText text = UTEXT_INITIALIZER;
  long lines = 0, boundaries = 0;
  for (size_t begin = 0; begin < all.size();) {
    size_t end = all.find('\n', begin);
    if (end == std::string::npos) end = all.size();
    folded.clear();
    icu::StringByteSink<std::string> sink(&folded);
    fold->normalizeUTF8(0, icu::StringPiece(all.data() + begin, int32_t(end - begin)), sink, nullptr, status);
    utext_openUTF8(&text, folded.data(), int64_t(folded.size()), &status);
    words->setText(&text, status);
    while (words->next() != icu::BreakIterator::DONE) boundaries += 1;
    lines += 1;
    begin = end + 1;
  }
  processor = std::clock() - processor;
  std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  utext_close(&text);
  delete words;
  if (U_FAILURE(status)) return std::fprintf(stderr, "ICU: %s\n", u_errorName(status)), 1;
  std::printf("%ld %ld %.6f %.6f\n", lines, boundaries, spent.count(), double(processor) / CLOCKS_PER_SEC);
}
