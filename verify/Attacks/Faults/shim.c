// Stands between a program and its disk, for files below FAULT_ROOT only. FAULT_CONTROL is four numbers in a shared page: which
// fault, at which matching call (0: at every one), how many calls matched, how many were hit. FAULT_TRACE gets every call that
// succeeded, with its data, in the order the disk saw them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, IO, FULL, READ_ONLY, SHORT, FLUSH, SLOW, LIE };
enum { WRITE = 1, TRUNCATE, SYNC, RENAME, UNLINK };
struct control { volatile int fault, nth, seen, hits; };

static struct control *control;
static char root[PATH_MAX];
static size_t root_length;
static int trace = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("FAULT_CONTROL"), *log = getenv("FAULT_TRACE"), *below = getenv("FAULT_ROOT");
  if (below && realpath(below, root)) root_length = strlen(root);
  int file = where ? open(where, O_RDWR) : -1;
  if (file >= 0) control = mmap(0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (control == MAP_FAILED) control = 0;
  if (log) trace = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) { return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]); }

static int named(int file, char *path) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return ours(path) && !strstr(path, "-shm") && !strstr(path, "/in-use");
}

static void note(int what, const char *path, int64_t at, const void *data, size_t length) {
  REAL(write);
  if (trace < 0) return;
  int64_t head[4] = { what, (int64_t)strlen(path), at, (int64_t)length };
  if (real(trace, head, sizeof head) < 0 || real(trace, path, strlen(path)) < 0 || (length && real(trace, data, length) < 0)) abort();
}

// Answers whether the call is hit; a slow disk only takes its time.
static int hit(int is_sync) {
  if (!control || control->fault == NONE || (control->fault != SLOW && (control->fault == FLUSH) != is_sync)) return 0;
  int seen = __sync_add_and_fetch(&control->seen, 1);
  if (control->nth && seen != control->nth) return 0;
  __sync_add_and_fetch(&control->hits, 1);
  if (control->fault == SLOW) { usleep(150 * 1000); return 0; }
  errno = control->fault == FULL ? ENOSPC : control->fault == READ_ONLY ? EROFS : EIO;
  return 1;
}

static ssize_t put(int file, const void *data, size_t length, off_t at, int seek) {
  REAL(pwrite64);
  char path[PATH_MAX];
  if (!named(file, path)) return real(file, data, length, at);
  if (hit(0)) {
    if (control->fault == LIE) return (ssize_t)length;
    if (control->fault != SHORT) return -1;
    length = length > 1 ? length / 2 : length;
  }
  pthread_mutex_lock(&one);
  ssize_t done = real(file, data, length, at);
  if (done > 0) note(WRITE, path, at, data, (size_t)done);
  pthread_mutex_unlock(&one);
  if (seek && done > 0) lseek(file, at + done, SEEK_SET);
  return done;
}

ssize_t pwrite64(int file, const void *data, size_t length, off_t at) { return put(file, data, length, at, 0); }
ssize_t pwrite(int file, const void *data, size_t length, off_t at) { return put(file, data, length, at, 0); }

ssize_t write(int file, const void *data, size_t length) {
  REAL(write);
  char path[PATH_MAX];
  if (!named(file, path)) return real(file, data, length);
  struct stat now;
  off_t at = fcntl(file, F_GETFL) & O_APPEND && !fstat(file, &now) ? now.st_size : lseek(file, 0, SEEK_CUR);
  return at < 0 ? real(file, data, length) : put(file, data, length, at, 1);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = put(file, parts[i].iov_base, parts[i].iov_len, at + all, 0);
    if (done < 0) return all ? all : done;
    all += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return all;
}
ssize_t pwritev64(int file, const struct iovec *parts, int count, off_t at) { return pwritev(file, parts, count, at); }

int ftruncate64(int file, off_t length) {
  REAL(ftruncate64);
  char path[PATH_MAX];
  if (!named(file, path)) return real(file, length);
  if (control && control->fault != SHORT && hit(0)) return control->fault == LIE ? 0 : -1;
  pthread_mutex_lock(&one);
  int done = real(file, length);
  if (!done) note(TRUNCATE, path, length, 0, 0);
  pthread_mutex_unlock(&one);
  return done;
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

static int flush(int file) {
  REAL(fsync);
  char path[PATH_MAX];
  if (!named(file, path)) return real(file);
  if (hit(1)) return -1;
  pthread_mutex_lock(&one);
  int done = real(file);
  if (!done) note(SYNC, path, 0, 0, 0);
  pthread_mutex_unlock(&one);
  return done;
}
int fsync(int file) { return flush(file); }
int fdatasync(int file) { return flush(file); }

int rename(const char *from, const char *to) {
  REAL(rename);
  if (!ours(from)) return real(from, to);
  if (control && control->fault != SHORT && hit(0) && control->fault != LIE) return -1;
  pthread_mutex_lock(&one);
  int done = real(from, to);
  if (!done) note(RENAME, from, 0, to, strlen(to));
  pthread_mutex_unlock(&one);
  return done;
}

int unlink(const char *path) {
  REAL(unlink);
  if (!ours(path)) return real(path);
  if (control && control->fault != SHORT && hit(0) && control->fault != LIE) return -1;
  pthread_mutex_lock(&one);
  int done = real(path);
  if (!done) note(UNLINK, path, 0, 0, 0);
  pthread_mutex_unlock(&one);
  return done;
}
