package io.tidemark.detect;

import io.tidemark.flow.Flow;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Workload;
import io.tidemark.window.Edge;
import io.tidemark.window.EdgeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How the detectors of peers and ports speak of them. */
final class PeerWords {

  /** Windows with facts that a workload must have had, besides its age. */
  static final int WINDOWS_NEEDED = 20;

  private static final double HOUR = 3_600_000;

  private PeerWords() {}

  /** Whether the workload has been known long enough to speak of what it never did. */
  static Learning learning(Profile profile, Duration warmUp) {
    boolean ready = profile.age() >= warmUp.toMillis() && profile.windowsSeen() >= WINDOWS_NEEDED;
    return ready ? Learning.complete() : Learning.incomplete(() -> missing(profile, warmUp));
  }

  private static List<String> missing(Profile profile, Duration warmUp) {
    List<String> missing = new ArrayList<>(2);
    if (profile.age() < warmUp.toMillis()) {
      missing.add("seen for " + time(profile.age()) + " of " + time(warmUp.toMillis()));
    }
    if (profile.windowsSeen() < WINDOWS_NEEDED) {
      missing.add(profile.windowsSeen() + " of " + WINDOWS_NEEDED + " windows with traffic seen");
    }
    return missing;
  }

  /** Whether servers of this protocol listen on numbered ports, and this edge knows which. */
  static boolean hasPort(EdgeKey key) {
    return key.port() > 0
        && (key.protocol() == Flow.TCP
            || key.protocol() == Flow.UDP
            || key.protocol() == Flow.SCTP);
  }

  static String protocol(int number) {
    return switch (number) {
      case Flow.TCP -> "TCP";
      case Flow.UDP -> "UDP";
      case Flow.SCTP -> "SCTP";
      case Flow.ICMP -> "ICMP";
      case Flow.ICMPV6 -> "ICMPv6";
      case -1 -> "";
      default -> "IP " + number;
    };
  }

  /** Such as {@code TCP 5432}, or {@code ICMP} where there is no port. */
  static String service(EdgeKey key) {
    String name = key.protocol() == -1 ? "an unknown protocol" : protocol(key.protocol());
    return key.port() > 0 ? name + ' ' + key.port() : name;
  }

  static String name(Workload workload) {
    return workload.namespace().isEmpty()
        ? workload.name()
        : workload.namespace() + '/' + workload.name();
  }

  /** The peer's name, without the cluster where that is the workload's own. */
  static String name(Peer peer, Workload beside) {
    String own = beside.cluster() + '/';
    if (peer.external() || !peer.id().startsWith(own)) {
      return peer.id();
    }
    String rest = peer.id().substring(own.length());
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }

  /** Such as {@code a minute}, {@code 10 minutes}. */
  static String minutes(int count) {
    return count == 1 ? "a minute" : count + " minutes";
  }

  /** Such as {@code 2.1 days}, {@code 5.0 hours}, {@code 10 s}. */
  static String time(long millis) {
    if (millis >= 48 * HOUR) {
      return tenths(millis / (24 * HOUR)) + " days";
    }
    if (millis >= HOUR) {
      return tenths(millis / HOUR) + " hours";
    }
    return millis >= 120_000 ? millis / 60_000 + " minutes" : millis / 1000 + " s";
  }

  static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** The sum of the contributions, cut at 100. */
  static double score(List<Signal.Contribution> contributions) {
    double sum = 0;
    for (Signal.Contribution contribution : contributions) {
      sum += contribution.points();
    }
    return Math.min(100, sum);
  }

  /** An observed quantity that has no distribution to compare with. */
  static Signal.Measure measure(
      String name, String unit, double observed, long samples, long since) {
    return new Signal.Measure(
        name, unit, observed, Double.NaN, Double.NaN, Double.NaN, samples, since);
  }

  /**
   * Edges as evidence: first those with the most connections denied or refused, then the busiest,
   * then in the order of their keys.
   */
  static List<Signal.Evidence> evidence(List<Edge> edges, Workload beside) {
    Comparator<Edge> order =
        Comparator.comparingLong((Edge edge) -> edge.denied() + edge.refused())
            .thenComparingLong(Edge::flows)
            .reversed()
            .thenComparing(Edge::key);
    return edges.stream()
        .sorted(order)
        .limit(Signal.EVIDENCE_KEPT)
        .map(edge -> evidence(edge, beside))
        .toList();
  }

  private static Signal.Evidence evidence(Edge edge, Workload beside) {
    EdgeKey key = edge.key();
    return new Signal.Evidence(
        name(key.peer(), beside),
        key.port() > 0 ? key.port() : -1,
        protocol(key.protocol()),
        detail(edge),
        edge.flows(),
        edge.denied(),
        edge.records(),
        edge.coordinates());
  }

  private static String detail(Edge edge) {
    List<String> parts = new ArrayList<>(4);
    if (edge.name() != null) {
      parts.add("as " + edge.name());
    }
    if (edge.answered() > 0) {
      parts.add("answered");
    } else if (edge.refused() > 0) {
      parts.add("refused");
    } else if (edge.denied() > 0) {
      parts.add(edge.dropReason() == null ? "dropped" : "dropped: " + edge.dropReason());
    } else if (edge.opened() > 0) {
      parts.add("no answer seen");
    }
    if (!edge.pods().isEmpty()) {
      parts.add("pods " + String.join(", ", edge.pods()));
    }
    return String.join("; ", parts);
  }
}
