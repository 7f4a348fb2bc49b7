package io.tidemark.load.fault;

import io.tidemark.config.Topic;
import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What happens to the records. */
final class InputCases {

  /** Less than the lateness that is allowed, 30 s. */
  private static final int SHUFFLED_MILLIS = 20_000;

  private static final long MINUTE = 60_000;

  /** The first lines set the clock: what comes among them is another matter. */
  private static final int UNDISTURBED = 1_000;

  /** Records a second. */
  private static final int BURST = 1_500;

  private InputCases() {}

  /** One record in a hundred is none, in twenty ways. */
  static void poison(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "poison")) {
      Random random = trial.random();
      List<Parcel> parcels = Parcel.deal(stand.load().lines(), Trial.PARTITIONS, random);
      int count = parcels.size() / 100;
      Map<String, Long> letters = new TreeMap<>();
      List<Parcel> more = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Poison kind = Poison.KINDS.get(i % Poison.KINDS.size());
        Parcel good = parcels.get(random.nextInt(parcels.size()));
        byte[] value = kind.of().apply(good.value());
        more.add(new Parcel(good.time(), random.nextInt(Trial.PARTITIONS), value, kind.headers()));
        if (!kind.outcome().equals(Poison.SKIPPED)) {
          letters.merge(kind.outcome(), 1L, Long::sum);
        }
      }
      report.did(
          "%d records of %d kinds among %d good ones", count, Poison.KINDS.size(), parcels.size());
      App app = trial.launch(0);
      trial.awaitReady(app);
      trial.feed(merged(parcels, more), Duration.ofSeconds(stand.options().of(5, 12)));
      trial.finish();
      same(report, "dead letters", letters, trial.deadLetters());
      same(report, "bad lines", total(letters), trial.promises().sum().bad());
      report.measured("deadLetters", letters);
    }
  }

  /** Records out of order, twice, far too late, and from the future. */
  static void disorder(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "disorder")) {
      Random random = trial.random();
      List<Parcel> parcels = new ArrayList<>();
      List<Parcel> twice = new ArrayList<>();
      List<Parcel> late = new ArrayList<>();
      List<Parcel> future = new ArrayList<>();
      List<Line> lines = stand.load().lines();
      for (int i = 0; i < lines.size(); i++) {
        Line line = lines.get(i);
        int partition = random.nextInt(Trial.PARTITIONS);
        long at = line.time() + (i < UNDISTURBED ? 0 : random.nextInt(SHUFFLED_MILLIS));
        parcels.add(new Parcel(at, partition, line.json(), 0));
        if (i < UNDISTURBED) {
          continue;
        }
        int chance = random.nextInt(200);
        if (chance < 10) {
          twice.add(new Parcel(at + random.nextInt(3_000), partition, line.json(), 0));
        } else if (chance < 12) {
          long delay = (2 + random.nextInt(8)) * MINUTE;
          late.add(new Parcel(at + delay, partition, line.json(), 0));
        } else if (chance == 12) {
          late.add(new Parcel(at, partition, timed(line, "1970-01-01T00:00:07Z"), 0));
        } else if (chance == 13) {
          future.add(new Parcel(at, partition, timed(line, future(random)), 0));
        }
      }
      late.removeIf(each -> each.time() > lines.get(lines.size() - 1).time());
      report.did(
          "records up to %d s out of order, %d of them twice, %d minutes or years too late, %d from"
              + " the future (an hour to thousands of years), and a kill -9 in between",
          SHUFFLED_MILLIS / 1_000, twice.size(), late.size(), future.size());
      App app = trial.launch(0);
      trial.awaitReady(app);
      List<Parcel> more = new ArrayList<>(twice);
      more.addAll(late);
      more.addAll(future);
      trial.feed(merged(parcels, more), Duration.ofSeconds(stand.options().of(5, 12)));
      trial.awaitShare(0.4);
      app.kill();
      trial.launch(0);
      trial.finish();
      Count sum = trial.promises().sum();
      same(report, "late lines", (long) late.size(), sum.late());
      same(report, "bad lines", (long) future.size(), sum.bad());
      report.holds(
          sum.duplicates() >= twice.size(),
          "%d lines were written twice, %d counted",
          twice.size(),
          sum.duplicates());
      report.measured("deadLetters", trial.deadLetters());
    }
  }

  /** Ten times as much as before, for five minutes: a busier fleet, or it were over too soon. */
  static void burst(Stand given, Report report) throws Exception {
    int seconds = given.options().of(10, 300);
    double busier = (double) seconds * BURST / given.load().lines().size();
    Stand stand = busier <= 1 ? given : given.with(given.load().busier(busier, given));
    try (Trial trial = new Trial(stand, report, "burst")) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      int records = stand.load().lines().size();
      Feeder feeder = trial.feed(Duration.ofMillis(records * 10_000L / BURST));
      trial.awaitBeyond(BURST);
      feeder.pace(BURST);
      feeder.release();
      long began = System.nanoTime();
      long most = 0;
      while (feeder.left() > 0) {
        most = Math.max(most, feeder.sent() - trial.pulse().committed());
        Thread.sleep(100);
      }
      long written = System.nanoTime();
      trial.awaitBeyond(records - 1);
      report.did(
          "%d records a second, then %d for %.0f s", BURST / 10, BURST, (written - began) / 1e9);
      report.measured("mostBehindRecords", most);
      report.seconds("caughtUpAfter", Duration.ofNanos(System.nanoTime() - written));
      trial.finish();
    }
  }

  /** Somebody reads the alerts one by one, and slowly. */
  static void slowConsumer(Stand stand, Report report) throws Exception {
    Promises heard = new Promises(stand.load());
    try (Trial trial = new Trial(stand, report, "slow-consumer");
        Told slow = trial.told(Topic.ALERTS, 1, heard::told)) {
      App app = trial.launch(0);
      trial.awaitReady(app);
      Feeder feeder = trial.feed(Duration.ofSeconds(15));
      feeder.release();
      int read = 0;
      while (feeder.left() > 0) {
        read += slow.read();
        Thread.sleep(1_500);
      }
      long written = System.nanoTime();
      trial.awaitBeyond(stand.load().lines().size() - 1);
      report.seconds("caughtUpAfter", Duration.ofNanos(System.nanoTime() - written));
      report.did(
          "a reader took one record of the alerts every 1.5 s and had %d when all was written",
          read);
      trial.finish();
      slow.readToEnd();
      same(report, "alerts that the slow reader was told twice", 0L, heard.twice());
      same(report, "alert records that it read", trial.promises().told(), heard.told());
    }
  }

  private static String future(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Instant.now().plusSeconds(3_600).toString();
      case 1 -> Instant.now().plusSeconds(10L * 365 * 86_400).toString();
      case 2 -> "2200-01-01T00:00:00Z";
      default -> "9999-12-31T23:59:59Z";
    };
  }

  /** The line with another time. */
  private static byte[] timed(Line line, String time) {
    return new String(line.json(), StandardCharsets.UTF_8)
        .replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"" + time + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** All in the order of their times; what is added comes after what was there. */
  private static List<Parcel> merged(List<Parcel> parcels, List<Parcel> more) {
    List<Parcel> all = new ArrayList<>(parcels);
    all.addAll(more);
    all.sort(Comparator.comparingLong(Parcel::time));
    return all;
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void same(Report report, String what, Object expected, Object found) {
    report.holds(expected.equals(found), "%s: expected %s, found %s", what, expected, found);
  }
}
