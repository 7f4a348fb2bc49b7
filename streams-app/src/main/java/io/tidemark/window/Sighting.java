package io.tidemark.window;

import io.tidemark.flow.Flow;
import io.tidemark.flow.HttpResponse;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;

/**
 * The part of a flow that both its workloads' facts need.
 *
 * @param flow what was reported
 * @param connection hash of the connection's five-tuple, the same at every observation point
 * @param outcome what it says about the connection
 * @param known whether both workloads were told of the connection before in this window; {@code
 *     false} when not known
 * @param repeated whether also with the same outcome
 * @param place which input the record lies in
 * @param offset where it lies there
 */
record Sighting(
    Flow flow,
    long connection,
    Outcome outcome,
    boolean known,
    boolean repeated,
    Fold.Place place,
    long offset) {

  /** What a flow says about its connection's fate. */
  enum Outcome {
    NONE,
    OPENED,
    ANSWERED,
    REFUSED,
    DENIED;

    static Outcome of(Flow flow) {
      if (flow.verdict() == Verdict.DROPPED || flow.verdict() == Verdict.ERROR) {
        return DENIED;
      }
      return switch (flow.phase()) {
        case OPENED -> OPENED;
        case ANSWERED -> ANSWERED;
        case REFUSED -> REFUSED;
        case ONGOING, UNKNOWN -> NONE;
      };
    }
  }

  /**
   * Whether a flow carries amounts that are summed, so that a second report of it would count
   * twice.
   */
  static boolean sums(Flow flow) {
    return flow.aggregated() || flow.bytes() > 0 || flow.packets() > 0 || http(flow) != null;
  }

  boolean sums() {
    return sums(flow);
  }

  /** On whose node it was seen. */
  Vantage vantage() {
    return flow.vantage();
  }

  /** Whether the traffic went from server to client. */
  boolean fromServer() {
    return flow.fromServer();
  }

  /**
   * Whether it was dropped and nothing that anybody tried: a packet from the server, or in the
   * middle of a TCP connection.
   */
  boolean stray() {
    return outcome == Outcome.DENIED
        && (flow.fromServer()
            || (flow.protocol() == Flow.TCP && !flow.l7() && flow.phase() == Phase.ONGOING));
  }

  /** As {@link Flow#bytes()}. */
  long bytes() {
    return flow.bytes();
  }

  /** As {@link Flow#packets()}. */
  long packets() {
    return flow.packets();
  }

  /** As {@link Flow#weight()}. */
  long weight() {
    return flow.weight();
  }

  /** As {@link Flow#aggregated()}. */
  boolean aggregated() {
    return flow.aggregated();
  }

  /** As {@link Flow#dropReason()}. */
  String dropReason() {
    return flow.dropReason();
  }

  /** As {@link Flow#http()}, but {@code null} where policy refused and not the server. */
  HttpResponse http() {
    return http(flow);
  }

  static HttpResponse http(Flow flow) {
    return flow.http() == null || Outcome.of(flow) == Outcome.DENIED ? null : flow.http();
  }
}
