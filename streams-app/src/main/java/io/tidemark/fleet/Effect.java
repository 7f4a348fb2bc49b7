package io.tidemark.fleet;

/**
 * What goes wrong at a server for a while.
 *
 * @param server whose answers change
 * @param client whose calls are concerned, {@code null} for everybody's
 * @param start milliseconds since the epoch
 * @param end exclusive
 * @param failing share of HTTP requests that get {@code code} instead of what they asked for
 * @param code status of those
 * @param slower times the usual latency
 */
record Effect(
    Party server, Party client, long start, long end, double failing, int code, double slower) {

  boolean holds(Party callee, Party caller, long millis) {
    return millis >= start
        && millis < end
        && server.equals(callee)
        && (client == null || client.equals(caller));
  }
}
