/**
 * The stages as Kafka Streams processors: stores, serdes, sinks, dead letters, metrics. The only
 * place, besides the edge, that knows Kafka.
 */
package io.tidemark.topology;
