/**
 * A made-up Kubernetes fleet that talks: from a seed it writes the flow records a Hubble exporter
 * would write, with incidents on request, so that the demo, tests, benchmarks and evaluations have
 * any length of history whose truth is known. Depends on the JDK only.
 */
package io.tidemark.fleet;
