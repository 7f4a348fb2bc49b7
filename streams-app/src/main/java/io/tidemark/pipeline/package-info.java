/**
 * The two stages as pure machines: observe (parse, identify, fold) and judge (merge, score, learn,
 * explain). Every shell drives the same two; only their stores differ. Knows nothing of Kafka.
 */
package io.tidemark.pipeline;
