/**
 * The schema registry client and the Avro serde, speaking Confluent's REST protocol, wire format
 * and setting names. Depends on Avro, Jackson and Kafka's client interfaces, and on nothing of
 * Tidemark.
 */
package io.tidemark.schemas.registry;
