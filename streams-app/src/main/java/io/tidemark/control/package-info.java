/**
 * What operators say (suppress, freeze, forget, ...) as values, and the bounded book that knows
 * which of it holds for a window of event time. May know flow; nothing of Kafka, Avro or a clock.
 */
package io.tidemark.control;
