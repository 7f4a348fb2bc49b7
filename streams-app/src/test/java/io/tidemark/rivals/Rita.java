package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.flow.Direction;
import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.window.Edge;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * RITA version 5: every hour the last 24 hours of each pair of a workload and an outside peer,
 * scored as beacon and as long connection, raised or lowered by how many know the peer and since
 * when. Facts tell a connection's time to the window. The thresholds between which a score is
 * graded are 0.5, 0.75, 0.9 and 1 for beacons, 1, 4, 8 and 12 hours for long connections; each
 * modifier adds or takes 0.15, and 0.6 is the grade "high" from which on this rival speaks.
 */
public final class Rita implements Rival {

  static final double HIGH = 0.6;

  private static final double MODIFIER = 0.15;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long RARELY_NEW = 7 * DAY;
  private static final long LONG_KNOWN = 30 * DAY;

  /** A connection of which nothing was seen for so long is over. */
  private static final long OVER = 900_000;

  /** Pairs and, of each, windows and connections that are kept at most. */
  private static final int PAIRS = 50_000;

  private static final int WINDOWS = 8_640;
  private static final int CONNECTIONS = 64;

  private record Key(Workload workload, Peer peer) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = workload.compareTo(other.workload);
      return order != 0 ? order : peer.compareTo(other.peer);
    }
  }

  /** What is known of one pair. */
  private static final class Pair {
    long[] times = new long[16];
    double[] sizes = new double[16];
    int from;
    int to;
    boolean sized;

    /** First and last sight of each connection. */
    final Map<Long, long[]> connections = new HashMap<>();

    long longest;

    void add(Window window, Edge edge) {
      sized |= window.source() == Source.VPC_FLOW;
      double size = (double) edge.bytesToServer() / Math.max(1, edge.flows());
      if (edge.opened() > 0 || edge.key().protocol() != 6) {
        add(window.start(), size);
      }
      connections.values().removeIf(seen -> seen[1] < window.start() - OVER);
      for (long hash : edge.facts().connections()) {
        long[] seen = connections.get(hash);
        if (seen == null && connections.size() < CONNECTIONS) {
          connections.put(hash, new long[] {window.start(), window.end()});
        } else if (seen != null) {
          seen[1] = window.end();
        }
      }
      longest = connections.values().stream().mapToLong(seen -> seen[1] - seen[0]).max().orElse(0);
    }

    private void add(long time, double size) {
      if (to > from && times[to - 1] == time) {
        return;
      }
      if (to - from == WINDOWS) {
        from++;
      }
      if (to == times.length) {
        int kept = to - from;
        int room = Math.max(16, 2 * kept);
        times = Arrays.copyOf(Arrays.copyOfRange(times, from, to), room);
        sizes = Arrays.copyOf(Arrays.copyOfRange(sizes, from, to), room);
        from = 0;
        to = kept;
      }
      times[to] = time;
      sizes[to++] = size;
    }

    void forget(long before) {
      while (from < to && times[from] < before) {
        from++;
      }
    }
  }

  private static final class Known {
    final long first;
    final Set<Workload> by = new HashSet<>();

    Known(long first) {
      this.first = first;
    }
  }

  private final TreeMap<Key, Pair> pairs = new TreeMap<>();
  private final Map<Peer, Known> peers = new HashMap<>();
  private final Set<Workload> workloads = new HashSet<>();
  private long begun = Long.MAX_VALUE;
  private long hour = Long.MIN_VALUE;

  @Override
  public String name() {
    return "rita";
  }

  @Override
  public String rule() {
    return "RITA v5: beacons and long connections to outside peers of a day, every hour, with its"
        + " modifiers, from grade high on.";
  }

  @Override
  public void judge(Window window, Findings findings) {
    long now = Math.floorDiv(window.start(), HOUR);
    if (hour == Long.MIN_VALUE) {
      hour = now;
    }
    if (now > hour) {
      look(now * HOUR, findings);
      hour = now;
    }
    begun = Math.min(begun, window.start());
    workloads.add(window.workload());
    for (Edge edge : window.activity().edges().values()) {
      Peer peer = edge.key().peer();
      if (edge.key().direction() == Direction.EGRESS && peer.external()) {
        Key key = new Key(window.workload(), peer);
        Pair pair = pairs.get(key);
        if (pair == null && pairs.size() < PAIRS) {
          pair = new Pair();
          pairs.put(key, pair);
        }
        if (pair != null) {
          pair.add(window, edge);
          peers.computeIfAbsent(peer, p -> new Known(window.start())).by.add(window.workload());
        }
      }
    }
  }

  @Override
  public void finish(Findings findings) {
    if (hour != Long.MIN_VALUE) {
      look((hour + 1) * HOUR, findings);
    }
  }

  private void look(long at, Findings findings) {
    long from = Math.max(Math.floorDiv(begun, HOUR) * HOUR, at - DAY);
    pairs.values().forEach(pair -> pair.forget(from));
    pairs.entrySet().removeIf(e -> e.getValue().from == e.getValue().to && idle(e.getValue(), at));
    pairs.forEach((key, pair) -> look(key, pair, from, at, findings));
  }

  private static boolean idle(Pair pair, long at) {
    return pair.connections.values().stream().noneMatch(seen -> seen[1] >= at - DAY);
  }

  private void look(Key key, Pair pair, long from, long at, Findings findings) {
    boolean fresh =
        (pair.to > pair.from && pair.times[pair.to - 1] >= at - HOUR)
            || pair.connections.values().stream().anyMatch(seen -> seen[1] >= at - HOUR);
    if (!fresh) {
      return;
    }
    double modifiers = modifiers(key.peer(), at);
    double beacon = beacon(pair, from, at);
    double lasting = RitaScore.bucket(pair.longest / (double) HOUR, 1, 4, 8, 12);
    double score = Math.max(RitaScore.bucket(beacon, 0.5, 0.75, 0.9, 1), lasting) + modifiers;
    if (score >= HIGH) {
      findings.found(
          new Finding(
              key.workload(),
              key.peer().type() == Peer.Type.DOMAIN ? "domain" : "peer",
              key.peer().id(),
              pair.to > pair.from ? pair.times[pair.from] : at - HOUR,
              at,
              at,
              "beacon " + beacon + ", with modifiers " + score));
    }
  }

  private static double beacon(Pair pair, long from, long to) {
    if (pair.to - pair.from < RitaScore.FEWEST) {
      return 0;
    }
    long[] times = Arrays.copyOfRange(pair.times, pair.from, pair.to);
    double[] sizes = pair.sized ? Arrays.copyOfRange(pair.sizes, pair.from, pair.to) : null;
    return RitaScore.beacon(times, sizes, from, to);
  }

  private double modifiers(Peer peer, long at) {
    Known known = peers.get(peer);
    long age = at - known.first;
    return modifiers((double) known.by.size() / workloads.size(), age);
  }

  /**
   * What is added to a score.
   *
   * @param prevalence share of the workloads that know the peer
   * @param age of its first sight, milliseconds
   */
  static double modifiers(double prevalence, long age) {
    double rare = prevalence <= 0.02 ? MODIFIER : prevalence >= 0.5 ? -MODIFIER : 0;
    double fresh = age <= RARELY_NEW ? MODIFIER : age >= LONG_KNOWN ? -MODIFIER : 0;
    return rare + fresh;
  }
}
