#ifndef CJAGA_SUPPORT_H
#define CJAGA_SUPPORT_H

#include <stddef.h>

/* What JagaC needs of C; not part of the library's interface. */

/* Keeps this thread's error sentence; what exceeds its room is cut. */
void cjaga_keep_error(const char *utf8, size_t length);
/* Where the file lies that this code was loaded from; NULL when that is not known. */
const char *cjaga_library_path(void);

#endif
