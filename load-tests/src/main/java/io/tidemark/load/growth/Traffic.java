package io.tidemark.load.growth;

/**
 * What lines are made of.
 *
 * @param seed the same seed gives the same lines
 * @param workloads that speak, 2 to {@value #MOST_WORKLOADS}; each does in every window
 * @param peers that each of them calls in turn, 1 to {@value #MOST_PEERS}: its neighbour, and
 *     networks outside
 * @param density lines of a workload in a window of ten seconds, even: an opening and its answer
 * @param attack what every second line is, if not {@link Attack#CALM}: then a window has twice as
 *     many lines
 * @param incidents port scans in a window, each by another workload, 0 to {@value #MOST_INCIDENTS}
 */
record Traffic(long seed, int workloads, int peers, int density, Attack attack, int incidents) {

  static final int MOST_WORKLOADS = 65_536;
  static final int MOST_PEERS = 100_000;
  static final int MOST_INCIDENTS = 20;

  /** Length of a window, milliseconds: Tidemark's default. */
  static final long WINDOW = 10_000;

  Traffic {
    within("workloads", workloads, 2, MOST_WORKLOADS);
    within("peers", peers, 1, MOST_PEERS);
    within("density", density, 2, 10_000);
    within("incidents", incidents, 0, MOST_INCIDENTS);
    if (density % 2 != 0) {
      throw new IllegalArgumentException("density must be even: " + density);
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
    }
  }

  /** Lines of a window. */
  long linesPerWindow() {
    long calm = (long) workloads * density;
    return (attack == Attack.CALM ? calm : calm * Attack.EVERY) + (long) incidents * Incident.PORTS;
  }

  /** Lines of a second of event time. */
  double linesPerSecond() {
    return linesPerWindow() * 1000.0 / WINDOW;
  }

  /** Lines after which every workload has called all of its peers, attacks and incidents apart. */
  long linesToMeetAll() {
    return 2L * peers * workloads;
  }

  Traffic with(Attack other, int lines) {
    return new Traffic(seed, workloads, peers, lines, other, incidents);
  }
}
