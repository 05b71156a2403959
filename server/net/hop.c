/* One request and its answer, by libcurl. */
#include "base/address.h"
#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "net/authorities.h"
#include "net/hop.h"
#include "net/listen.h"

#include <errno.h>

/* ---- what comes in --------------------------------------------------------------------------- */

bool hop_fail(struct hop *hop, enum call_outcome outcome, struct text why)
{
    hop->answer->outcome = outcome;
    hop->answer->why = text_clip(why, LIMIT_CALL_WHY);
    return false;
}

/* A size for people, rounded down. */
static struct text size_text(struct arena *arena, size_t n)
{
    if (n >= 1024 * 1024)
        return text_format(arena, "%zu MiB", n / (1024 * 1024));
    return n >= 1024 ? text_format(arena, "%zu KiB", n / 1024) : text_format(arena, "%zu bytes", n);
}

static bool take_bytes(struct hop *hop, size_t n)
{
    struct trip *trip = hop->trip;
    if (n > trip->bytes_left) {
        const struct text size = size_text(trip->arena, hop->budget);
        return HOP_FAIL(hop, CALL_TOO_LARGE, "the answer is larger than %.*s", TEXT_ARG(size));
    }
    trip->bytes_left -= n;
    return true;
}

static unsigned status_of(const struct hop *hop)
{
    long status = 0;
    libcurl.easy_getinfo(hop->easy, CURLINFO_RESPONSE_CODE, &status);
    return (unsigned)status;
}

/* A status line begins the headers anew: what came before was an interim answer. */
static void begin_headers(struct hop *hop)
{
    hop->answer->header_count = 0;
    hop->header_bytes = 0;
    hop->type = (struct text){ 0 };
}

static bool keep_header(struct hop *hop, struct text line)
{
    struct answer *answer = hop->answer;
    struct text value = line;
    const struct text name = text_cut(&value, ':');
    if (!value.p || !name.n)
        return true;
    hop->header_bytes += line.n;
    if (answer->header_count == LIMIT_ANSWER_HEADER_COUNT || hop->header_bytes > LIMIT_ANSWER_HEADER_BYTES)
        return HOP_FAIL(hop, CALL_TOO_LARGE, "the answer has more than %d headers, or more than %d bytes of them",
                    LIMIT_ANSWER_HEADER_COUNT, LIMIT_ANSWER_HEADER_BYTES);
    struct arena *arena = hop->trip->arena;
    answer->headers[answer->header_count++] =
        (struct pair){ text_copy(arena, name), text_copy(arena, text_trim(value)) };
    if (!hop->type.p && text_eq_nocase(name, T("content-type")))
        hop->type = answer->headers[answer->header_count - 1].value;
    return true;
}

/* What libcurl hands over, and whether it is to go on. It must be returned to, whatever happens. */
struct handed {
    struct hop *hop;
    struct text bytes;
    bool taken;
};

static size_t hand_over(struct hop *hop, const char *p, size_t n, void (*take)(void *cls))
{
    struct handed handed = { hop, { p, n }, false };
    if (!memory_try(take, &handed))
        hop->no_memory = true;
    return handed.taken && !hop->no_memory ? n : 0;
}

static bool take_header(struct hop *hop, struct text line)
{
    if (!take_bytes(hop, line.n))
        return false;
    if (hop->body_began) /* trailers */
        return true;
    while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
        line.n--;
    if (text_starts(line, T("HTTP/")))
        begin_headers(hop);
    else
        return keep_header(hop, line);
    return true;
}

static void header_came(void *cls)
{
    struct handed *handed = cls;
    handed->taken = take_header(handed->hop, handed->bytes);
}

static size_t on_header(char *p, size_t size, size_t n, void *cls)
{
    return hand_over(cls, p, size * n, header_came);
}

static void piece_came(void *cls)
{
    struct handed *handed = cls;
    struct hop *hop = handed->hop;
    hop->body_began = true;
    if (!take_bytes(hop, handed->bytes.n))
        return;
    if (!hop->call->on_body || (status_of(hop) / 100 != 2 && !hop->call->is_final))
        buf_add(&hop->body, handed->bytes);
    else
        hop->ended = !hop->call->on_body(hop->call->cls, hop->type, handed->bytes);
    handed->taken = !hop->ended;
}

