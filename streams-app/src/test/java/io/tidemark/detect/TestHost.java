package io.tidemark.detect;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A host, or a workload, that is simulated call by call over days, as VPC flow logs would tell of
 * it: addresses and bytes, no names. Everything it does comes from one seed.
 */
final class TestHost {

  static final long SECOND = 1000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** A call of this host; times are milliseconds after the start. */
  record Call(long at, Peer peer, int port, boolean udp, long out, long in, boolean answered) {}

  /** What a detector said: distinct subjects by day, and when it first spoke of each. */
  record Heard(int alerts, SortedMap<String, Long> first, List<Signal> signals) {

    boolean of(String subject) {
      return first.containsKey(subject);
    }
  }

  private final Random random;
  private final Duration time;
  private final List<Call> calls = new ArrayList<>();

  TestHost(long seed, Duration time) {
    this.random = new Random(seed);
    this.time = time;
  }

  List<Call> calls() {
    return calls;
  }

  TestHost call(long at, String address, int port, long out, long in) {
    return add(new Call(at, Peer.ofAddress(address), port, false, out, in, true));
  }

  TestHost add(Call call) {
    if (call.at() >= 0 && call.at() < time.toMillis()) {
      calls.add(call);
    }
    return this;
  }

  /** Calls from one time to another at intervals that {@code next} draws. */
  TestHost series(
      long from, long to, ToLongFunction<Random> next, String address, int port, long out) {
    for (long at = from; at < to; at += Math.max(1, next.applyAsLong(random))) {
      call(at, address, port, out + random.nextInt(9), 2 * out + random.nextInt(50));
    }
    return this;
  }

  /** Intervals of this period, give or take this share of it. */
  static ToLongFunction<Random> jittered(long period, double share) {
    return random -> Math.round(period * (1 + share * (2 * random.nextDouble() - 1)));
  }

  /** Cobalt Strike's: the sleep time, less up to this share of it. */
  static ToLongFunction<Random> sleeping(long period, double share) {
    return random -> Math.round(period * (1 - share * random.nextDouble()));
  }

  static ToLongFunction<Random> poisson(long mean) {
    return random -> Math.round(-mean * Math.log(1 - random.nextDouble()));
  }

  /** A person who reads the web from nine to eighteen, and some evenings. */
  TestHost browsing() {
    return browsing(1);
  }

  /** Likewise, with pauses so many times as long. */
  TestHost browsing(int pause) {
    for (long day = 0; day < time.toMillis(); day += DAY) {
      long at = day + 9 * HOUR + random.nextInt((int) HOUR);
      long until = day + (random.nextInt(3) == 0 ? 23 : 18) * HOUR;
      while (at < until) {
        at += session(at);
        at += pause * pareto(5 * MINUTE, 1.2, 3 * HOUR);
      }
    }
    return this;
  }

  private long session(long from) {
    long length = pareto(2 * MINUTE, 1.1, 2 * HOUR);
    for (long at = from; at < from + length; at += pareto(8 * SECOND, 1.3, 20 * MINUTE)) {
      for (int left = 2 + random.nextInt(12); left > 0; left--) {
        long in = pareto(2000, 1.1, 50_000_000);
        call(at + random.nextInt(3000), site(), 443, 600 + pareto(400, 1.5, 200_000), in);
      }
    }
    // Some pages stay open and refresh themselves.
    if (random.nextInt(4) == 0) {
      long period = (30 + random.nextInt(270)) * SECOND;
      series(from, from + length * 3, jittered(period, 0.05), site(), 443, 900);
    }
    return length;
  }

  /** One of the web's servers: few are met daily, most once. */
  private String site() {
    int rank = (int) pareto(1, 0.6, 60_000);
    return "198." + (18 + rank % 2) + '.' + (rank / 7 % 256) + '.' + (rank % 250);
  }

  /** A mail client that polls while somebody is there. */
  TestHost mail() {
    for (long day = 0; day < time.toMillis(); day += DAY) {
      long from = day + 9 * HOUR;
      series(from, from + 9 * HOUR, jittered(5 * MINUTE, 0.02), "203.0.113.25", 993, 1200);
    }
    return this;
  }

  /** The clock, from a pool whose servers change. */
  TestHost clock() {
    for (long at = 0; at < time.toMillis(); at += 256 * SECOND) {
      String server = "192.0." + at / DAY % 200 + ".123";
      add(new Call(at, Peer.ofAddress(server), 123, true, 76, 76, true));
    }
    return this;
  }

  /** Updates and telemetry of what is installed, from changing addresses of few networks. */
  TestHost updates() {
    for (int product = 0; product < 6; product++) {
      long period = (10 + random.nextInt(110)) * MINUTE;
      String network = "100.64." + product + '.';
      long turn = 2 * HOUR + random.nextInt((int) (10 * HOUR));
      for (long at = 0; at < time.toMillis(); at += jittered(period, 0.1).applyAsLong(random)) {
        call(at, network + at / turn % 40, 443, 1500 + 100 * product, 4000);
      }
    }
    return this;
  }

  /** A folder in the cloud: it waits for news all day and uploads what was worked on. */
  TestHost cloudSync() {
    for (long day = 0; day < time.toMillis(); day += DAY) {
      String notify = "203.0.112." + day / DAY % 10;
      series(day, day + DAY, jittered(MINUTE, 0.02), notify, 443, 500);
      for (long at = day + 9 * HOUR;
          at < day + 18 * HOUR;
          at += poisson(HOUR).applyAsLong(random)) {
        String store = "203.0.114." + random.nextInt(20);
        long size = pareto(200_000, 0.9, 200_000_000);
        call(at, store, 443, size, 5000 + size / 60);
      }
    }
    return this;
  }

