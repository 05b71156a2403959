/* File format: what marks a database as ours. Its user_version is the number that the newest schema file applied to it
 * begins with. */
#ifndef DUVO_STORE_FILE_FORMAT_H
#define DUVO_STORE_FILE_FORMAT_H

/* "duvo" in ASCII (PRAGMA application_id). */
#define APPLICATION_ID 0x6475766f

#endif
