package io.tidemark.ordinary;

import static io.tidemark.ordinary.Cluster.DAY;
import static io.tidemark.ordinary.Cluster.HOUR;
import static io.tidemark.ordinary.Cluster.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What Kubernetes ordinarily does and other tools tell of as attacks, one thing at a time, days
 * long, from nothing known: nobody is told anything but, for information, that a version is new.
 */
final class OrdinaryKubernetesTest {

  /** A Monday. */
  private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

  private static final String DATABASE = "shop/orders-db-0";

  private static final String[] SERVICES = {
    "cart", "orders", "catalog", "search", "media", "users", "mail", "stock", "prices", "routes"
  };

  @Test
  void prometheusScrapingEverythingIsSilent() {
    Cluster cluster = shop(501, 4);
    for (int n = 0; n < 36; n++) {
      int which = n;
      // The last ones are deployed on the third day.
      long born = n < 30 ? 0 : 2 * DAY + n * MINUTE;
      cluster.every(
          10 * MINUTE,
          0.02,
          at -> {
            if (at >= START + born) {
              cluster.call(at, "monitoring/prometheus-0", scraped(which), 9_100);
            }
          });
    }

    assertSilent(cluster);
  }

  private static String scraped(int n) {
    return "team-" + n % 6 + "/" + Cluster.pod("worker-" + n, 1, n);
  }

  @Test
  void serviceDiscoveryThatEverybodyCallsAndThatChecksEverybodyIsSilent() {
    Cluster cluster = shop(502, 4);
    for (int n = 0; n < 24; n++) {
      String pod = scraped(n);
      long born = n < 20 ? 0 : 2 * DAY + n * HOUR / 10;
      cluster.every(
          12 * MINUTE,
          0.1,
          at -> {
            if (at >= START + born) {
              cluster.call(at, pod, "platform/consul-0", 8_500);
              cluster.call(at + 20, "platform/consul-0", pod, 8_080);
            }
          });
    }

    assertSilent(cluster);
  }

  @Test
  void hourlyCronJobsAreSilent() {
    Cluster cluster = shop(503, 5);
    for (int hour = 0; hour < 5 * 24; hour++) {
      long at = START + hour * HOUR + 13 * MINUTE;
      String pod = job("sync", at, hour);
      for (int call = 0; call < 12; call++) {
        cluster.call(at + call * 15_000L, "batch/" + pod, server("orders"), 5_432);
        cluster.callOutside(at + call * 15_000L + 900, "batch/" + pod, "203.0.113.9", 443);
      }
    }

    assertSilent(cluster);
  }

  private static String job(String name, long at, int n) {
    String suffix = Integer.toString(1_700_000 + 7_001 * n, 36);
    return name + "-" + at / MINUTE + "-" + suffix + "k";
  }

  @Test
  void theSearchPathsNamesThatDoNotExistAreSilent() {
    Cluster cluster = shop(504, 4);
    String[] hosts = {
      "api.stripe.com", "sqs.eu-west-1.amazonaws.com", "o4507.ingest.sentry.io", "api.github.com"
    };
    String[] search = {"shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.lan"};
    cluster.every(
        2 * MINUTE,
        0.5,
        at -> {
          String host = hosts[cluster.random.nextInt(hosts.length)];
          for (String suffix : search) {
            cluster.ask(at, server("cart"), host + "." + suffix, false);
          }
          cluster.ask(at + 5, server("cart"), host, true);
        });

    assertSilent(cluster);
  }

  @Test
  void hostNamesWithHashesAreSilent() {
    Cluster cluster = shop(505, 4);
    String[] below = {
      ".cloudfront.net",
      ".s3.eu-west-1.amazonaws.com",
      ".eu-west-1.elb.amazonaws.com",
      ".blob.core.windows.net",
      ".dscb.akamaiedge.net",
      ".gr7.eu-west-1.eks.amazonaws.com",
      ".c9akciq32xyz.eu-west-1.rds.amazonaws.com"
    };
    cluster.every(
        2 * MINUTE,
        0.8,
        at -> {
          String hash = Long.toString(cluster.random.nextLong() >>> 1, 36);
          String name = hash + below[cluster.random.nextInt(below.length)];
          cluster.ask(at, server("media"), name.toLowerCase(Locale.ROOT), true);
        });

    assertSilent(cluster);
  }

  @Test
  void aBlueGreenRolloutIsSilent() {
    Cluster cluster = shop(506, 6);
    cluster.every(
        4 * MINUTE,
        0.3,
        at -> {
          boolean green = (at - START) / DAY % 2 == 1 && (at - START) % DAY > 11 * HOUR;
          String pages = green ? "pages-green" : "pages-blue";
          int pod = cluster.random.nextInt(3);
          String there = "web/" + Cluster.pod(pages, (int) ((at - START) / DAY), pod);
          cluster.call(at, server("routes"), there, 3_000);
          cluster.call(at + 9, there, server("catalog"), 8_080);
        });

    assertSilent(cluster);
  }

