/* The certificate authorities that https calls trust: those of the machine, or the ones that came with the program. */
#ifndef DUVO_NET_AUTHORITIES_H
#define DUVO_NET_AUTHORITIES_H

#include "base/text.h"

/* The file that SSL_CERT_FILE names, whether it can be read or not, else the first readable one of the places where
 * systems keep it; NULL: none. */
const char *authorities_file(void);
/* What a build may bring along, in PEM, for machines that have none; unset: nothing. */
struct text authorities_built_in(void);

#endif
