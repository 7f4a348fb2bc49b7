/**
 * What differs between two sets of alerts, why, and what it costs: two runs over the same history
 * compared, and the report for people, pull requests and programs. Pure; knows {@code flow}, {@code
 * detect} and {@code alert}, and Jackson in the JSON form only.
 */
package io.tidemark.compare;
