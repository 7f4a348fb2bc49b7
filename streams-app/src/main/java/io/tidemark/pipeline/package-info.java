/**
 * The three stages as pure machines: observe (parse, identify, fold), judge (merge, score, learn,
 * explain) and publish (decide which alerts people are told). Every shell drives the same three;
 * only their stores differ. Knows nothing of Kafka.
 */
package io.tidemark.pipeline;
