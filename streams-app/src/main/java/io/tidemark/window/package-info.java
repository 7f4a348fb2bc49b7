/**
 * Windows of event time: the facts that flows are folded into, how facts merge, and the watermarks
 * that say when a window is complete. Knows {@code flow} and {@code stats}; nothing of Kafka.
 */
package io.tidemark.window;
