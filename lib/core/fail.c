/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting a failure into the caller's own error. Nothing is allocated, so that lack of memory is reported as
 * well as anything; an error that was never set up (struct_size 0, or absurd) is left alone. */
#include "core/fail.h"
#include "core/message.h"
#include "core/sized.h"

/* How much of the caller's error there is to write to: 0 where it was never set up. The texts of an error that is
 * smaller than ours end with it. */
static size_t writable_size(const bpo_error *err)
{
    if (!err || err->struct_size < offsetof(bpo_error, path) || err->struct_size > BPO__SIZED_MOST)
        return 0;
    return err->struct_size < sizeof(bpo_error) ? err->struct_size : sizeof(bpo_error);
}

/* Copies the complete error as far as the caller's reaches. */
static void deliver(bpo_error *complete, bpo_error *err, size_t size)
{
    complete->struct_size = err->struct_size;
    memcpy(err, complete, size);
    if (size > offsetof(bpo_error, path) && size < sizeof(bpo_error)) {
        size_t end = bpo__utf8_cut((const char *)complete, sizeof(bpo_error), size - 1);
        memset((char *)err + end, 0, size - end);
    }
}

static uint32_t copy_arguments(const bpo__text arguments[BPO__MESSAGE_ARGUMENTS], char *into, size_t room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < BPO__MESSAGE_ARGUMENTS; i++) {
        if (arguments[i].data)
            count = i + 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        size_t length = bpo__message_show(arguments[i], BPO__MESSAGE_ARGUMENT_MOST, into, room);
        into += length + 1;
        room -= length + 1;
    }
    return count;
}

_Static_assert(BPO_ERROR_ARGUMENTS_SIZE >= BPO__MESSAGE_ARGUMENTS * (BPO__MESSAGE_ARGUMENT_MOST + 1),
               "every argument fits beside the others");

static bpo_status fail(bpo_error *err, bpo_status code, bpo_status host_status, int32_t message, bpo__text path,
                       const bpo__text arguments[BPO__MESSAGE_ARGUMENTS])
{
    size_t size = writable_size(err);
    if (size == 0)
        return code;
    bpo_error complete = BPO_ERROR_INIT;
    complete.code = code;
    complete.host_status = host_status;
    complete.message_id = message;
    complete.argument_count = copy_arguments(arguments, complete.arguments, sizeof(complete.arguments));
    bpo__message_show(path, sizeof(complete.path), complete.path, sizeof(complete.path));
    bpo__message_format(message, arguments, complete.message, sizeof(complete.message));
    deliver(&complete, err, size);
    return code;
}

bpo_status bpo__fail_text(bpo_error *err, bpo_status code, int32_t message, bpo__text path, bpo__text argument0,
                          bpo__text argument1, bpo__text argument2)
{
    const bpo__text arguments[BPO__MESSAGE_ARGUMENTS] = {argument0, argument1, argument2};
    return fail(err, code, 0, message, path, arguments);
}

bpo_status bpo__fail(bpo_error *err, bpo_status code, int32_t message, const char *path, const char *argument0,
                     const char *argument1, const char *argument2)
{
    return bpo__fail_text(err, code, message, bpo__text_of(path), bpo__text_of(argument0), bpo__text_of(argument1),
                          bpo__text_of(argument2));
}

bpo_status bpo__fail_memory(bpo_error *err)
{
    return bpo__fail(err, BPO_E_NOMEM, BPO__MSG_no_memory, NULL, NULL, NULL, NULL);
}

bpo_status bpo__fail_argument(bpo_error *err, const char *argument)
{
    return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_missing, NULL, argument, NULL, NULL);
}

bpo_status bpo__fail_host(bpo_error *err, bpo_status status, const char *callback)
{
    const bpo__text arguments[BPO__MESSAGE_ARGUMENTS] = {bpo__text_of(callback), {NULL, 0}, {NULL, 0}};
    if (status >= 0)
        return fail(err, BPO_E_STATE, status, BPO__MSG_host_answer, bpo__text_of(NULL), arguments);
    return fail(err, status, status, BPO__MSG_host_refused, bpo__text_of(NULL), arguments);
}

bpo_status bpo__fail_as(bpo_error *err, const bpo_error *reason)
{
    bpo_error complete = *reason;
    size_t size = writable_size(err);
    if (size > 0)
        deliver(&complete, err, size);
    return reason->code;
}

void bpo__fail_prefix(bpo_error *err, const char *prefix)
{
    if (writable_size(err) < offsetof(bpo_error, message))
        return;
    char path[BPO_ERROR_PATH_SIZE] = {0};
    size_t length = bpo__message_show(bpo__text_of(prefix), sizeof(path), path, sizeof(path));
    bpo__message_show(bpo__text_of(err->path), sizeof(path), path + length, sizeof(path) - length);
    memcpy(err->path, path, sizeof(path));
}

void bpo_error_init(bpo_error *err)
{
    static const bpo_error initial = BPO_ERROR_INIT;
    if (err)
        *err = initial;
}
