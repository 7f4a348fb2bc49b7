/**
 * The written form of private state: a small, bounded binary writer and reader, and the codec that
 * every value kept in a store has. Depends on nothing.
 */
package io.tidemark.state;
