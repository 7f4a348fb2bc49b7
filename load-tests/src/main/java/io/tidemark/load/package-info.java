/**
 * Throughput of the product beside that of simpler and other jobs, each in a JVM of its own over
 * the same topics of one broker. Uses all of the product; nothing of the product uses this.
 */
package io.tidemark.load;
