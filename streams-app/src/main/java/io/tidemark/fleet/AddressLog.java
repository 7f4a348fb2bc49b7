package io.tidemark.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes who had which address when, one JSON object a line, for sources that know addresses only:
 * a pod's line is written when it is gone, those of the pods that live on at the end.
 */
public final class AddressLog {
  /** What a pod said last is still on the wire, or not yet logged, when it is gone. */
  private static final long GRACE = 60_000L;

  private final Fleet fleet;
  private final OutputStream out;
  private final Map<Pod, Long> alive = new LinkedHashMap<>();

  /**
   * @param out closed by nobody but the caller
   */
  public AddressLog(Fleet fleet, OutputStream out) {
    this.fleet = fleet;
    this.out = out;
  }

  void started(Pod pod, long millis) {
    alive.put(pod, millis);
  }

  void stopped(Pod pod, long millis) {
    write(pod, alive.remove(pod), ",\"validTo\":\"" + Instant.ofEpochMilli(millis + GRACE) + "\"");
  }

  void end() {
    alive.forEach((pod, since) -> write(pod, since, ""));
    alive.clear();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Pod pod, long since, String until) {
    Workload workload = pod.workload();
    String line =
        "{\"address\":\""
            + pod.home().podAddress(pod.slot())
            + "\",\"cluster\":\""
            + fleet.spec().cluster()
            + "\",\"namespace\":\""
            + workload.namespace()
            + "\",\"kind\":\""
            + workload.kind()
            + "\",\"name\":\""
            + workload.name()
            + "\",\"pod\":\""
            + pod.name()
            + "\",\"validFrom\":\""
            + Instant.ofEpochMilli(since)
            + "\""
            + until
            + "}\n";
    try {
      out.write(Node.ascii(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
