package io.tidemark.fleet;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What one talker says: turns conversations into the sightings that the agents of the nodes
 * involved report under monitor aggregation {@code medium}. Keeps those that lie ahead, at most a
 * few dozen connections' worth, because connections are short. Times in nanoseconds since the
 * epoch.
 */
final class Wire {
  /** The payload that an ordinary request or response has. */
  static final long USUAL = -1;

  private static final double LONGEST = 30e9;

  private final Dice dice;
  private final boolean overlay;
  private final PriorityQueue<Sighting> ahead =
      new PriorityQueue<>(
          Comparator.comparingLong(Sighting::due).thenComparingInt(Sighting::serial));
  private final Ledger ledger;
  private final Weights weights;
  private int serial;

  /**
   * @param seed decides what conversations weigh, which {@code dice} know nothing of
   */
  Wire(Dice dice, FleetSpec.Datapath datapath, Ledger ledger, long seed) {
    this.dice = dice;
    this.ledger = ledger;
    this.weights = new Weights(new Dice(~seed));
    this.overlay = datapath == FleetSpec.Datapath.OVERLAY;
  }

  Dice dice() {
    return dice;
  }

  /** When the earliest sighting joins the stream, {@link Long#MAX_VALUE} if there is none. */
  long due() {
    Sighting first = ahead.peek();
    return first == null ? Long.MAX_VALUE : first.due();
  }

  Sighting take() {
    return ahead.remove();
  }

  int ephemeralPort() {
    return dice.between(32_768, 61_000);
  }

  /** A TCP connection that is opened, answered and, seconds later, closed. */
  void connection(long time, Side client, Side server, int port) {
    transfer(time, client, server, port, USUAL, USUAL);
  }

  /**
   * A TCP connection with a certain payload each way, in bytes; {@link #USUAL} for what requests
   * and responses usually have. Returns the client's port.
   */
  int transfer(long time, Side client, Side server, int port, long up, long down) {
    int from = ephemeralPort();
    long answered = open(time, client, server, from, port, Flags.SYN);
    reply(answered, client, server, from, port, Flags.SYN_ACK);
    long closed = answered + (long) Math.min(LONGEST, dice.exponential(1.2e9)) + 1_000_000;
    ongoing(closed, client, server, from, port, Flags.ACK_FIN);
    if (ledger.counts()) {
      Ledger.Load sent = weights.request(up, Ledger.SYN | Ledger.FIN);
      Ledger.Load got = weights.response(down, Ledger.SYN_ACK | Ledger.FIN);
      note(time, closed, client, server, from, port, Ledger.TCP, sent, got);
    }
    return from;
  }

  /** More payload, in bytes, of a connection that stays, between two times. */
  void bulk(long time, long end, Side client, Side server, int from, int port, long up, long down) {
    ongoing(time, client, server, from, port, Flags.ACK_PSH);
    if (ledger.counts()) {
      Ledger.Load sent = Ledger.Load.of(up, 0, 0);
      note(time, end, client, server, from, port, Ledger.TCP, sent, Ledger.Load.of(down, 0, 0));
    }
  }

  /** An exchange over HTTP with a server whose node has a proxy in front of it. */
  void request(long time, Side client, Pod server, int port, Http http) {
    int from = transfer(time, client, server, port, USUAL, USUAL);
    long asked = time + 700_000 + jitter();
    Node node = server.home();
    Flags flags = Flags.ACK_PSH;
    add(
        new Sighting(
            asked, serial++, node, client, server, from, port, Sight.HTTP_REQUEST, flags, http));
    long answered = asked + http.latencyNanos();
    add(
        new Sighting(
            answered,
            serial++,
            node,
            server,
            client,
            port,
            from,
            Sight.HTTP_RESPONSE,
            flags,
            http));
  }

  /** That a node lost so many events within the last so many milliseconds. */
  void lost(long time, Node node, int events, int millis) {
    add(
        new Sighting(
            time, serial++, node, null, null, events, millis, Sight.LOST, Flags.NONE, null));
  }