static size_t on_piece(char *p, size_t size, size_t n, void *cls)
{
    return hand_over(cls, p, size * n, piece_came);
}

/* ---- which addresses -------------------------------------------------------------------------------------- */

/* By its address, whatever name led there. */
static bool is_closed_to_itself(const struct hop *hop, const struct sockaddr *address)
{
    const struct trip *trip = hop->trip;
    int64_t port = 0;
    return trip->own_port && trip->is_open_path && !trip->is_open_path(hop->parts.path) &&
           text_to_uint(uri_port(&hop->parts), &port) && port == (int64_t)trip->own_port && address_is_here(address);
}

/* NULL when it may be called. */
static const char *refuse_address(const struct hop *hop, const struct sockaddr *address)
{
    const bool loopback = address_is_loopback(address);
    if (hop->as.p)
        return loopback ? NULL : "not a loopback address";
    if (is_closed_to_itself(hop, address))
        return "the mock itself";
    if (hop->only_here)
        return address_is_here(address) ? NULL : "no address of this machine, and --outbound off allows no other";
    if ((int)address_reach(address) > hop->inside)
        return loopback ? "a loopback address, and the redirect comes from none"
                        : "a private address, and the redirect comes from a public one";
    const char *never = address_never_called(address);
    if (never)
        return never;
    if (hop->trip->pool->mode == OUTBOUND_ANY || loopback)
        return NULL;
    return "not a loopback address, and --outbound loopback allows no other";
}

static curl_socket_t open_socket(void *cls, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    struct hop *hop = cls;
    const char *why = refuse_address(hop, &address->addr);
    if (!why) {
        hop->tried = true;
        hop->reached = address_reach(&address->addr);
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    }
    address_format(&address->addr, hop->never_address);
    hop->never_why = why;
    return CURL_SOCKET_BAD;
}

/* ---- what is sent ----------------------------------------------------------------------------------------- */

/* Headers that say how the message is framed and where it goes. */
static bool is_transport_header(struct text name)
{
    static const char *const names[] = { "host", "content-length", "transfer-encoding", "connection", "upgrade",
                                         "keep-alive", "te", "trailer", "expect", "accept-encoding", "x-mock-as",
                                         "x-mock-base", "x-mock-token", NULL };
    return text_index_nocase(name, names) >= 0;
}

static bool is_one_line(struct text value)
{
    for (size_t i = 0; i < value.n; i++)
        if (((unsigned char)value.p[i] < ' ' && value.p[i] != '\t') || value.p[i] == 0x7f)
            return false;
    return true;
}

bool hop_check_headers(struct hop *hop)
{
    for (size_t i = 0; i < hop->call->header_count; i++) {
        const struct call_header *h = &hop->call->headers[i];
        const struct text name = text_clip(h->name, 100);
        if (!text_is_token(h->name))
            return HOP_FAIL(hop, CALL_BAD_HEADER, "the name of header %zu is not one that HTTP allows", i + 1);
        if (is_transport_header(h->name))
            return HOP_FAIL(hop, CALL_BAD_HEADER, "the header `%.*s` cannot be chosen", TEXT_ARG(name));
        if (!is_one_line(header_value(h)))
            return HOP_FAIL(hop, CALL_BAD_HEADER, "the value of header `%.*s` has a line break or control character",
                        TEXT_ARG(name));
    }
    return true;
}

static void put_line(struct hop *hop, const char *line)
{
    struct curl_slist *longer = libcurl.slist_append(hop->headers, line);
    if (!longer)
        memory_out();
    hop->headers = longer;
}

/* libcurl takes an empty value for a wish to leave the header out, unless a semicolon follows the name. */
static void put_header(struct hop *hop, struct text name, struct text value)
{
    struct arena *arena = hop->trip->arena;
    const struct text trimmed = text_trim(value);
    const struct text line = trimmed.n ? text_format(arena, "%.*s: %.*s", TEXT_ARG(name), TEXT_ARG(trimmed))
                                       : text_format(arena, "%.*s;", TEXT_ARG(name));
    put_line(hop, line.p);
}

/* Whether nobody else can answer there, on this process's port; a name may lead to either loopback address. */
static bool is_own_host(const struct trip *trip, struct text host)
{
    const unsigned needed = text_eq(host, T("127.0.0.1"))                             ? OWN_V4
                            : text_eq(host, T("::1")) || text_eq(host, T("[::1]"))    ? OWN_V6
                            : uri_host_is_address(host)                               ? OWN_ALL_V4
                                                                                      : OWN_V4 | OWN_V6;
    return uri_host_is_loopback(host) && (trip->own & needed) == needed;
}

bool hop_is_to_self(const struct hop *hop)
{
    int64_t port = 0;
    return hop->as.p || hop->self ||
           (is_own_host(hop->trip, hop->parts.host) && text_to_uint(uri_port(&hop->parts), &port) &&
            port == (int64_t)hop->trip->own_port);
}

static void put_call_headers(struct hop *hop)
{
    bool typed = false;
    for (size_t i = 0; i < hop->call->header_count; i++) {
        const struct call_header *h = &hop->call->headers[i];
        if (hop->answer->left_origin && header_is_credential(h))
            continue;
        typed |= text_eq_nocase(h->name, T("content-type"));
        put_header(hop, h->name, header_value(h));
    }
    if (hop->as.p)
        put_header(hop, T("x-mock-as"), hop->as);
    if (hop->as.p && hop->trip->base.p)
        put_header(hop, T("x-mock-base"), hop->trip->base);
    if (hop->trip->token.n && hop_is_to_self(hop))
        put_header(hop, T("x-mock-token"), hop->trip->token);
    put_line(hop, "Expect:"); /* without a value: left out */
    if (!typed)
        put_line(hop, "Content-Type:");
}

static void is_set(CURLcode code, const char *refused)
{
    if (code == CURLE_OUT_OF_MEMORY)
        memory_out();
    if (code != CURLE_OK)
        die(refused); /* a programming error */
}