  /** A video every third day, in pieces, to one of a provider's servers. */
  TestHost videos() {
    for (long day = 0; day < time.toMillis(); day += 3 * DAY) {
      String server = "203.0.115." + random.nextInt(200);
      long at = day + 19 * HOUR + random.nextInt((int) HOUR);
      for (int piece = 0; piece < 10 + random.nextInt(30); piece++) {
        call(at + piece * 20L * SECOND, server, 443, 16_000_000, 16_000_000 / 60);
      }
    }
    return this;
  }

  /** A database dump every night, to the object store. */
  TestHost backups() {
    for (long day = 0; day < time.toMillis(); day += DAY) {
      long at = day + 2 * HOUR;
      for (int piece = 0; piece < 120; piece++) {
        String server = "52.216." + random.nextInt(4) + '.' + random.nextInt(200);
        call(
            at + piece * 20L * SECOND,
            server,
            443,
            60_000_000 + random.nextInt(9_000_000),
            900_000);
      }
    }
    return this;
  }

  /** A service in Kubernetes: jobs by the hour, hooks, licence and certificate checks. */
  TestHost service() {
    series(0, time.toMillis(), jittered(HOUR, 0.001), "203.0.113.40", 443, 3000);
    series(0, time.toMillis(), jittered(MINUTE, 0.05), "203.0.113.41", 443, 700);
    series(0, time.toMillis(), jittered(10 * MINUTE, 0.1), "203.0.113.42", 80, 300);
    series(0, time.toMillis(), poisson(4 * MINUTE), "203.0.113.43", 443, 2000);
    series(0, time.toMillis(), jittered(30 * SECOND, 0.01), "203.0.113.44", 5671, 400);
    for (long at = 0; at < time.toMillis(); at += poisson(20 * MINUTE).applyAsLong(random)) {
      // Hooks of customers, some of whom are new.
      call(at, "192.88." + (int) pareto(1, 0.8, 200) + ".7", 443, 900 + random.nextInt(4000), 600);
    }
    return this;
  }

  /** A thing at home: it asks its maker's servers by the minute, and keeps doing so. */
  TestHost thing() {
    series(0, time.toMillis(), jittered(5 * MINUTE, 0.01), "203.0.113.50", 80, 250);
    series(0, time.toMillis(), jittered(50 * SECOND, 0.02), "203.0.113.51", 443, 350);
    series(0, time.toMillis(), jittered(20 * MINUTE, 0.02), "203.0.113.52", 8883, 500);
    return this;
  }

  /** A peer-to-peer client: many servers on any port, some called on the beat. */
  TestHost peerToPeer() {
    for (int peer = 0; peer < 120; peer++) {
      String address = "198.51.100." + peer;
      int port = 10_000 + random.nextInt(50_000);
      long from = random.nextInt((int) (20 * HOUR));
      long period = (2 + random.nextInt(28)) * MINUTE;
      series(from, from + 6 * HOUR, jittered(period, 0.1), address, port, 300);
    }
    return this;
  }

  long pareto(long least, double shape, long most) {
    double value = least / Math.pow(1 - random.nextDouble(), 1 / shape);
    return Math.round(Math.min((double) most, value));
  }

  Random random() {
    return random;
  }

  /** Plays all of it to a detector. */
  <S> Heard heardBy(Detector<S> detector) {
    return heardBy(detector, true);
  }

  /** Plays all of it to a detector, from a source that counts bytes or one that does not. */
  <S> Heard heardBy(Detector<S> detector, boolean bytes) {
    TreeMap<Long, TestActivity> windows = new TreeMap<>();
    long serial = 0;
    for (Call call : calls) {
      TestEdge edge = TestEdge.egress(call.peer(), call.port()).serial(serial);
      serial += 2;
      edge = call.udp() ? edge.udp() : edge;
      edge = call.answered() ? edge.answered(1) : edge.unanswered(1);
      windows
          .computeIfAbsent(call.at() / Windows.LENGTH, any -> TestActivity.silence())
          .with(bytes ? edge.bytes(call.out(), call.in()) : edge);
    }
    return play(detector, windows, bytes ? Source.VPC_FLOW : Source.HUBBLE);
  }

  /** Plays windows, by number, to a detector. */
  static <S> Heard play(
      Detector<S> detector, SortedMap<Long, TestActivity> windows, Source source) {
    Trial<S> trial = new Trial<>(detector, source);
    TreeMap<String, Long> first = new TreeMap<>();
    TreeSet<String> daily = new TreeSet<>();
    List<Signal> signals = new ArrayList<>();
    long next = 0;
    for (var window : windows.entrySet()) {
      long gap = (window.getKey() - next) * Windows.LENGTH;
      for (Signal signal : trial.thenAfter(Duration.ofMillis(gap), window.getValue())) {
        long at = window.getKey() * Windows.LENGTH;
        first.putIfAbsent(signal.subject(), at);
        daily.add(signal.subject() + ' ' + at / DAY);
        signals.add(signal);
      }
      next = window.getKey() + 1;
    }
    return new Heard(daily.size(), first, signals);
  }
}
