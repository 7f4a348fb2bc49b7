package io.tidemark.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * A made-up series of a kind that public benchmarks have, with the rows at which something happens.
 *
 * @param interval milliseconds between two rows
 * @param events rows at which an anomaly begins, ascending
 */
record MadeSeries(String kind, long interval, List<Double> values, List<Integer> events) {

  private static final long MINUTE = 60_000;
  private static final int DAY = 288;

  static List<MadeSeries> all(long seed) {
    Random random = new Random(seed);
    return List.of(
        fiveMinutes("noise", 4032, i -> 18 + 3.5 * random.nextDouble()),
        fiveMinutes("a square wave", 4032, i -> i % DAY < 96 ? 80 : 20),
        fiveMinutes("a daily plateau", 4032, i -> plateau(i, 60) + 8 * random.nextDouble()),
        fiveMinutes(
            "a day without its plateau",
            4032,
            i -> plateau(i, i / DAY == 10 ? 0 : 60) + 8 * random.nextDouble(),
            10 * DAY + 108),
        fiveMinutes(
            "a day of twice the height",
            4032,
            i -> plateau(i, i / DAY == 10 ? 140 : 60) + 8 * random.nextDouble(),
            10 * DAY + 108),
        mentions(random),
        roadSensor(random),
        prices(random),
        taxis(random),
        machine(random),
        latency(random));
  }

  /** Counts with a daily cycle, bursts of all sizes and three large ones. */
  private static MadeSeries mentions(Random random) {
    int rows = 15_840;
    int[] events = {4500, 9000 + random.nextInt(600), 13_500};
    double[] bursts = new double[rows];
    for (int event : events) {
      burst(bursts, event, 20 + 10 * random.nextDouble(), 10);
    }
    for (int i = 0; i < 60; i++) {
      double height = Math.min(5, Math.pow(random.nextDouble(), -0.6));
      burst(bursts, random.nextInt(rows), height, 4);
    }
    return fiveMinutes(
        "mentions",
        rows,
        i -> {
          double usual = 28 * (1 + 0.6 * wave(i, DAY)) * (i / DAY % 7 >= 5 ? 0.6 : 1);
          double mean = usual * (1 + bursts[i]) * Math.exp(0.3 * random.nextGaussian());
          return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        },
        events);
  }

  private static void burst(double[] bursts, int at, double height, double fades) {
    for (int i = 0; i < 4 * fades && at + i < bursts.length; i++) {
      bursts[at + i] += height * Math.exp(-i / fades);
    }
  }

  /** Speeds with a dip in the rush hour and two jams. */
  private static MadeSeries roadSensor(Random random) {
    return of(
        "a road sensor",
        7 * MINUTE,
        1577,
        i -> {
          double rush = Math.max(0, wave(i + 30, 200)) * Math.max(0, wave(i, 100));
          double jam = within(i, 630, 20) || within(i, 1261, 15) ? 35 : 0;
          return Math.max(3, Math.round(68 - 12 * rush - jam + 4 * random.nextGaussian()));
        },
        630,
        1261);
  }

  /** Hourly prices that wander, and twice a jump to the fivefold. */
  private static MadeSeries prices(Random random) {
    double[] level = new double[1];
    return of(
        "hourly prices",
        60 * MINUTE,
        1600,
        i -> {
          level[0] = 0.97 * level[0] + 0.04 * random.nextGaussian();
          double up = within(i, 640, 3) || within(i, 1250, 3) ? 1.6 : 0;
          double noise = 0.27 * random.nextGaussian();
          return 0.1 * Math.exp(noise + level[0] + 0.25 * wave(i, 24) + up);
        },
        640,
        1250);
  }

  /** Half-hourly demand with days and weeks, two holidays and a storm. */
  private static MadeSeries taxis(Random random) {
    int day = 48;
    return of(
        "taxis",
        30 * MINUTE,
        10_320,
        i -> {
          boolean weekend = i / day % 7 >= 5;
          double hour = i % day / (double) day;
          double usual =
              15_000
                  + (weekend ? 7000 : 9000) * Math.sin(2 * Math.PI * (hour - 0.35))
                  + (weekend && hour < 0.15 ? 7000 : 0);
          double share = i / day == 120 || i / day == 150 ? 0.5 : i / day == 190 ? 0.2 : 1;
          return Math.max(10, usual * share * (1 + 0.05 * random.nextGaussian()));
        },
        120 * day,
        150 * day,
        190 * day);
  }

  /** A temperature that wanders slowly, with three failures. */
  private static MadeSeries machine(Random random) {
    int[] events = {4900, 12_400, 19_300};
    double[] level = new double[1];
    return fiveMinutes(
        "a machine's temperature",
        22_695,
        i -> {
          level[0] = 0.995 * level[0] + 0.6 * random.nextGaussian();
          double down = 0;
          for (int event : events) {
            double since = i - event;
            down += within(i, event, 400) ? 55 * Math.exp(-since / 90) * since / (since + 3) : 0;
          }
          return 85 + level[0] - down + 1.2 * wave(i, DAY) + 0.8 * random.nextGaussian();
        },
        events);
  }

  /** A latency that is nearly flat, with a spike, an hour of unrest and another spike. */
  private static MadeSeries latency(Random random) {
    return fiveMinutes(
        "a latency",
        4032,
        i -> {
          double up =
              within(i, 1550, 8) ? 16 : within(i, 2800, 60) ? 9 : within(i, 3700, 8) ? 35 : 0;
          double usual = 44 + 1.5 * wave(i, DAY) + 1.2 * random.nextGaussian();
          return usual + up * (0.5 + random.nextDouble());
        },
        1550,
        2800,
        3700);
  }

  private static MadeSeries fiveMinutes(
      String kind, int rows, IntToDoubleFunction values, int... events) {
    return of(kind, 5 * MINUTE, rows, values, events);
  }

  private static MadeSeries of(
      String kind, long interval, int rows, IntToDoubleFunction values, int... events) {
    double[] made = new double[rows];
    Arrays.setAll(made, values);
    return new MadeSeries(
        kind,
        interval,
        Arrays.stream(made).boxed().toList(),
        Arrays.stream(events).boxed().toList());
  }

  private static double plateau(int i, double height) {
    return 20 + (i % DAY >= 108 && i % DAY < 216 ? height : 0);
  }

  private static double wave(double i, double period) {
    return Math.sin(2 * Math.PI * i / period);
  }

  private static boolean within(int i, int from, int rows) {
    return i >= from && i < from + rows;
  }

  @Override
  public String toString() {
    return kind;
  }
}
