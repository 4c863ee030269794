#pragma once

/// How often this thread has asked for memory since it started: calls of malloc, calloc and
/// realloc.
unsigned long allocations_of_thread(void);
