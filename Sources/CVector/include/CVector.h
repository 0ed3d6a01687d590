// What Swift has no name for: two square roots at once, and a hint that memory is soon read.
#ifndef JAGA_CVECTOR_H
#define JAGA_CVECTOR_H

typedef double jaga_pair __attribute__((vector_size(16)));

/// Both square roots, correctly rounded; NaN for what is negative.
static inline jaga_pair jaga_square_roots(jaga_pair values) { return __builtin_elementwise_sqrt(values); }

/// Asks for the cache line of an address. Any address will do.
static inline void jaga_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif
