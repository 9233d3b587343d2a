/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file context.h
 * What the host supplies: memory, log, zone data and a digest.
 *
 * The library reads no clock, no file, no environment and no locale, and keeps
 * nothing global. Whatever it needs from the outside comes through a
 * #bpo_host. Several contexts may live side by side and share nothing.
 */
#ifndef BPO_CONTEXT_H
#define BPO_CONTEXT_H

#include <bpo/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opaque, counted holder of what the host supplies.
 *
 * Every other object keeps its context alive. Immutable after it is made.
 */
typedef struct bpo_context bpo_context;

/** Bytes of a digest (SHA-256). */
#define BPO_DIGEST_SIZE 32

/** Levels of the log. */
enum {
    BPO_LOG_ERROR = 1,   /**< something was refused that the host should know of */
    BPO_LOG_WARNING = 2, /**< odd, but handled */
    BPO_LOG_DEBUG = 3    /**< for people who develop */
};

/**
 * The host's side of the library, copied by bpo_context_new().
 *
 * Every callback runs only during a library call, on the calling thread. None may
 * unwind through the library (no exception, panic or longjmp). All may be NULL:
 * memory then comes from malloc, and what needs the others fails with
 * #BPO_E_UNSUPPORTED. A failure that a callback returns comes back unchanged;
 * #BPO_E_HOST is free for hosts. #BPO_PASS from zone or digest counts as a
 * callback that is not set; another positive status is #BPO_E_STATE.
 */
typedef struct bpo_host {
    uint32_t struct_size; /**< sizeof(bpo_host), set by #BPO_HOST_INIT */
    uint32_t flags;       /**< 0 */
    void *user;           /**< first argument of every callback */
    /** Called exactly once, when the context ends. */
    void (*release)(void *user);
    /** A block of @p size (> 0) bytes aligned for any type, or NULL. Thread-safe if the context is shared. */
    void *(*alloc)(void *user, size_t size);
    /** The block grown or shrunk, its content kept, or NULL with the old block untouched. */
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    /** Takes a block back; @p size is what was asked for. */
    void (*free)(void *user, void *block, size_t size);
    /** One line of log, NUL-terminated UTF-8 without line end. */
    void (*log)(void *user, int32_t level, const char *text);
    /**
     * Zone data: writes the zone's TZif bytes (RFC 9636, version 2 or later) to @p tzif and the version
     * of the zone database, such as "2026a", to @p version (may be left empty).
     * Returns #BPO_E_ZONE for a name that is not known.
     */
    bpo_status (*zone)(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version);
    /** SHA-256 of @p size bytes into 32 bytes. */
    bpo_status (*digest)(void *user, const void *data, size_t size, uint8_t *ret_digest);
} bpo_host;

/** A #bpo_host with its size set and everything else zero. */
#define BPO_HOST_INIT {sizeof(bpo_host), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/**
 * Sets a host table up, for languages that cannot use #BPO_HOST_INIT.
 *
 * @param host the table; NULL does nothing
 * @par Threads any
 * @since 0.1
 */
BPO_API void bpo_host_init(bpo_host *host);

/**
 * Makes a context.
 *
 * On failure nothing is kept and the host's @c release is not called.
 *
 * @param host what the host supplies, copied; NULL for malloc and nothing else. alloc, resize and free are all
 *        set or all NULL
 * @param ret_context the new context, to be given back with bpo_context_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_context_new(const bpo_host *host, bpo_context **ret_context, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param context a context; NULL gives NULL
 * @return @p context
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_context *bpo_context_ref(bpo_context *context);

/**
 * Gives a reference back; with the last one, and the last object made from it, the context ends.
 *
 * @param context a context or NULL
 * @return NULL, so that `context = bpo_context_unref(context)` is safe
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_context *bpo_context_unref(bpo_context *context);

#ifdef __cplusplus
}
#endif
#endif
