/**
 * A whole Kafka in this process, for trials and tests: one node that is broker and controller at
 * once. Knows Kafka's server and nothing of flows, windows or alerts; only the shells and tests use
 * it.
 */
package io.tidemark.embedded;
