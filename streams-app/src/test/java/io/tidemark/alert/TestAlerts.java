package io.tidemark.alert;

import io.tidemark.detect.Signal;
import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.detect.Signal.Measure;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.window.Coordinates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vocabulary of this package's tests. */
final class TestAlerts {

  static final Workload CART = new Workload("prod", "shop", "cart");
  static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  static final long SECOND = 1000;
  static final long WINDOW = 10 * SECOND;
  static final AlertSettings SETTINGS = AlertSettings.defaults();

  private TestAlerts() {}

  static Episodes episodes() {
    return new Episodes(CART, Source.HUBBLE, SETTINGS);
  }

  /** Judges window {@code n} after noon. */
  static List<Alert> step(Episodes episodes, long n, Finding... findings) {
    long start = NOON + n * WINDOW;
    return episodes.step(start, start + WINDOW, "Deployment", List.of(findings));
  }

  /** A finding about a peer in window {@code n} after noon, with one piece of evidence. */
  static Finding finding(String peer, double score, long n) {
    return finding(peer, score, n, List.of(seen(peer, 4444, 7, n)));
  }

  static Finding finding(String peer, double score, long n, List<Evidence> evidence) {
    return new Finding(
        "new-peer",
        1,
        new Signal(
            "peer",
            peer,
            score,
            List.of(new Contribution("rarity", score, "never seen in 14 d")),
            List.of(),
            evidence,
            NOON + n * WINDOW,
            NOON + (n + 1) * WINDOW,
            "first contact with " + peer + " scoring " + Math.round(score),
            List.of("a range for " + peer),
            "T1571"));
  }

  /** Findings of one window at random: bursts of many peers, quiet times, repeats, overlaps. */
  static Finding[] some(Random random, long n) {
    int many = random.nextInt(100) == 0 ? 90 : random.nextInt(3);
    if (n / 100 % 2 == 1) {
      many = 0;
    }
    Finding[] some = new Finding[many];
    for (int i = 0; i < many; i++) {
      String peer = "peer-" + random.nextInt(many > 2 ? 200 : 6);
      some[i] = finding(peer, random.nextInt(1001) / 10.0, n - random.nextInt(3));
    }
    return some;
  }

  static Evidence seen(String peer, int port, long connections, long n) {
    return new Evidence(
        peer,
        port,
        "TCP",
        "cart-7f9c",
        connections,
        1,
        connections * 2,
        List.of(new Coordinates("tidemark.raw.hubble", 3, 100 + n, 110 + n)));
  }

  /** What the golden files hold. */
  static Alert scan() {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            "prod/payments/ledger-db",
            5432,
            "TCP",
            "from cart-6d5f7c9b8-x2x9k; POLICY_DENIED",
            12,
            12,
            24,
            List.of(
                new Coordinates("tidemark.raw.hubble", 0, 1_204_511, 1_204_703),
                new Coordinates("tidemark.raw.hubble", 3, 887_120, 887_120))));
    evidence.add(
        new Evidence(
            "prod/payments/ledger-db", 22, "TCP", "from cart-6d5f7c9b8-x2x9k", 1, 0, 2, List.of()));
    evidence.add(
        new Evidence(
            "prod/payments/a-service-with-quite-a-long-name-that-goes-on",
            -1,
            "",
            "",
            3,
            0,
            3,
            List.of()));
    String subject = "prod/payments/ledger-db";
    return new Alert(
        AlertId.of("port-scan", CART, Source.HUBBLE, "peer", subject, NOON),
        "port-scan",
        2,
        Status.UPDATE,
        Severity.of(88.12345),
        88.12345,
        List.of(
            new Contribution("fan-out", 61.5, "412 ports of one peer in 10 s, 3 at most so far"),
            new Contribution("denied", 26.62345, "97 % of the connections were dropped")),
        Source.HUBBLE,
        CART,
        "Deployment",
        "peer",
        subject,
        NOON,
        NOON + 290 * SECOND,
        20,
        "cart tried 412 ports of payments/ledger-db within 10 s, of which 400 were denied; it has"
            + " never used more than 3.",
        List.of(
            "if port-scan.ports were above 412", "if cart had used 400 ports in its last 14 days"),
        List.of(
            new Measure("ports per peer", "ports", 412, 1, 1, 3, 120_960, NOON - 14L * 86_400_000),
            new Measure(
                "share denied", "%", 97.087378, Double.NaN, Double.NaN, Double.NaN, 0, NOON)),
        evidence,
        Technique.of("T1046"));
  }

  static String golden(String name) {
    try (InputStream in = TestAlerts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
