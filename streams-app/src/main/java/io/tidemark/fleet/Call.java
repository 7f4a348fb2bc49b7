package io.tidemark.fleet;

/**
 * An edge of the fleet: one party talks to another all the time.
 *
 * @param client who opens connections; a CronJob only while it runs
 * @param server who is called
 * @param port TCP port of the server
 * @param pooled whether the connections are long-lived, as those of database pools and gRPC
 * @param perMinute new connections a minute at intensity 1 and level 1 of the curve; for pooled
 *     calls, sightings of connections that live on
 * @param curve how that spreads over the week
 */
public record Call(
    Party client, Party server, int port, boolean pooled, double perMinute, Curve curve) {

  /** A name of the edge that does not change when other edges come or go. */
  String title() {
    return client.title() + " -> " + server.title() + ":" + port;
  }
}
