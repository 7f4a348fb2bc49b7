/**
 * Flow records: what one source reported about traffic between two endpoints, the parsers that read
 * it, and who the endpoints are. Knows nothing of Kafka, windows or detectors.
 */
package io.tidemark.flow;
