/**
 * Hosts, scans and malware as they look on the wire, written from what is known of them and not
 * from what the detectors look for; all of it goes through the whole pipeline, cold and without
 * configuration. Allowed: everything; nothing depends on it.
 */
package io.tidemark.wild;
