/**
 * Looks back at one workload: its alert recomputed from history, what was normal before, and which
 * settings would have kept silent. Pure, fed with facts by whoever has a history; knows nothing of
 * Kafka, files or the clock.
 */
package io.tidemark.explain;
