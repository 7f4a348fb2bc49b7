package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.flow.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Elastic's scan rules: in a minute 50 ports or 5 sensitive ones at one host, or 100 hosts on one
 * port. Whether anybody answered does not matter.
 */
public final class ElasticScan implements Rival {

  static final int PORTS = 50;
  static final int SENSITIVE_PORTS = 5;
  static final int HOSTS = 100;

  private static final long MINUTE = 60_000;

  private static final Set<Integer> SENSITIVE =
      Set.of(21, 22, 23, 25, 111, 135, 139, 445, 1433, 3306, 3389, 5432, 5900, 5985, 6379);

  private final Map<Workload, Ports> clients = new HashMap<>();

  @Override
  public String name() {
    return "elastic-scan";
  }

  @Override
  public String rule() {
    return "Elastic: 50 ports or 5 sensitive ones at one host, or 100 hosts on one port, in a minute.";
  }

  @Override
  public void judge(Window window, Findings findings) {
    if (window.activity().edges().isEmpty()) {
      return;
    }
    Ports called = clients.computeIfAbsent(window.workload(), w -> new Ports(MINUTE));
    called.add(window);
    called
        .byPeer()
        .forEach(
            (peer, ports) -> {
              if (isScan(ports)) {
                findings.found(finding(window, called, "peer", peer.id()));
              }
            });
    called
        .byPort()
        .forEach(
            (port, peers) -> {
              if (peers.size() >= HOSTS) {
                findings.found(finding(window, called, "port", "port " + port));
              }
            });
  }

  static boolean isScan(Set<Integer> ports) {
    return ports.size() >= PORTS
        || ports.stream().filter(SENSITIVE::contains).count() >= SENSITIVE_PORTS;
  }

  private static Finding finding(Window window, Ports called, String kind, String subject) {
    return new Finding(
        window.workload(), kind, subject, called.start(), window.end(), window.end(), "a scan");
  }
}
