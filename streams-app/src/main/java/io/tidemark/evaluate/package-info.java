/**
 * How good the alerts of a run are: alerts held against a list of what really happened, and the
 * report of it for people, programs and browsers. Pure; knows {@code flow}, {@code detect}, {@code
 * alert} and {@code pipeline}, and Jackson in the written forms only.
 */
package io.tidemark.evaluate;
