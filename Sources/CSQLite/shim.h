#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast, which Swift does not import: these have SQLite copy what is bound.
// No octets is an empty value, not NULL.
static inline int sqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *text,
                                        int count) {
    return sqlite3_bind_text(statement, index, count ? text : "", count, SQLITE_TRANSIENT);
}
static inline int sqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *octets,
                                        int count) {
    return sqlite3_bind_blob(statement, index, count ? octets : "", count, SQLITE_TRANSIENT);
}
