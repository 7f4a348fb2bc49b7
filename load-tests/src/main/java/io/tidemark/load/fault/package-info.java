/**
 * What becomes of alerts when things break: the service as real processes on a cluster of real
 * broker processes, a fault, and the same promises held against every case. Uses all of the
 * product; nothing of the product uses this.
 */
package io.tidemark.load.fault;