#define SET(hop, option, value)                                                                                        \
    is_set(libcurl.easy_setopt((hop)->easy, option, value), "libcurl refuses " #option)

/* Where neither is there, libcurl looks where it was built to look. */
static void set_authorities(struct hop *hop)
{
    const char *file = authorities_file();
    const struct text built_in = authorities_built_in();
    struct curl_blob blob = { .data = (void *)(uintptr_t)built_in.p, .len = built_in.n, .flags = CURL_BLOB_NOCOPY };
    if (file)
        SET(hop, CURLOPT_CAINFO, file);
    else if (built_in.n)
        SET(hop, CURLOPT_CAINFO_BLOB, &blob);
}

static void set_transport(struct hop *hop)
{
    SET(hop, CURLOPT_NOSIGNAL, 1L);
    SET(hop, CURLOPT_QUICK_EXIT, 1L); /* does not wait for a name server when the call is given up */
    SET(hop, CURLOPT_PROTOCOLS_STR, "http,https");
    SET(hop, CURLOPT_PROXY, "");
    SET(hop, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(hop, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(hop, CURLOPT_FOLLOWLOCATION, 0L);
    SET(hop, CURLOPT_PATH_AS_IS, 1L);
    SET(hop, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(hop, CURLOPT_ACCEPT_ENCODING, "identity"); /* whatever encoding comes all the same is undone */
    SET(hop, CURLOPT_SSL_VERIFYPEER, hop->self ? 0L : 1L);
    SET(hop, CURLOPT_SSL_VERIFYHOST, hop->self ? 0L : 2L);
    SET(hop, CURLOPT_PINNEDPUBLICKEY, hop->self ? hop->trip->pin : NULL);
    set_authorities(hop);
    SET(hop, CURLOPT_USERAGENT, "duvo-mock/" DUVO_MOCK_VERSION);
    SET(hop, CURLOPT_ERRORBUFFER, hop->message);
    SET(hop, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(hop, CURLOPT_OPENSOCKETDATA, hop);
    SET(hop, CURLOPT_HEADERFUNCTION, on_header);
    SET(hop, CURLOPT_HEADERDATA, hop);
    SET(hop, CURLOPT_WRITEFUNCTION, on_piece);
    SET(hop, CURLOPT_WRITEDATA, hop);
}

static void set_message(struct hop *hop)
{
    const struct call *call = hop->call;
    const bool post = text_eq(call->method, T("POST"));
    put_call_headers(hop);
    SET(hop, CURLOPT_URL, text_cstr(hop->trip->arena, hop->url));
    if (call->body.p || post) {
        SET(hop, CURLOPT_POSTFIELDS, call->body.p ? call->body.p : "");
        SET(hop, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.n);
    }
    SET(hop, CURLOPT_CUSTOMREQUEST, text_cstr(hop->trip->arena, call->method));
    SET(hop, CURLOPT_HTTPHEADER, hop->headers);
}

/* ---- how it went -------------------------------------------------------------------------------------------- */

struct failure {
    CURLcode code;
    enum call_outcome outcome;
    enum { SAY_IT, SAY_DETAIL } say; /* what libcurl says about it follows */
    const char *before, *after;      /* around the place */
};

static const struct failure failures[] = {
    { CURLE_GOT_NOTHING, CALL_UNREACHABLE, SAY_IT, "", " closed the connection without an answer" },
    { CURLE_PARTIAL_FILE, CALL_UNREACHABLE, SAY_IT, "", " closed the connection in the middle of its answer" },
    { CURLE_RECV_ERROR, CALL_UNREACHABLE, SAY_IT, "the connection to ", " broke" },
    { CURLE_SEND_ERROR, CALL_UNREACHABLE, SAY_IT, "the connection to ", " broke" },
    { CURLE_UNSUPPORTED_PROTOCOL, CALL_UNREACHABLE, SAY_IT, "what ", " answers is not HTTP" },
    { CURLE_WEIRD_SERVER_REPLY, CALL_UNREACHABLE, SAY_IT, "what ", " answers is not HTTP" },
    { CURLE_BAD_CONTENT_ENCODING, CALL_UNREACHABLE, SAY_IT, "the answer of ", " is not encoded as its headers say" },
    { CURLE_URL_MALFORMAT, CALL_BAD_URL, SAY_IT, "a host cannot be called ", "" },
    { CURLE_PEER_FAILED_VERIFICATION, CALL_TLS, SAY_DETAIL, "the certificate of ", " is not trusted" },
    { CURLE_SSL_CONNECT_ERROR, CALL_TLS, SAY_DETAIL, "TLS with ", " failed (does it speak https?)" },
    { CURLE_SSL_CACERT_BADFILE, CALL_TLS, SAY_DETAIL, "the system's certificate authorities, needed for ",
      ", cannot be read" },
    { CURLE_SSL_INVALIDCERTSTATUS, CALL_TLS, SAY_DETAIL, "the certificate of ", " is not trusted" },
    { CURLE_SSL_PINNEDPUBKEYNOTMATCH, CALL_TLS, SAY_IT, "what answers as ", " is not this mock: its key differs" },
    { CURLE_SSL_CIPHER, CALL_TLS, SAY_DETAIL, "TLS with ", " failed" },
};

static bool fail_connect(struct hop *hop, struct text place)
{
    long error = 0;
    if (hop->never_why && !hop->tried)
        return HOP_FAIL(hop, CALL_FORBIDDEN, "%.*s must not be called: %s is %s", TEXT_ARG(place), hop->never_address,
                        hop->never_why);
    libcurl.easy_getinfo(hop->easy, CURLINFO_OS_ERRNO, &error);
    if (error == ECONNREFUSED)
        return HOP_FAIL(hop, CALL_UNREACHABLE, "connection refused by %.*s", TEXT_ARG(place));
    return HOP_FAIL(hop, CALL_UNREACHABLE, "cannot connect to %.*s: %s", TEXT_ARG(place),
                error ? strerror((int)error) : "no address answers");
}

static bool fail_listed(struct hop *hop, const struct failure *f, struct text place)
{
    struct arena *arena = hop->trip->arena;
    const struct text what = text_format(arena, "%s%.*s%s", f->before, TEXT_ARG(place), f->after);
    if (f->say == SAY_IT || !hop->message[0])
        return hop_fail(hop, f->outcome, what);
    return HOP_FAIL(hop, f->outcome, "%.*s: %s", TEXT_ARG(what), hop->message);
}

static bool fail_with(struct hop *hop, CURLcode code)
{
    const struct text place = place_text(hop->trip->arena, &hop->parts);
    const struct text host = text_clip(hop->parts.host, 255);
    if (code == CURLE_COULDNT_CONNECT)
        return fail_connect(hop, place);
    if (code == CURLE_COULDNT_RESOLVE_HOST)
        return HOP_FAIL(hop, CALL_UNREACHABLE, "the name %.*s does not resolve", TEXT_ARG(host));
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].code == code)
            return fail_listed(hop, &failures[i], place);
    return HOP_FAIL(hop, CALL_UNREACHABLE, "the call to %.*s failed: %s", TEXT_ARG(place), libcurl.easy_strerror(code));
}

/* How far it came. */
static const char *lateness(const struct hop *hop)
{
    curl_off_t connected = 0, ready = 0;
    if (!hop->easy)
        return "was not called";
    if (!hop->tried)
        return "could not be looked up";
    libcurl.easy_getinfo(hop->easy, CURLINFO_CONNECT_TIME_T, &connected);
    libcurl.easy_getinfo(hop->easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
    return ready       ? "did not answer in full"
           : connected ? "did not finish the TLS handshake (does it speak https?)"
                       : "did not accept the connection";
}

bool hop_fail_late(struct hop *hop)
{
    const struct text place = place_text(hop->trip->arena, &hop->parts);
    const double had_s = (double)(hop->trip->deadline_us - hop->trip->began_us) / 1e6;
    return HOP_FAIL(hop, CALL_TIMEOUT, "timed out after %.3g s: %.*s %s", had_s, TEXT_ARG(place), lateness(hop));
}

bool hop_fail_stopped(struct hop *hop)
{
    return hop_fail(hop, CALL_STOPPED, T("the mock is stopping"));
}

static bool judge_transfer(struct hop *hop, CURLcode code)
{
    if (hop->answer->outcome != CALL_ANSWERED) /* said so while it ran */
        return false;
    if (code != CURLE_OK && !hop->ended)
        return fail_with(hop, code);
    hop->answer->status = status_of(hop);
    hop->answer->body = buf_text(&hop->body);
    return true;
}

/* Until it is answered, late, or cut short. */
static bool transfer(struct hop *hop, CURLM *multi)
{
    struct trip *trip = hop->trip;
    for (;;) {
        int left = 0;
        libcurl.multi_perform(multi, &left);
        const CURLMsg *message = libcurl.multi_info_read(multi, &left);
        if (message)
            return judge_transfer(hop, message->data.result);
        const int64_t left_ms = (trip->deadline_us - clock_steady_us() + 999) / 1000;
        if (atomic_load(&trip->pool->draining))
            return hop_fail_stopped(hop);
        if (left_ms <= 0)
            return hop_fail_late(hop);
        libcurl.multi_poll(multi, NULL, 0, (int)(left_ms < 1000 ? left_ms : 1000), NULL);
    }
}

struct performance {
    struct hop *hop;
    CURLM *multi;
    bool answered;
};

static void prepare(void *cls)
{
    struct performance *p = cls;
    p->hop->easy = libcurl.easy_init();
    p->multi = libcurl.multi_init();
    if (!p->hop->easy || !p->multi)
        memory_out();
    set_transport(p->hop);
    set_message(p->hop);
    if (libcurl.multi_add_handle(p->multi, p->hop->easy) != CURLM_OK)
        memory_out();
}

static void run(void *cls)
{
    struct performance *p = cls;
    p->answered = transfer(p->hop, p->multi);
    if (p->hop->no_memory)
        memory_out();
}

bool hop_perform(struct hop *hop)
{
    struct performance p = { .hop = hop };
    bool done = memory_try(prepare, &p);
    struct running running = { .multi = p.multi };
    if (done) {
        running_add(hop->trip->pool, &running);
        done = memory_try(run, &p);
        running_remove(hop->trip->pool, &running);
        libcurl.multi_remove_handle(p.multi, hop->easy);
    }
    libcurl.easy_cleanup(hop->easy); /* NULL is accepted, by each */
    libcurl.multi_cleanup(p.multi);
    libcurl.slist_free_all(hop->headers);
    if (!done)
        memory_out();
    return p.answered;
}
