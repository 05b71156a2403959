/* Time zones: the names of the IANA time zone database. */
#ifndef DUVO_BASE_TIMEZONE_H
#define DUVO_BASE_TIMEZONE_H

#include "base/text.h"

/* Whether it is a name of the IANA time zone database, letter for letter. */
bool timezone_exists(struct text name);

#endif
