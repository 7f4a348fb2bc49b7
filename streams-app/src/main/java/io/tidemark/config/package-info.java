/**
 * The configuration: one typed record, read once at the edge from YAML, overrides and references to
 * secrets, and the pages made from it. Knows {@code setting}, {@code flow} and the records of
 * parameters of {@code detect} and {@code alert}; nothing of Kafka.
 */
package io.tidemark.config;