  /** Packets that no agent of the cluster sees, such as those of the nodes themselves. */
  void unseen(long time, long end, Side client, Side server, int port, long up, long down) {
    if (ledger.counts()) {
      int from = 32_768 + (int) (Dice.hash(time, port) >>> 49);
      Ledger.Load sent = Ledger.Load.of(up, 2, Ledger.SYN | Ledger.FIN);
      Ledger.Load got = Ledger.Load.of(down, 1, Ledger.SYN_ACK | Ledger.FIN);
      note(time, end, client, server, from, port, Ledger.TCP, sent, got);
    }
  }

  private void note(
      long time,
      long end,
      Side client,
      Side server,
      int from,
      int port,
      int protocol,
      Ledger.Load up,
      Ledger.Load down) {
    ledger.note(new Ledger.Exchange(time, end, client, server, from, port, protocol, up, down));
  }

  /** Packets without payload worth mention, if anybody counts. */
  private void notePackets(
      long time, Side client, Side server, int from, int port, int up, int down) {
    if (ledger.counts()) {
      Ledger.Load back = down == 0 ? Ledger.Load.NOTHING : new Ledger.Load(40, 1, down);
      note(time, time, client, server, from, port, Ledger.TCP, new Ledger.Load(60, 1, up), back);
    }
  }

  private void noteDatagram(
      long time, Side client, Side server, int from, int port, long up, long down) {
    if (ledger.counts()) {
      Ledger.Load sent = new Ledger.Load(up + 28, 1, 0);
      Ledger.Load got = new Ledger.Load(down + 28, 1, 0);
      note(time, time, client, server, from, port, Ledger.UDP, sent, got);
    }
  }

  /** A question and an answer over UDP. */
  void datagram(long time, Side client, Side server, int port) {
    int from = ephemeralPort();
    long answered = open(time, client, server, from, port, Flags.NONE);
    reply(answered, client, server, from, port, Flags.NONE);
    noteDatagram(time, client, server, from, port, 48, 112);
  }

  /** A SYN to which a reset comes back. */
  void refused(long time, Side client, Side server, int port) {
    int from = ephemeralPort();
    long answered = open(time, client, server, from, port, Flags.SYN);
    reply(answered, client, server, from, port, Flags.ACK_RST);
    notePackets(time, client, server, from, port, Ledger.SYN, Ledger.RST);
  }

  /** A SYN to which nothing comes back. */
  void unanswered(long time, Side client, Side server, int port) {
    int from = ephemeralPort();
    open(time, client, server, from, port, Flags.SYN);
    notePackets(time, client, server, from, port, Ledger.SYN, 0);
  }

  /** A SYN that policy drops where it leaves the client, and its first retransmission. */
  void deniedAtClient(long time, Pod client, Side server, int port) {
    int from = ephemeralPort();
    for (long at : new long[] {time, time + 1_020_000_000L + jitter()}) {
      add(at, client.home(), client, server, from, port, Sight.DENIED_EGRESS_VERDICT, Flags.SYN);
      add(at + 900, client.home(), client, server, from, port, Sight.DENIED_EGRESS, Flags.SYN);
    }
  }

  /** A SYN that leaves the client's node and that policy drops at the server. */
  void deniedAtServer(long time, Side client, Pod server, int port) {
    int from = ephemeralPort();
    Node node = server.home();
    if (client.home() != node && client instanceof Pod) {
      opening(time, client, server, from, port, Flags.SYN);
    }
    long at = time + jitter();
    add(at, node, client, server, from, port, Sight.DENIED_INGRESS_VERDICT, Flags.SYN);
    add(at + 900, node, client, server, from, port, Sight.DENIED_INGRESS, Flags.SYN);
    notePackets(time, client, server, from, port, Ledger.SYN, 0);
  }

  /** The handshake of a connection that stays; returns the client's port. */
  int establish(long time, Side client, Side server, int port) {
    int from = ephemeralPort();
    long answered = open(time, client, server, from, port, Flags.SYN);
    reply(answered, client, server, from, port, Flags.SYN_ACK);
    notePackets(time, client, server, from, port, Ledger.SYN, Ledger.SYN_ACK);
    return from;
  }

