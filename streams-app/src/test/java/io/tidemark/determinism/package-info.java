/**
 * The same history gives the same alerts, proven on a real broker: what is promised as reusable
 * {@link io.tidemark.determinism.Guarantee guarantees}, and a suite that holds random combinations
 * of partitions, stores, instances and mishaps against them. Tests of other ways to run the
 * pipeline may use the guarantees; nothing here is used by the product.
 */
package io.tidemark.determinism;
