package io.tidemark.wild;

import io.tidemark.wild.Talk.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What one interface sees for some hours, while it is being written. */
final class Capture {

  static final long SECOND = 1_000;
  static final long MINUTE = 60_000;
  static final long HOUR = 3_600_000;

  final Random random;
  final long from;
  final long to;
  private final List<Talk> talks = new ArrayList<>();

  /**
   * @param from milliseconds since the epoch
   * @param to exclusive; what starts later is not recorded
   */
  Capture(long seed, long from, long to) {
    this.random = new Random(seed);
    this.from = from;
    this.to = to;
  }

  List<Talk> talks() {
    return talks;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  int ephemeral() {
    return between(49_152, 65_535);
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** Heavy-tailed, at least {@code least}. */
  double pareto(double exponent, double least, double most) {
    return Math.min(most, least * StrictMath.pow(1 - random.nextDouble(), -1 / exponent));
  }

  /** An address of the Internet. */
  String outside() {
    int first = between(11, 223);
    while (first == 100
        || first == 127
        || first == 169
        || first == 172
        || first == 192
        || first == 198) {
      first = between(11, 223);
    }
    return first + "." + between(0, 255) + "." + between(0, 255) + "." + between(1, 254);
  }

  List<String> outside(int count) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(outside());
    }
    return addresses;
  }

  <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Does something again and again, with pauses of so many milliseconds give or take a share. */
  void every(double millis, double jitter, Step step) {
    double at = from + random.nextDouble() * millis;
    while (at < to) {
      step.at((long) at);
      at += millis * (1 + jitter * (2 * random.nextDouble() - 1));
    }
  }

  /** Does something at random times, so many milliseconds apart on average. */
  void randomly(double millis, Step step) {
    for (double at = from + exponential(millis); at < to; at += exponential(millis)) {
      step.at((long) at);
    }
  }

  /** What happens at a time. */
  interface Step {
    void at(long time);
  }

  /** A connection over which so many bytes of data went each way. */
  void tcp(long at, String client, String server, int port, long up, long down, long millis) {
    long segments = 3 + up / 1_400 + down / 2_800;
    long back = 2 + down / 1_400 + up / 2_800;
    add(
        at,
        millis,
        client,
        ephemeral(),
        server,
        port,
        Talk.TCP,
        segments,
        up + 52 * segments + 8,
        back,
        down + 52 * back + 8,
        Ending.ANSWERED);
  }

  /** A connection that is reset at once. */
  void refused(long at, String client, String server, int port) {
    int tries = chance(0.5) ? 1 : 3;
    add(
        at,
        tries * 500L,
        client,
        ephemeral(),
        server,
        port,
        Talk.TCP,
        tries,
        tries * 52L,
        tries,
        tries * 40L,
        Ending.REFUSED);
  }

  /** A connection that nobody answers: a SYN and two repetitions. */
  void dead(long at, String client, String server, int port) {
    add(at, 9_000, client, ephemeral(), server, port, Talk.TCP, 3, 156, 0, 0, Ending.SILENT);
  }

  /** Datagrams with so many bytes of data; nobody answers when {@code down} is 0. */
  void udp(long at, String client, int from, String server, int port, long up, long down) {
    long there = 1 + up / 1_300;
    long back = down == 0 ? 0 : 1 + down / 1_300;
    add(
        at,
        60,
        client,
        from,
        server,
        port,
        Talk.UDP,
        there,
        up + 28 * there,
        back,
        down + 28 * back,
        down == 0 ? Ending.SILENT : Ending.ANSWERED);
  }

  /** An echo, and its reply. */
  void ping(long at, String client, String server, int count, boolean answered) {
    long bytes = 84L * count;
    add(
        at,
        1_000L * (count - 1),
        client,
        0,
        server,
        0,
        Talk.ICMP,
        count,
        bytes,
        answered ? count : 0,
        answered ? bytes : 0,
        answered ? Ending.ANSWERED : Ending.SILENT);
  }

  void add(
      long at,
      long millis,
      String client,
      int from,
      String server,
      int port,
      int protocol,
      long up,
      long bytesUp,
      long down,
      long bytesDown,
      Ending ending) {
    if (at < to) {
      talks.add(
          new Talk(
              at,
              at + millis,
              client,
              from,
              server,
              port,
              protocol,
              up,
              bytesUp,
              down,
              bytesDown,
              ending));
    }
  }
}
