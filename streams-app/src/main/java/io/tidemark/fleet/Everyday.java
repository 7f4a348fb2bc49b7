package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a fleet that makes ordinary days eventful, and what it does: services that call or
 * are called by everybody, host names that are new every day, batch jobs of every period, services
 * that are added later, releases that bring a new peer. Nothing of it is an incident.
 */
final class Everyday {
  /** As in the blueprint; {@code born} is the day on which it is first deployed. */
  static final String WORKLOADS =
      """
      web          Deployment  gateway          3-60 port=8080 metrics=9090 probe=8080
      web          Deployment  pages-blue       2    port=3000 probe=3000
      web          Deployment  pages-green      2    port=3000 probe=3000
      web          Deployment  link-preview     2    port=8080
      web          Deployment  webhooks         1    port=8080 metrics=8080
      platform     StatefulSet consul           1    port=8500 metrics=8500
      platform     Deployment  uptime-probe     1    port=9115 metrics=9115
      batch        CronJob     hourly-sync      0    period=60    at=13   for=5
      batch        CronJob     nightly-export   0    period=1440  at=75   for=40
      batch        CronJob     weekly-invoices  0    period=10080 at=4510 for=50
      batch        CronJob     housekeeping     0    period=15    at=3    for=1
      growth       Deployment  gift-cards       2    port=8080 metrics=8080 probe=8080 born=4
      growth       Deployment  loyalty          2    port=8080 metrics=8080 probe=8080 born=8
      growth       Deployment  waiting-list     1    port=8080 metrics=9100 born=10
      """;

  static final String CALLS =
      """
      ingress-nginx-controller -> gateway:8080 connect 3 users
      gateway -> catalog:8080 connect 2 users
      gateway -> accounts:8080 connect 0.5 users
      webhooks -> rabbitmq:5672 pool 0.4 steady
      link-preview -> cart-redis:6379 pool 0.4 steady
      checkout -> consul:8500 pool 0.2 steady
      order-api -> consul:8500 pool 0.2 steady
      payment-api -> consul:8500 pool 0.2 steady
      gateway -> consul:8500 pool 0.2 steady
      consul -> consul:8301 pool 0.2 steady
      hourly-sync -> clickhouse:9000 connect 6 steady
      hourly-sync -> exports-#.s3.eu-west-1.amazonaws.com:443 connect 4 steady
      nightly-export -> orders-db:5432 connect 4 steady
      nightly-export -> exports-#.s3.eu-west-1.amazonaws.com:443 connect 6 steady
      weekly-invoices -> ledger-db:5432 connect 8 steady
      weekly-invoices -> orders-db:5432 connect 6 steady
      weekly-invoices -> api.sendgrid.com:443 connect 20 steady
      housekeeping -> cart-redis:6379 connect 6 steady
      storefront -> gift-cards:8080 connect 0.4 users
      gift-cards -> ledger:8080 connect 0.3 users
      gift-cards -> cart-redis:6379 pool 0.3 steady
      gateway -> loyalty:8080 connect 0.4 users
      loyalty -> accounts:8080 connect 0.3 users
      loyalty -> api.braze.eu:443 connect 0.1 users
      ingress-nginx-controller -> waiting-list:8080 connect 0.2 users
      waiting-list -> api.sendgrid.com:443 connect 0.1 users
      """;

  /** Somebody's habit under its name, and from when on, nanoseconds since the epoch. */
  record Habit(String name, Behaviour behaviour, long first) {}

  private Everyday() {}

  static List<Habit> habits(Scene scene, Lookups lookups, long from) {
    Fleet fleet = scene.fleet();
    List<Habit> habits = new ArrayList<>();
    Life life = scene.life();
    Workload gateway = fleet.workload("web/gateway");
    Call blue = new Call(gateway, fleet.workload("web/pages-blue"), 3000, false, 2, Curve.USERS);
    Call green = new Call(gateway, fleet.workload("web/pages-green"), 3000, false, 2, Curve.USERS);
    habits.add(new Habit("pages", new BlueGreen(scene, lookups, blue, green), from));
    String[] cloud = {
      "web/gateway", "shop/media", "shop/storefront", "shop/recommender", "data/collector"
    };
    for (String title : cloud) {
      Workload client = fleet.workload(title);
      habits.add(new Habit("cloud of " + title, new CloudNames(scene, lookups, client), from));
    }
    habits.add(
        new Habit(
            "previews",
            new Strangers(scene, lookups, fleet.workload("web/link-preview"), "previews", 0.15),
            from));
    habits.add(
        new Habit(
            "webhooks",
            new Strangers(scene, lookups, fleet.workload("web/webhooks"), "webhooks", 0.08),
            from));
    habits.add(new Habit("image pulls", new Pulling(scene), from));
    Workload uptime = fleet.workload("platform/uptime-probe");
    habits.add(new Habit("uptime", new Rounds(scene, uptime), from));
    Dice dice = Dice.of(fleet.spec().seed(), "operators");
    for (int day = 0; day < 60; day++) {
      long when = life.day(day) + 9 * Life.HOUR + dice.below((int) (8 * Life.HOUR));
      habits.add(new Habit("forward of day " + day, new PortForward(scene), when * 1_000_000L));
    }
    for (int day = dice.between(5, 12); day < 60; day += 30) {
      long when = life.day(day) + dice.below((int) Life.DAY);
      habits.add(
          new Habit("renewal of day " + day, new Renewal(scene, lookups), when * 1_000_000L));
    }
    for (Lifecycle.Release release : releases(fleet, life)) {
      Call call = new Call(release.workload(), release.peer(), 443, false, 0.3, Curve.USERS);
      habits.add(
          new Habit(
              "release of " + release.workload().title() + " at " + release.time(),
              new Calling(scene, lookups, call),
              (release.time() + 90_000) * 1_000_000L));
    }
    return habits;
  }

  /** Rolling updates after which the workload calls a place that it never called. */
  static List<Lifecycle.Release> releases(Fleet fleet, Life life) {
    String[] peers = {"api.segment.io", "o4507.ingest.sentry.io", "api.launchdarkly.com"};
    String[] who = {"shop/checkout", "orders/order-api", "shop/search"};
    Dice dice = Dice.of(fleet.spec().seed(), "releases");
    List<Lifecycle.Release> releases = new ArrayList<>();
    for (int i = 0; i < who.length; i++) {
      long time = life.day(4 + 3 * i) + 9 * Life.HOUR + dice.below((int) (7 * Life.HOUR));
      Domain peer = Domain.of(fleet.spec().seed(), peers[i]);
      releases.add(new Lifecycle.Release(fleet.workload(who[i]), peer, time));
    }
    return releases;
  }
}
