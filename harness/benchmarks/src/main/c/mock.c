/*
 * A provider for benchmarks: HTTP/1.1 with keep-alive, one thread, epoll. No simulator of the project's own has a
 * part in it.
 *
 *   mock [--first-us N] [--interval-us N] [--events N]
 *
 * listens on a free port of the loopback and prints "port N".
 *
 *   POST (any path)   a chat completion. With "stream":true in the body: a chunk with the role at once, then EVENTS
 *                     chunks with content, each in a write of its own, on an absolute schedule; the last one takes
 *                     the finish reason, the usage and [DONE] with it. Else: an answer at once.
 *   GET /counters     "REQUESTS EVENTS BEHIND_NS": requests seen, chunks with content sent, and how far the worst
 *                     chunk was behind its schedule
 *   GET /arrivals     a line for each request: its x-changeover-id, when it had been read, and when the first chunk
 *                     with content was written, by CLOCK_MONOTONIC in nanoseconds
 *
 * Streams that begin at regular times would all send at the same moments: each is put off by a part of the interval
 * of its own, so that a client is woken for each chunk.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define ID_LENGTH 32
#define LONGEST_REQUEST (4 * 1024 * 1024)
#define GOLDEN 0.6180339887498949

static int64_t first_ns = 100 * 1000000LL;
static int64_t interval_ns = 10 * 1000000LL;
static int events_per_stream = 100;

struct arrival {
    char id[ID_LENGTH];
    int64_t arrived_ns;
    int64_t first_content_ns;
};

struct client {
    int fd;
    char *in; /* what was read of a request that is not whole yet */
    size_t in_length, in_capacity;
    char *out; /* what the socket would not take */
    size_t out_length;
    int events_left; /* of the stream that is being sent; 0: none */
    size_t arrival;
    int64_t due_ns;
    size_t heap_place; /* from 1; 0: not in it */
};

static int poller, timer;
static struct arrival *arrivals;
static size_t arrival_count, arrival_capacity;
static long long events_sent;
static int64_t behind_ns;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void *grown(void *memory, size_t size) {
    void *more = realloc(memory, size);
    if (!more) die("memory");
    return more;
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* ---- streams by when they are due: a heap ---- */

static struct client **heap; /* from 1 */
static size_t heap_size, heap_capacity;

static void put(size_t place, struct client *c) {
    heap[place] = c;
    c->heap_place = place;
}

static void sift(size_t place) {
    struct client *c = heap[place];
    while (place > 1 && heap[place / 2]->due_ns > c->due_ns) {
        put(place, heap[place / 2]);
        place /= 2;
    }
    for (;;) {
        size_t child = place * 2;
        if (child > heap_size) break;
        if (child < heap_size && heap[child + 1]->due_ns < heap[child]->due_ns) child++;
        if (heap[child]->due_ns >= c->due_ns) break;
        put(place, heap[child]);
        place = child;
    }
    put(place, c);
}

static void schedule(struct client *c) {
    if (!c->heap_place) {
        if (heap_size + 2 > heap_capacity) {
            heap_capacity = heap_capacity ? heap_capacity * 2 : 1024;
            heap = grown(heap, heap_capacity * sizeof *heap);
        }
        put(++heap_size, c);
    }
    sift(c->heap_place);
}

static void unschedule(struct client *c) {
    if (!c->heap_place) return;
    size_t place = c->heap_place;
    struct client *last = heap[heap_size--];
    c->heap_place = 0;
    if (last != c) {
        put(place, last);
        sift(place);
    }
}

/* ---- sockets ---- */

static void drop(struct client *c) {
    unschedule(c);
    close(c->fd);
    free(c->in);
    free(c->out);
    free(c);
}

static void watch(struct client *c, uint32_t events, int how) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    if (epoll_ctl(poller, how, c->fd, &e)) die("epoll_ctl");
}

/* Returns 0 when the peer is gone. */
static int send_all(struct client *c, const char *bytes, size_t length) {
    if (!c->out_length) {
        ssize_t sent = write(c->fd, bytes, length);
        if (sent < 0 && errno != EAGAIN) return 0;
        if (sent > 0) {
            bytes += sent;
            length -= (size_t) sent;
        }
        if (!length) return 1;
        watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    }
    c->out = grown(c->out, c->out_length + length);
    memcpy(c->out + c->out_length, bytes, length);
    c->out_length += length;
    return 1;
}

