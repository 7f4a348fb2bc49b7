package io.tidemark.window;

import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.HttpResponse;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Vantage;
import io.tidemark.flow.Verdict;
import io.tidemark.stats.Hash64;

/**
 * The part of a flow that both its workloads' facts need.
 *
 * @param connection hash of the connection's five-tuple, the same at every observation point
 * @param outcome what it says about the connection
 * @param vantage on whose node it was seen
 * @param fromServer whether the traffic went from server to client
 * @param stray whether it was dropped and nothing that anybody tried: a packet from the server, or
 *     in the middle of a TCP connection
 * @param bytes as {@link Flow#bytes()}
 * @param packets as {@link Flow#packets()}
 * @param weight as {@link Flow#weight()}
 * @param aggregated as {@link Flow#aggregated()}
 * @param dropReason as {@link Flow#dropReason()}
 * @param http as {@link Flow#http()}, but {@code null} where policy refused and not the server
 * @param at where the record lies
 */
record Sighting(
    long connection,
    Outcome outcome,
    Vantage vantage,
    boolean fromServer,
    boolean stray,
    long bytes,
    long packets,
    long weight,
    boolean aggregated,
    String dropReason,
    HttpResponse http,
    Coordinates at) {

  /** What a flow says about its connection's fate. */
  enum Outcome {
    NONE,
    OPENED,
    ANSWERED,
    REFUSED,
    DENIED
  }

  /**
   * Whether it carries amounts that are summed, so that a second report of it would count twice.
   */
  boolean sums() {
    return aggregated || bytes > 0 || packets > 0 || http != null;
  }

  static Sighting of(Flow flow, Coordinates at) {
    return new Sighting(
        connection(flow),
        outcome(flow),
        flow.vantage(),
        flow.fromServer(),
        outcome(flow) == Outcome.DENIED && stray(flow),
        flow.bytes(),
        flow.packets(),
        flow.weight(),
        flow.aggregated(),
        flow.dropReason(),
        outcome(flow) == Outcome.DENIED ? null : flow.http(),
        at);
  }

  /**
   * Identifies the connection by its five-tuple. Where the client's port is not known but the
   * protocol has ports, every record stands for itself.
   */
  static long connection(Flow flow) {
    long hash = Hash64.of(identity(flow.client()));
    hash = Hash64.combine(hash, Hash64.of(identity(flow.server())));
    hash = Hash64.combine(hash, ((long) flow.protocol() << 32) | flow.serverPort());
    boolean ports =
        flow.protocol() == Flow.TCP || flow.protocol() == Flow.UDP || flow.protocol() == Flow.SCTP;
    if (ports && flow.clientPort() == 0) {
      return Hash64.combine(hash, flow.time());
    }
    return Hash64.combine(hash, flow.clientPort());
  }

  private static String identity(Endpoint endpoint) {
    return endpoint.address() != null ? endpoint.address() : endpoint.pod();
  }

  private static boolean stray(Flow flow) {
    return flow.fromServer()
        || (flow.protocol() == Flow.TCP && !flow.l7() && flow.phase() == Phase.ONGOING);
  }

  private static Outcome outcome(Flow flow) {
    if (flow.verdict() == Verdict.DROPPED || flow.verdict() == Verdict.ERROR) {
      return Outcome.DENIED;
    }
    return switch (flow.phase()) {
      case OPENED -> Outcome.OPENED;
      case ANSWERED -> Outcome.ANSWERED;
      case REFUSED -> Outcome.REFUSED;
      case ONGOING, UNKNOWN -> Outcome.NONE;
    };
  }
}
