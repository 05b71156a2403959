/* Listed rows and orders of lists, by the names that listed.def has for them. */
#ifndef DUVO_STORE_LISTED_H
#define DUVO_STORE_LISTED_H

enum listed {
#define LISTED(name, table) LISTED_##name,
#define JOINED(name, table, column)
#define ORDER(name, listed, place, places)
#include "store/listed.def"
#undef LISTED
#undef JOINED
#undef ORDER
    LISTED_COUNT
};

enum list_order {
#define LISTED(name, table)
#define JOINED(name, table, column)
#define ORDER(name, listed, place, places) ORDER_##name,
#include "store/listed.def"
#undef LISTED
#undef JOINED
#undef ORDER
    ORDER_COUNT,
    ORDER_NONE = ORDER_COUNT /* of lists whose order is not kept */
};

#endif
