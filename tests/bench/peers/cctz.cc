// SPDX-License-Identifier: Apache-2.0
// cctz behind a C function: converts an array of seconds since 1970 and adds up what it read.
#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <chrono>
#include <cstddef>
#include <cstdint>

extern "C" std::int64_t peer_convert(const char *zone_name, const std::int64_t *seconds, std::size_t count)
{
    static cctz::time_zone zone;
    static const char *loaded;
    std::int64_t sum = 0;
    if (loaded != zone_name && !cctz::load_time_zone(zone_name, &zone))
        return -1;
    loaded = zone_name;
    for (std::size_t i = 0; i < count; i++) {
        const auto civil = cctz::convert(std::chrono::system_clock::from_time_t(seconds[i]), zone);
        sum += civil.hour() * 100 + civil.minute() + civil.day() + civil.month() * 7 + civil.year();
    }
    return sum;
}
