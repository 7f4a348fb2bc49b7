package io.tidemark.window;

import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.HttpResponse;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Source;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Responses of {@code shop/web} to {@code shop/shell}, as proxies report them. */
final class HttpFlows {

  private static final int[] CODES = {200, 204, 302, 401, 404, 429, 418, 503};

  private HttpFlows() {}

  /** One response every 100 ms, codes in turn, each taking one millisecond more. */
  static List<Flow> some(int count) {
    List<Flow> flows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      flows.add(
          response(
              RandomFlows.T + 100L * (i % 100),
              CODES[i % CODES.length],
              (i + 1) * 1_000_000L,
              i % 3 == 0 ? Vantage.CLIENT : Vantage.SERVER));
    }
    return flows;
  }

  static Flow response(long time, int code, long latencyNanos, Vantage vantage) {
    return response(time, code, latencyNanos, vantage, Verdict.FORWARDED);
  }

  static Flow response(long time, int code, long latencyNanos, Vantage vantage, Verdict verdict) {
    return new Flow(
        Source.HUBBLE,
        time,
        pod("shell"),
        pod("web"),
        Flow.TCP,
        41_000,
        8080,
        verdict,
        null,
        vantage,
        Phase.ANSWERED,
        true,
        -1,
        -1,
        1,
        false,
        null,
        true,
        new HttpResponse(code, latencyNanos));
  }

  private static Endpoint pod(String workload) {
    String pod = workload + "-7d9f8c6b5-x7k2b";
    return new Endpoint(
        "10.0.0." + workload.length(), null, "shop", pod, null, null, null, null, List.of());
  }
}
