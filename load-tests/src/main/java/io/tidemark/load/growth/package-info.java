/**
 * How the product's cost grows as its work grows: made traffic of exactly so many workloads and
 * peers, the service measured over it point by point, and exponents fitted through the points. Uses
 * all of the product and the processes of {@code io.tidemark.load}; nothing of the product uses
 * this.
 */
package io.tidemark.load.growth;
