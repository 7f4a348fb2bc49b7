/**
 * Statistics whose result depends on the data alone: hashes, distinct counts, digests, entropy. No
 * randomised structure, no clock. May use {@code state} for written forms.
 */
package io.tidemark.stats;
