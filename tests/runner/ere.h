/*
 * ere: the regular expressions of JSON Schema, run by POSIX regcomp() after a translation.
 *
 * Understood: groups, (?: ), classes, \d \w \s and escaped punctuation, anchors, alternatives, greedy
 * repetition. What POSIX has no word for (look-around, lazy repetition, back references, \b, \u) is an error,
 * never a silent mismatch.
 */
#ifndef RUNNER_ERE_H
#define RUNNER_ERE_H

#include "text.h"

/* NULL when it compiles, else the reason. */
const char *ere_check(const char *pattern);
/* Whether some part of s matches; false also for a pattern that ere_check() refuses. */
bool ere_matches(const char *pattern, const char *s);

#endif
