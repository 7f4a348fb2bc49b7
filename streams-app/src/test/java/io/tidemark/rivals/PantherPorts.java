package io.tidemark.rivals;

import io.tidemark.detect.Window;
import io.tidemark.evaluate.Rival;
import io.tidemark.flow.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Panther's port scan rule: 10 ports of one host in an hour, less those of common services. */
public final class PantherPorts implements Rival {

  static final int PORTS = 10;

  private static final long HOUR = 3_600_000;
  private static final Set<Integer> COMMON = Set.of(80, 123, 443, 445, 2049);

  private final Map<Workload, Ports> clients = new HashMap<>();

  @Override
  public String name() {
    return "panther-ports";
  }

  @Override
  public String rule() {
    return "Panther: 10 ports of one host in an hour, less 80, 123, 443, 445 and 2049.";
  }

  @Override
  public void judge(Window window, Findings findings) {
    if (window.activity().edges().isEmpty()) {
      return;
    }
    Ports called = clients.computeIfAbsent(window.workload(), w -> new Ports(HOUR));
    called.add(window);
    called
        .byPeer()
        .forEach(
            (peer, ports) -> {
              if (isScan(ports)) {
                findings.found(
                    new Finding(
                        window.workload(),
                        "peer",
                        peer.id(),
                        called.start(),
                        window.end(),
                        window.end(),
                        ports.size() + " ports"));
              }
            });
  }

  static boolean isScan(Set<Integer> ports) {
    return ports.stream().filter(port -> !COMMON.contains(port)).count() >= PORTS;
  }
}
