/**
 * Detectors: each a record of parameters with two pure functions, score and learn, over a baseline
 * and a window. No Kafka, no Avro, no clock, no logger. Knows {@code window}, {@code stats} and
 * {@code flow}.
 */
package io.tidemark.detect;
