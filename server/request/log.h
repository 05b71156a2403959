/* Log: one line per event on stderr, as text or JSON. Lines come whole, whatever the threads do. What is logged has
 * been redacted: of a URL, values of query parameters that look like credentials are masked; headers and bodies are
 * never logged.
 *
 * A thread of its own writes them, many at a time. What that buys is no speed: no request waits for whoever reads
 * stderr (tests/cli/log-unread.cli shows it). */
#ifndef DUVO_REQUEST_LOG_H
#define DUVO_REQUEST_LOG_H

#include "cli/config.h"
#include "base/text.h"

/* Before threads start that log; false when there is no thread to write it. */
bool log_start(enum log_format format);
/* Writes out what is waiting, as far as it is read within LIMIT_STOP_LOG_MS; before the process ends. */
void log_stop(void);
/* One line, with its line feed. */
void log_line(struct text line);
enum log_format log_format(void);
/* Something that a person should know. */
void log_event(const char *level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
