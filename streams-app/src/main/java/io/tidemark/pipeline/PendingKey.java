package io.tidemark.pipeline;

import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;

/**
 * Key of merged facts that wait for their window to be complete.
 *
 * @param start start of the window, milliseconds since the epoch
 */
public record PendingKey(Source source, long start, Workload workload) {}