  @Test
  void autoscalingFromThreeToSixtyPodsIsSilent() {
    Cluster cluster = shop(507, 6);
    cluster.every(
        3 * MINUTE,
        0.3,
        at -> {
          double hour = (at - START) % DAY / (double) HOUR;
          int pods = (int) (3 + 57 * Math.max(0, 1 - Math.abs(hour - 15) / 4));
          int pod = cluster.random.nextInt(pods);
          int age = pod < 3 ? 0 : (int) ((at - START) / DAY);
          String there = "web/" + Cluster.pod("gateway", 1, pod + 60 * age);
          cluster.call(at, server("routes"), there, 8_080);
          cluster.call(at + 4, there, server("users"), 8_080);
          cluster.call(at + 7, there, server("catalog"), 8_080);
        });

    assertSilent(cluster);
  }

  @Test
  void aDrainedNodeIsSilent() {
    Cluster cluster = new Cluster(508, START, 5);
    long drained = START + 3 * DAY + 10 * HOUR;
    // Every pod of the shop comes up under another name within two minutes.
    talk(cluster, at -> at < drained + Math.floorMod(at, 2 * MINUTE) ? 0 : 1);

    assertSilent(cluster);
  }

  @Test
  void aWeeklyBatchIsSilentFromItsSecondTimeOn() {
    Cluster cluster = shop(509, 16);
    for (String client : new String[] {"orders", "stock", "mail"}) {
      cluster.every(20 * MINUTE, 0.5, at -> cluster.call(at, server(client), DATABASE, 5_432));
    }
    for (int week = 0; week < 3; week++) {
      long at = START + week * 7L * DAY + 3 * DAY + 3 * HOUR;
      String pod = "batch/" + job("invoices", at, week);
      for (int call = 0; call < 600; call++) {
        cluster.call(at + call * 5_000L, pod, DATABASE, 5_432);
        if (call % 5 == 0) {
          cluster.callOutside(at + call * 5_000L + 70, pod, "203.0.113.80", 443);
        }
      }
    }

    // The first time, forty times as many calls as ever are what an attack looks like, too.
    assertSilent(cluster, START + 7L * DAY);
  }

  @Test
  void theFirstMondayAfterAHolidayIsSilent() {
    Cluster cluster = shop(510, 18);
    cluster.every(
        MINUTE,
        0.8,
        at -> {
          long day = (at - START) / DAY;
          double hour = (at - START) % DAY / (double) HOUR;
          // The second Friday is a holiday; the Monday after it catches up.
          boolean off = day % 7 >= 5 || day == 11;
          double level = off ? 0.04 : 0.04 + 0.6 * Math.max(0, 1 - Math.abs(hour - 13) / 6);
          if (cluster.random.nextDouble() < level * (day == 14 ? 1.3 : 1)) {
            cluster.call(at, "web/" + Cluster.pod("intranet", 1, 1), server("users"), 8_080);
          }
        });

    assertSilent(cluster);
  }

  /** Ten services that call each other a few times an hour, so that the fleet is known. */
  private static Cluster shop(long seed, int days) {
    Cluster cluster = new Cluster(seed, START, days);
    talk(cluster, at -> 0);
    return cluster;
  }

  /** Which of its pods a service has at a time. */
  private interface Pods {
    int at(long time);
  }

  private static void talk(Cluster cluster, Pods pods) {
    for (int n = 0; n < SERVICES.length; n++) {
      String client = SERVICES[n];
      for (int step = 1; step <= 2; step++) {
        String server = SERVICES[(n + step) % SERVICES.length];
        cluster.every(
            20 * MINUTE,
            0.7,
            at -> cluster.call(at, pod(client, pods.at(at)), pod(server, pods.at(at)), 8_080));
      }
    }
  }

  private static String server(String name) {
    return pod(name, 0);
  }

  private static String pod(String name, int n) {
    return "shop/" + Cluster.pod(name, 1, n);
  }

  private static void assertSilent(Cluster cluster) {
    assertSilent(cluster, START);
  }

  private static void assertSilent(Cluster cluster, long since) {
    List<Alert> alerts = cluster.alerts();
    List<String> told =
        alerts.stream()
            // That a version is new is an event for information, and was asked for.
            .filter(a -> !a.detector().equals("rollout") && a.windowStart() >= since)
            .map(
                a ->
                    Instant.ofEpochMilli(a.windowStart()) + " " + a.detector() + ": " + a.summary())
            .toList();
    System.out.println(
        (cluster.to - cluster.from) / DAY + " days, " + cluster.lines() + " lines: " + told);
    assertEquals(List.of(), told);
  }
}
