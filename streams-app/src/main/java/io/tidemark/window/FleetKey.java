package io.tidemark.window;

import io.tidemark.flow.Source;

/**
 * Key of what the fleet did in one hour, as one source told it.
 *
 * @param hour its start, milliseconds since the epoch
 */
public record FleetKey(Source source, long hour) {}
