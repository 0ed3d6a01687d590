#define _GNU_SOURCE
#include "cjaga_support.h"
#include "jaga.h"

#include <dlfcn.h>
#include <string.h>

static _Thread_local char last_error[2048];

void cjaga_keep_error(const char *utf8, size_t length) {
  if (length >= sizeof last_error) {
    length = sizeof last_error - 1;
    /* No character is cut in two. */
    while (length > 0 && ((unsigned char)utf8[length] & 0xC0) == 0x80) length -= 1;
  }
  memcpy(last_error, utf8, length);
  last_error[length] = 0;
}

const char *jaga_last_error(void) { return last_error; }

const char *cjaga_library_path(void) {
  Dl_info info;
  return dladdr((const void *)(size_t)&jaga_last_error, &info) != 0 ? info.dli_fname : NULL;
}
