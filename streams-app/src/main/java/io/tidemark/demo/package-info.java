/**
 * The demonstration: a made-up fleet, an embedded broker, the real pipeline, and what it found set
 * against what happened. Knows fleet, service and alert; only the command line knows it.
 */
package io.tidemark.demo;
