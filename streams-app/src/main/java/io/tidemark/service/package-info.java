/**
 * The pipeline as a service: topics, client properties, life cycle, metrics and health. The edge
 * between the typed configuration and Kafka.
 */
package io.tidemark.service;
