/**
 * What topics hold up to a point that is fixed at the opening: read without a group and without a
 * trace. Knows Kafka's clients and the records of public topics, and none of the processors.
 */
package io.tidemark.history;
