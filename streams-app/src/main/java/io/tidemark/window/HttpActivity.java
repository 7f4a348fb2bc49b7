package io.tidemark.window;

import io.tidemark.flow.HttpResponse;
import io.tidemark.flow.Vantage;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Arrays;

/**
 * The HTTP responses of one edge in one window: how many of each {@link Answer}, and a histogram of
 * their latencies. Sums per vantage, of which the one that saw most counts: both ends may have a
 * proxy that reports. Requests are not kept, since each response stands for one.
 *
 * <p>Bounded: {@link LatencyHistogram#BUCKETS} and seven counters per vantage.
 */
public final class HttpActivity {

  /** What a server said, as far as anybody goes by it. */
  public enum Answer {
    /** 1xx and 2xx. */
    SUCCESS,
    /** 3xx. */
    REDIRECT,
    /** 401, 403 and 407: not allowed, or not with these credentials. */
    REFUSED,
    /** 404 and 410. */
    MISSING,
    /** 429. */
    THROTTLED,
    /** Other 4xx. */
    CLIENT_ERROR,
    /** 5xx. */
    SERVER_ERROR;

    static Answer of(int code) {
      return switch (code) {
        case 401, 403, 407 -> REFUSED;
        case 404, 410 -> MISSING;
        case 429 -> THROTTLED;
        default ->
            code >= 500
                ? SERVER_ERROR
                : code >= 400 ? CLIENT_ERROR : code >= 300 ? REDIRECT : SUCCESS;
      };
    }
  }

  /** Length of the plain form of the counters. */
  static final int COUNTERS = Vantage.values().length * Answer.values().length;

  private static final int ANSWERS = Answer.values().length;
  private static final int VANTAGES = Vantage.values().length;

  private final long[] responses = new long[COUNTERS];
  private final LatencyHistogram[] latencies = new LatencyHistogram[VANTAGES];

  HttpActivity() {
    Arrays.setAll(latencies, vantage -> new LatencyHistogram());
  }

  /** Responses of this kind, as the vantage that saw most responses has it. */
  public long responses(Answer answer) {
    return responses[fullest() * ANSWERS + answer.ordinal()];
  }

  /** Responses of all kinds. */
  public long responses() {
    return responses(fullest());
  }

  /** Latencies of the responses for which one was told; not to be changed. */
  public LatencyHistogram latency() {
    int most = 0;
    for (int vantage = 1; vantage < VANTAGES; vantage++) {
      if (latencies[vantage].count() > latencies[most].count()) {
        most = vantage;
      }
    }
    return latencies[most];
  }

  void add(HttpResponse response, Vantage vantage) {
    responses[vantage.ordinal() * ANSWERS + Answer.of(response.code()).ordinal()]++;
    if (response.latencyNanos() >= 0) {
      latencies[vantage.ordinal()].add(response.latencyNanos());
    }
  }

  void merge(HttpActivity other) {
    for (int i = 0; i < COUNTERS; i++) {
      responses[i] += other.responses[i];
    }
    for (int vantage = 0; vantage < VANTAGES; vantage++) {
      latencies[vantage].merge(other.latencies[vantage]);
    }
  }

  private int fullest() {
    int most = 0;
    for (int vantage = 1; vantage < VANTAGES; vantage++) {
      if (responses(vantage) > responses(most)) {
        most = vantage;
      }
    }
    return most;
  }

  private long responses(int vantage) {
    long sum = 0;
    for (int i = vantage * ANSWERS; i < (vantage + 1) * ANSWERS; i++) {
      sum += responses[i];
    }
    return sum;
  }

  /** All of it as plain values. */
  public Facts facts() {
    long[][] buckets = new long[VANTAGES][];
    Arrays.setAll(buckets, vantage -> latencies[vantage].buckets());
    return new Facts(responses.clone(), buckets);
  }

  public static HttpActivity of(Facts facts) {
    HttpActivity http = new HttpActivity();
    System.arraycopy(
        facts.responses(), 0, http.responses, 0, Math.min(COUNTERS, facts.responses().length));
    for (int vantage = 0; vantage < Math.min(VANTAGES, facts.latencies().length); vantage++) {
      http.latencies[vantage].addAll(facts.latencies()[vantage]);
    }
    return http;
  }

  void write(StateWriter out) {
    for (long count : responses) {
      out.varlong(count);
    }
    for (LatencyHistogram latency : latencies) {
      latency.write(out);
    }
  }

  static HttpActivity read(StateReader in) {
    HttpActivity http = new HttpActivity();
    for (int i = 0; i < COUNTERS; i++) {
      http.responses[i] = in.varlong();
      if (http.responses[i] < 0) {
        throw new StateFormatException("HTTP responses: " + http.responses[i]);
      }
    }
    for (int vantage = 0; vantage < VANTAGES; vantage++) {
      http.latencies[vantage] = LatencyHistogram.read(in);
    }
    return http;
  }

  /**
   * HTTP responses as plain values.
   *
   * @param responses for each vantage, in the order of {@link Vantage#ordinal()}, the counts of all
   *     answers in the order of {@link Answer#ordinal()}
   * @param latencies for each vantage the counts of the histogram's buckets, cut after the last
   *     that is not zero
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(long[] responses, long[][] latencies) {}
}
