// What the Glibc module of Swift leaves out.
#pragma once
#include <pthread.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

// ioctl is variadic, which Swift does not import.
static inline int linux_ioctl(int descriptor, unsigned long request) {
    return ioctl(descriptor, request);
}
static inline int linux_ioctl_int(int descriptor, unsigned long request, int *value) {
    return ioctl(descriptor, request, value);
}

// Swift cannot make one itself: which of the imported C modules the type belongs to, is chance.
static inline pthread_attr_t linux_thread_attributes(void) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    return attributes;
}

// Declared for GNU programs only.
int pipe2(int ends[2], int flags);
static const int LINUX_O_PATH = 010000000;

// In malloc.h, which Swift's own Glibc module leaves out.
int malloc_trim(size_t kept);
