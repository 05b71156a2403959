#include "store/prune.h"

#include <stdatomic.h>

void prune(struct db *db, enum sql which, int64_t parameter)
{
    static atomic_uint calls[SQL_COUNT];
    if (calls[which]++ % 64)
        return;
    QUERY q = query(db, which);
    bind_int(&q, parameter);
    query_run(&q);
}