  /** A sign of life of a connection that stays, now and then with the answer. */
  void heartbeat(long time, Side client, Side server, int from, int port) {
    ongoing(time, client, server, from, port, Flags.ACK_PSH);
    if (dice.chance(0.25)) {
      reply(time + jitter(), client, server, from, port, Flags.ACK_PSH);
    }
    if (ledger.counts()) {
      Ledger.Load sent = weights.request(USUAL, 0);
      Ledger.Load got = weights.response(USUAL, 0);
      note(time, time, client, server, from, port, Ledger.TCP, sent, got);
    }
  }

  /** A health probe: the node opens, the pod answers. */
  void probe(long time, Outside host, Pod pod, int port) {
    int from = ephemeralPort();
    Sight sight = pod.probesReadEgress() ? Sight.OPEN_AT_SERVER_EGRESS : Sight.OPEN_AT_SERVER;
    add(time, pod.home(), host, pod, from, port, sight, Flags.SYN);
    reply(time + jitter(), host, pod, from, port, Flags.SYN_ACK);
  }

  /** One DNS question and its answer: the proxy at the client, the packet at the server. */
  void question(long time, Pod client, Pod server, int from, Dns dns) {
    Node node = client.home();
    long answered = time + 400_000 + jitter() * 4;
    add(
        new Sighting(
            time, serial++, node, client, server, from, 53, Sight.DNS_QUERY, Flags.NONE, dns));
    add(
        new Sighting(
            answered, serial++, node, server, client, 53, from, Sight.DNS_ANSWER, Flags.NONE, dns));
    int asked = dns.query().length() + 17;
    noteDatagram(time, client, server, from, 53, asked, asked + 16 + dns.answer().length());
  }

  /** The first packet of a DNS socket as it reaches the server. */
  void questionArrives(long time, Pod client, Pod server, int from) {
    Sight sight = Sight.OPEN_AT_SERVER;
    add(time + jitter(), server.home(), client, server, from, 53, sight, Flags.NONE);
  }

  /** Both vantage points of an opening packet; returns when an answer may follow. */
  private long open(long time, Side client, Side server, int from, int port, Flags flags) {
    boolean sameNode = client.home() == server.home();
    long arrived = time;
    if (client instanceof Pod && !(sameNode && server instanceof Pod)) {
      opening(time, client, server, from, port, flags);
      arrived += 100_000 + jitter();
    }
    if (server instanceof Pod) {
      add(arrived, server.home(), client, server, from, port, Sight.OPEN_AT_SERVER, flags);
    }
    return arrived + jitter();
  }

  private void opening(long time, Side client, Side server, int from, int port, Flags flags) {
    boolean tunnelled = overlay && server instanceof Pod;
    Sight sight = tunnelled ? Sight.OPEN_AT_OVERLAY : Sight.OPEN_AT_CLIENT;
    add(time, client.home(), client, server, from, port, sight, flags);
  }

  private void reply(long time, Side client, Side server, int from, int port, Flags flags) {
    if (client instanceof Pod) {
      add(time, client.home(), server, client, port, from, Sight.REPLY_AT_CLIENT, flags);
    } else {
      add(time, server.home(), server, client, port, from, Sight.REPLY_AT_SERVER, flags);
    }
  }

  private void ongoing(long time, Side client, Side server, int from, int port, Flags flags) {
    boolean inside = server instanceof Pod;
    Sight sight = inside ? Sight.ONGOING_AT_SERVER : Sight.ONGOING_AT_CLIENT;
    add(time, inside ? server.home() : client.home(), client, server, from, port, sight, flags);
  }

  private void add(
      long time,
      Node node,
      Side from,
      Side to,
      int fromPort,
      int toPort,
      Sight sight,
      Flags flags) {
    add(new Sighting(time, serial++, node, from, to, fromPort, toPort, sight, flags, null));
  }

  private void add(Sighting sighting) {
    ahead.add(sighting);
  }

  /** Tens to hundreds of microseconds. */
  private long jitter() {
    return 40_000L + dice.below(360_000);
  }
}
