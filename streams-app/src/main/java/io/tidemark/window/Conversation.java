package io.tidemark.window;

import io.tidemark.flow.Direction;
import io.tidemark.flow.Endpoint;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Identity;
import io.tidemark.flow.Party;
import io.tidemark.flow.Workload;
import io.tidemark.stats.Hash64;
import java.util.Objects;

/**
 * Two endpoints that talk over one server port: who they are, under which keys their facts are
 * folded, and where these lie in the window that was looked at last. All of it follows from the
 * endpoints and the port, so that it need be found out once and not for every record.
 */
final class Conversation {

  /** What an internal party is told of a conversation. */
  static final class Side {

    private final String subject;
    private final Workload workload;
    private final String kind;
    private final String pod;
    private final String peerName;
    private final EdgeKey key;
    private OpenWindow.Subject folded;
    private Edge edge;

    private Side(Party self, Endpoint from, Party peer, Endpoint to, Direction way, Flow flow) {
      this.subject = OpenKey.subject(self);
      this.workload = self.unresolved() ? null : Workload.ofKey(subject);
      this.kind = self.kind();
      this.pod = from.pod();
      this.peerName = to.names().isEmpty() ? null : to.names().get(0);
      this.key = new EdgeKey(way, peer.peer(), flow.protocol(), flow.serverPort());
    }

    OpenWindow.Subject folded() {
      return folded;
    }

    /** Whether it told anything new: see {@link Edge#add}. What has no room is new. */
    boolean add(Sighting sighting) {
      return edge == null || edge.add(sighting);
    }

    private void enter(OpenWindow window) {
      folded = window.subject(subject, workload);
      folded.activity().mergeKind(kind);
      edge = folded.activity().edge(key);
      if (edge != null) {
        edge.between(pod, peerName);
      }
    }

    private void leave() {
      folded = null;
      edge = null;
    }

    /** Whether the edge has no place, or may have lost it since. */
    private boolean crowded() {
      return folded.activity().edgesOverflowed();
    }
  }

  private final Endpoint client;
  private final Endpoint server;
  private final int protocol;
  private final int port;
  private final boolean ports;
  private final long hash;
  private final Side egress;
  private final Side ingress;
  private final Party asking;
  private OpenWindow window;
  // What was told last, and in which outcomes, by their ordinals' bits.
  private long connection;
  private int outcomes;

  Conversation(Flow flow, Identity identity) {
    client = flow.client();
    server = flow.server();
    protocol = flow.protocol();
    port = flow.serverPort();
    ports = protocol == Flow.TCP || protocol == Flow.UDP || protocol == Flow.SCTP;
    long both = Hash64.combine(Hash64.of(name(client)), Hash64.of(name(server)));
    hash = Hash64.combine(both, ((long) protocol << 32) | port);
    asking = identity.of(client, server);
    Party answering = identity.of(server, client);
    boolean known = asking != null && answering != null;
    egress =
        known && asking.internal()
            ? new Side(asking, client, answering, server, Direction.EGRESS, flow)
            : null;
    ingress =
        known && answering.internal()
            ? new Side(answering, server, asking, client, Direction.INGRESS, flow)
            : null;
  }

  /** Whether a flow belongs to it. */
  boolean holds(Flow flow) {
    return port == flow.serverPort()
        && protocol == flow.protocol()
        && same(client, flow.client())
        && same(server, flow.server());
  }

  /** Spread well over all bits; equal for flows of the same conversation. */
  static int slot(Flow flow) {
    Endpoint client = flow.client();
    Endpoint server = flow.server();
    int hash = Objects.hashCode(name(client)) * 31 + Objects.hashCode(name(server));
    hash = hash * 31 + flow.serverPort();
    // Each end's node tells more of its own pod than the other does.
    hash = hash * 4 + (client.workload() == null ? 0 : 1) + (server.workload() == null ? 0 : 2);
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  /** Who opens the connections, {@code null} if not known. */
  Party client() {
    return asking;
  }

  /** What the client's workload is told, {@code null} if nothing. */
  Side egress() {
    return egress;
  }

  /** What the server's workload is told, {@code null} if nothing. */
  Side ingress() {
    return ingress;
  }

  /**
   * Identifies the connection by its five-tuple. Where the client's port is not known but the
   * protocol has ports, every record stands for itself.
   */
  long connection(Flow flow) {
    boolean masked = ports && flow.clientPort() == 0;
    return Hash64.combine(hash, masked ? flow.time() : flow.clientPort());
  }

  /** What is told from now on is told in this window. */
  void enter(OpenWindow now) {
    if (window == now && !crowded(egress) && !crowded(ingress)) {
      return;
    }
    window = now;
    outcomes = 0;
    if (egress != null) {
      egress.enter(now);
    }
    if (ingress != null) {
      ingress.enter(now);
    }
  }

  /**
   * In which outcomes the connection was told just before, in the window that was entered, as bits
   * by their ordinals; 0 if another connection was, or none. A set to which it was added then need
   * not be given it again: it is there, or has no room for good.
   */
  int told(long of, Sighting.Outcome outcome) {
    if (connection != of) {
      connection = of;
      outcomes = 0;
    }
    int before = outcomes;
    outcomes |= 1 << outcome.ordinal();
    return before;
  }

  /** Lets go of a window that is closed, and of all that was folded into it. */
  void leave() {
    if (window != null && window.closed()) {
      window = null;
      if (egress != null) {
        egress.leave();
      }
      if (ingress != null) {
        ingress.leave();
      }
    }
  }

  private static boolean crowded(Side side) {
    return side != null && side.crowded();
  }

  private static String name(Endpoint endpoint) {
    return endpoint.address() != null ? endpoint.address() : endpoint.pod();
  }

  /** Endpoints are compared for every record: the same object mostly, else of the same strings. */
  @SuppressWarnings("ReferenceEquality") // Only to be fast.
  private static boolean same(Endpoint one, Endpoint other) {
    return one == other
        || (Objects.equals(one.address(), other.address())
            && Objects.equals(one.pod(), other.pod())
            && Objects.equals(one.namespace(), other.namespace())
            && Objects.equals(one.cluster(), other.cluster())
            && Objects.equals(one.workload(), other.workload())
            && Objects.equals(one.workloadKind(), other.workloadKind())
            && Objects.equals(one.app(), other.app())
            && Objects.equals(one.reserved(), other.reserved())
            && one.names().equals(other.names()));
  }
}
