package io.tidemark.load.growth;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Makes Hubble lines with exactly so many workloads and peers, at exactly so many lines a window,
 * in order of event time. Line by line the workloads take turns, and each goes through its peers.
 * Not thread-safe.
 */
final class LineMaker {

  /** Any moment in the past will do: what is judged is event time. Start of a window. */
  static final long START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();

  /** Nodes that report: what one reports lies in one partition. */
  static final int NODES = 48;

  /** Who is called by made pods. */
  private static final int VICTIMS = 10;

  private static final long NANOS = 1_000_000;

  private final Traffic traffic;
  private final long regular;
  private final LineText text;
  private final Consumer<Incident> begins;
  private long index;
  private int incident;
  private int port;

  /**
   * @param begins told each incident before its first line
   */
  LineMaker(Traffic traffic, Consumer<Incident> begins) {
    this.traffic = traffic;
    this.regular = traffic.linesPerWindow() - (long) traffic.incidents() * Incident.PORTS;
    this.text = new LineText(traffic);
    this.begins = begins;
  }

  /** The next line; they never end. */
  Line next() {
    long time = START * NANOS + index / regular * Traffic.WINDOW * NANOS;
    time += (long) ((index % regular + 0.5) / regular * Traffic.WINDOW * NANOS);
    if (traffic.incidents() > 0) {
      Incident next = incident(incident);
      long at = (next.start() + port * Incident.STEP) * NANOS;
      if (at < time) {
        return scan(next, at);
      }
    }
    long line = index++;
    if (traffic.attack() == Attack.CALM) {
      return calm(line, time);
    }
    long turn = line / Attack.EVERY;
    return line % Attack.EVERY == 0 ? calm(turn, time) : attack(turn, time);
  }

  private Line calm(long line, long time) {
    int workload = (int) (line % traffic.workloads());
    long turn = line / traffic.workloads();
    long pair = turn / 2;
    int peer = (int) (pair % traffic.peers());
    return new Line(node(workload), time, text.pair(workload, peer, pair, turn % 2 == 1, time));
  }

  private Line attack(long number, long time) {
    return switch (traffic.attack()) {
      case SCANNER -> new Line(node(0), time, text.probe(number, time));
      case NAMES -> new Line(node(0), time, text.question(number, time));
      case PODS ->
          new Line(
              (int) (number % NODES), time, text.stranger(number, (int) (number % VICTIMS), time));
      case CALM -> throw new IllegalStateException("nobody attacks");
    };
  }

  private Line scan(Incident scan, long at) {
    if (port == 0) {
      begins.accept(scan);
    }
    byte[] json = text.scan(scan.workload(), port, at);
    port++;
    if (port == Incident.PORTS) {
      port = 0;
      incident++;
    }
    return new Line(node(scan.workload()), at, json);
  }

  /** They begin in the second window, evenly spread over each. */
  private Incident incident(int number) {
    long window = 1L + number / traffic.incidents();
    double share = (number % traffic.incidents() + 0.5) / traffic.incidents();
    long room = Traffic.WINDOW - 2 * Incident.PORTS * Incident.STEP;
    long start = START + window * Traffic.WINDOW + (long) (share * room);
    return new Incident(number, number % traffic.workloads(), start);
  }

  static int node(int workload) {
    return workload % NODES;
  }
}
