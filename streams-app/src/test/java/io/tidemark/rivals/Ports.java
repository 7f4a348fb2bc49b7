package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.flow.Direction;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Peer;
import io.tidemark.window.EdgeKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which ports of which peers one workload called in one bin of time. */
final class Ports {

  private final long length;
  private long bin = Long.MIN_VALUE;
  private final TreeMap<Peer, Set<Integer>> byPeer = new TreeMap<>();
  private final TreeMap<Integer, Set<Peer>> byPort = new TreeMap<>();

  /**
   * @param length of a bin, milliseconds
   */
  Ports(long length) {
    this.length = length;
  }

  void add(Window window) {
    long now = Math.floorDiv(window.start(), length);
    if (now != bin) {
      bin = now;
      byPeer.clear();
      byPort.clear();
    }
    for (EdgeKey key : window.activity().edges().keySet()) {
      boolean ported = key.protocol() == Flow.TCP || key.protocol() == Flow.UDP;
      if (key.direction() == Direction.EGRESS && ported && key.port() > 0) {
        byPeer.computeIfAbsent(key.peer(), p -> new TreeSet<>()).add(key.port());
        byPort.computeIfAbsent(key.port(), p -> new TreeSet<>()).add(key.peer());
      }
    }
  }

  long start() {
    return bin * length;
  }

  Map<Peer, Set<Integer>> byPeer() {
    return byPeer;
  }

  Map<Integer, Set<Peer>> byPort() {
    return byPort;
  }
}
