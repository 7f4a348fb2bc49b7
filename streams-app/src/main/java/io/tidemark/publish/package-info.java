/**
 * What of all alerts people are told: alerts of many workloads as one of their cluster, and no more
 * of a detector than its budget. Pure and by event time; depends on alerts and the binary form of
 * state only, and knows nothing of how alerts are found.
 */
package io.tidemark.publish;