static int send_rest(struct client *c) {
    ssize_t sent = write(c->fd, c->out, c->out_length);
    if (sent < 0) return errno == EAGAIN;
    c->out_length -= (size_t) sent;
    memmove(c->out, c->out + sent, c->out_length);
    if (!c->out_length) watch(c, EPOLLIN, EPOLL_CTL_MOD);
    return 1;
}

/* ---- what is said ---- */

#define OPENING "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4.1\",\"choices\":"

/* One event as one HTTP chunk. */
static size_t chunk(char *to, const char *json) {
    return (size_t) sprintf(to, "%zx\r\ndata: %s\n\n\r\n", strlen(json) + 8, json);
}

static char head[1024], event[1024], last[2048], whole[2048];
static size_t head_length, event_length, last_length, whole_length;

static void prepare(void) {
    char json[1024];
    head_length = (size_t) sprintf(head,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    head_length += chunk(head + head_length,
        OPENING "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}");
    event_length = chunk(event, OPENING "[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}");
    memcpy(last, event, event_length);
    last_length = event_length;
    last_length += chunk(last + last_length, OPENING "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    sprintf(json, OPENING "[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":%d,\"total_tokens\":%d}}",
        events_per_stream, 40 + events_per_stream);
    last_length += chunk(last + last_length, json);
    last_length += chunk(last + last_length, "[DONE]");
    last_length += (size_t) sprintf(last + last_length, "0\r\n\r\n");
    const char *answer = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4.1\",\"choices\":"
        "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\" a few words\"},\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":3,\"total_tokens\":43}}";
    whole_length = (size_t) sprintf(whole,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", strlen(answer), answer);
}

static int send_event(struct client *c) {
    int64_t now = now_ns();
    if (now - c->due_ns > behind_ns) behind_ns = now - c->due_ns;
    struct arrival *a = &arrivals[c->arrival];
    if (!a->first_content_ns) a->first_content_ns = now;
    events_sent++;
    if (--c->events_left) {
        c->due_ns += interval_ns;
        schedule(c);
        return send_all(c, event, event_length);
    }
    unschedule(c);
    return send_all(c, last, last_length);
}

static int send_text(struct client *c, const char *text, size_t length) {
    char answer_head[128];
    int n = sprintf(answer_head, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n", length);
    return send_all(c, answer_head, (size_t) n) && send_all(c, text, length);
}

static int send_counters(struct client *c) {
    char text[96];
    int n = sprintf(text, "%zu %lld %lld\n", arrival_count, events_sent, (long long) behind_ns);
    return send_text(c, text, (size_t) n);
}

static int send_arrivals(struct client *c) {
    char *text = grown(NULL, arrival_count * (ID_LENGTH + 48) + 1);
    size_t length = 0;
    for (size_t i = 0; i < arrival_count; i++) {
        struct arrival *a = &arrivals[i];
        length += (size_t) sprintf(text + length, "%s %lld %lld\n", a->id[0] ? a->id : "-",
            (long long) a->arrived_ns, (long long) a->first_content_ns);
    }
    int sent = send_text(c, text, length);
    free(text);
    return sent;
}

/* ---- what is asked ---- */

/* The value of a header, without the space before it; NULL where there is none. `name` has its colon. */
static const char *header(const char *request, const char *end, const char *name) {
    size_t length = strlen(name);
    for (const char *line = memchr(request, '\n', (size_t) (end - request)); line && line + length < end;
         line = memchr(line + 1, '\n', (size_t) (end - line - 1))) {
        if (!strncasecmp(line + 1, name, length)) {
            const char *value = line + 1 + length;
            while (*value == ' ') value++;
            return value;
        }
    }
    return NULL;
}

static void note_arrival(const char *request, const char *end, int64_t now) {
    if (arrival_count == arrival_capacity) {
        arrival_capacity = arrival_capacity ? arrival_capacity * 2 : 1 << 16;
        arrivals = grown(arrivals, arrival_capacity * sizeof *arrivals);
    }
    struct arrival *a = &arrivals[arrival_count++];
    memset(a, 0, sizeof *a);
    a->arrived_ns = now;
    const char *id = header(request, end, "x-changeover-id:");
    for (int i = 0; id && i < ID_LENGTH - 1 && id[i] > ' '; i++) a->id[i] = id[i];
}

static int answer(struct client *c, const char *request, const char *body, const char *end) {
    if (!strncmp(request, "GET /counters", 13)) return send_counters(c);
    if (!strncmp(request, "GET /arrivals", 13)) return send_arrivals(c);
    int64_t now = now_ns();
    note_arrival(request, body, now);
    if (!memmem(body, (size_t) (end - body), "\"stream\":true", 13)) return send_all(c, whole, whole_length);
    double part = arrival_count * GOLDEN;
    c->arrival = arrival_count - 1;
    c->events_left = events_per_stream;
    c->due_ns = now + first_ns + (int64_t) ((part - (int64_t) part) * interval_ns);
    schedule(c);
    return send_all(c, head, head_length);
}

/* Answers every whole request that was read. Returns 0 when the client is to be dropped. */
static int answer_whole_ones(struct client *c) {
    size_t done = 0;
    while (done < c->in_length) {
        char *request = c->in + done;
        char *gap = memmem(request, c->in_length - done, "\r\n\r\n", 4);
        if (!gap) break;
        char *body = gap + 4;
        const char *length = header(request, body, "content-length:");
        size_t body_length = length ? strtoul(length, NULL, 10) : 0;
        if (body_length > (size_t) (c->in + c->in_length - body)) break;
        if (!answer(c, request, body, body + body_length)) return 0;
        done = (size_t) (body + body_length - c->in);
    }
    c->in_length -= done;
    memmove(c->in, c->in + done, c->in_length);
    return c->in_length < LONGEST_REQUEST;
}

static int take(struct client *c) {
    if (c->in_capacity - c->in_length < 4096) {
        c->in_capacity = c->in_capacity ? c->in_capacity * 2 : 8192;
        c->in = grown(c->in, c->in_capacity);
    }
    ssize_t got = read(c->fd, c->in + c->in_length, c->in_capacity - c->in_length);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    c->in_length += (size_t) got;
    return answer_whole_ones(c);
}

static void accept_all(int listening) {
    for (;;) {
        int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct client *c = calloc(1, sizeof *c);
        if (!c) die("memory");
        c->fd = fd;
        watch(c, EPOLLIN, EPOLL_CTL_ADD);
    }
}

/* Sends what is due and sets the timer to what is due next. */
static void send_due(void) {
    static int64_t armed_ns;
    while (heap_size && heap[1]->due_ns <= now_ns()) {
        struct client *c = heap[1];
        if (!send_event(c)) drop(c);
    }
    if (heap_size && heap[1]->due_ns != armed_ns) {
        armed_ns = heap[1]->due_ns;
        struct itimerspec at = {.it_value = {armed_ns / 1000000000, armed_ns % 1000000000}};
        if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL)) die("timerfd_settime");
    }
}

static int listen_on_loopback(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, size) || listen(fd, 8192)) die("listen");
    getsockname(fd, (struct sockaddr *) &address, &size);
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void read_arguments(int count, char **arguments) {
    for (int i = 1; i + 1 < count; i += 2) {
        long long value = atoll(arguments[i + 1]);
        if (value > 0 && !strcmp(arguments[i], "--first-us")) {
            first_ns = value * 1000;
        } else if (value > 0 && !strcmp(arguments[i], "--interval-us")) {
            interval_ns = value * 1000;
        } else if (value > 0 && !strcmp(arguments[i], "--events")) {
            events_per_stream = (int) value;
        } else {
            fprintf(stderr, "mock: '%s %s' is not understood\n", arguments[i], arguments[i + 1]);
            exit(2);
        }
    }
}

int main(int count, char **arguments) {
    read_arguments(count, arguments);
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    prepare();
    poller = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    int listening = listen_on_loopback();
    struct client of_listening = {.fd = listening}, of_timer = {.fd = timer};
    watch(&of_listening, EPOLLIN, EPOLL_CTL_ADD);
    watch(&of_timer, EPOLLIN | EPOLLET, EPOLL_CTL_ADD);
    for (;;) {
        struct epoll_event ready[64];
        int n = epoll_wait(poller, ready, 64, -1);
        for (int i = 0; i < n; i++) {
            struct client *c = ready[i].data.ptr;
            if (c == &of_listening) {
                accept_all(listening);
            } else if (c != &of_timer) {
                int alive = !(ready[i].events & EPOLLOUT) || send_rest(c);
                if (!alive || !take(c)) drop(c);
            }
        }
        send_due();
    }
}
