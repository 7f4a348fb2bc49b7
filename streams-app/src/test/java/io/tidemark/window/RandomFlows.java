package io.tidemark.window;

import io.tidemark.flow.DnsMessage;
import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Source;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Flows of every shape in one window, few workloads and so many peers that every bound is met. */
final class RandomFlows {

  /** 2025-01-06T10:00:00Z, a Monday; start of a window. */
  static final long T = 1_736_157_600_000L;

  private final Random random;

  RandomFlows(long seed) {
    this.random = new Random(seed);
  }

  List<Flow> some(int count) {
    List<Flow> flows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      flows.add(random.nextInt(4) == 0 ? lookup() : connection(i));
    }
    // In time: what is late is another test's claim.
    flows.sort(Comparator.comparingLong(Flow::time));
    return flows;
  }

  private Flow connection(int serial) {
    boolean counted = random.nextInt(4) == 0;
    // What is counted is told from its repetitions per partition only: here none repeats.
    int clientPort = counted ? 1 + serial % 65_535 : 40_000 + random.nextInt(2_000);
    return new Flow(
        Source.HUBBLE,
        counted ? T + serial % 10_000 : T + random.nextInt(10_000),
        pod("app-" + random.nextInt(3)),
        random.nextInt(3) == 0 ? pod("db-" + random.nextInt(3)) : outside(),
        Flow.TCP,
        clientPort,
        1 + random.nextInt(3),
        random.nextInt(5) == 0 ? Verdict.DROPPED : Verdict.FORWARDED,
        random.nextBoolean() ? "POLICY_DENIED" : "CT_INVALID",
        Vantage.values()[random.nextInt(3)],
        Phase.values()[random.nextInt(5)],
        random.nextBoolean(),
        counted ? random.nextInt(10_000) : -1,
        counted ? 1 + random.nextInt(10) : -1,
        counted ? 1 + random.nextInt(5) : 1,
        counted && random.nextBoolean(),
        null,
        false);
  }

  private Flow lookup() {
    String domain = "d" + random.nextInt(400) + ".example" + random.nextInt(2) + ".com";
    String name = "n" + random.nextInt(1_000) + ".d" + random.nextInt(400) + ".com";
    boolean response = random.nextBoolean();
    DnsMessage dns =
        new DnsMessage(
            random.nextBoolean() ? domain : name,
            random.nextInt(3) == 0 ? "TXT" : "A",
            response,
            response && random.nextInt(3) == 0 ? DnsMessage.NXDOMAIN : 0,
            response ? List.of(address()) : List.of());
    return new Flow(
        Source.HUBBLE,
        T + random.nextInt(10_000),
        pod("app-" + random.nextInt(3)),
        pod("dns-0"),
        Flow.UDP,
        40_000 + random.nextInt(2_000),
        53,
        Verdict.FORWARDED,
        null,
        Vantage.CLIENT,
        response ? Phase.ANSWERED : Phase.OPENED,
        response,
        -1,
        -1,
        1,
        false,
        dns,
        true);
  }

  private Endpoint pod(String workload) {
    String pod = workload + "-7d9f8c6b5-x7k2" + "bcdfghjk".charAt(random.nextInt(8));
    String kind = random.nextBoolean() ? "Deployment" : null;
    return new Endpoint(
        "10.0.0." + workload.length(), null, "shop", pod, null, kind, null, null, List.of());
  }

  private Endpoint outside() {
    List<String> names =
        random.nextInt(4) == 0 ? List.of("www" + random.nextInt(3) + ".example.org") : List.of();
    // Some lie inside the fleet and are claimed by nobody.
    String address =
        random.nextBoolean() ? address() : "10.9." + random.nextInt(8) + "." + random.nextInt(256);
    return new Endpoint(address, null, null, null, null, null, null, null, names);
  }

  private String address() {
    return "203.0." + random.nextInt(8) + "." + random.nextInt(256);
  }
}
