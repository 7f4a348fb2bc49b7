package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What grows, and what is expected of the cost. */
enum Sweep {
  WORKLOADS("workloads", "Workloads grow, each does as much as before"),
  PEERS("peers per workload", "Workloads call ever more peers"),
  PARTITIONS("partitions", "The same lines in more partitions, one thread"),
  THREADS("threads", "The same lines in four partitions, more threads"),
  LAG("share of capacity", "How long after an incident its alert is in the topic"),
  ATTACKS("attack", "Somebody wants state to grow");

  /**
   * Of a full run, and of a quick one that asserts loosely.
   *
   * @param attacks new things of an attack
   * @param lines that are read at full speed, at least
   */
  record Form(boolean quick, long seed, long attacks, long lines, List<String> settings) {}

  private static final int DENSITY = 10;
  private static final int FEW_PEERS = 10;
  private static final int PARTITIONS_USED = 4;

  /** Windows of the first lines: as many for few workloads as for many, so that all are as old. */
  private static final int WINDOWS = 6;

  private final String axis;
  private final String title;

  Sweep(String axis, String title) {
    this.axis = axis;
    this.title = title;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String axis() {
    return axis;
  }

  String title() {
    return title;
  }

  static Optional<Sweep> named(String name) {
    for (Sweep sweep : values()) {
      if (sweep.id().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(sweep);
      }
    }
    return Optional.empty();
  }

  boolean hasNoQuickForm() {
    return this == PARTITIONS || this == THREADS || this == LAG;
  }

  /** Whether an exponent says something. */
  boolean fitted() {
    return this != LAG && this != ATTACKS;
  }

  /** What is measured; nothing of {@link #LAG}, which needs a capacity first. */
  List<Point> points(Form form) {
    return switch (this) {
      case WORKLOADS -> workloads(form);
      case PEERS -> peers(form);
      case PARTITIONS -> form.quick() ? List.of() : partitions(form);
      case THREADS -> form.quick() ? List.of() : threads(form);
      case LAG -> List.of();
      case ATTACKS -> attacks(form);
    };
  }

  private static Traffic calm(Form form, int workloads, int peers, int density) {
    return new Traffic(form.seed(), workloads, peers, density, Attack.CALM, 0);
  }

  private static List<Point> workloads(Form form) {
    List<Point> points = new ArrayList<>();
    for (int workloads : form.quick() ? new int[] {100, 1_000} : new int[] {100, 1_000, 10_000}) {
      Traffic traffic = calm(form, workloads, FEW_PEERS, DENSITY);
      long first = traffic.linesPerWindow() * WINDOWS;
      long second = form.quick() ? 0 : Math.max(form.lines(), 3 * traffic.linesPerWindow());
      points.add(point(form, workloads + " workloads", workloads, traffic, first, second));
    }
    return points;
  }

  private static List<Point> peers(Form form) {
    List<Point> points = new ArrayList<>();
    int workloads = 5;
    int density = 100;
    int[] all = form.quick() ? new int[] {10, 300} : new int[] {10, 100, 1_000, 5_000, 10_000};
    // The same number of lines for all: enough to meet the most peers.
    long lines = calm(form, workloads, all[all.length - 1], density).linesToMeetAll();
    for (int peers : all) {
      Traffic traffic = calm(form, workloads, peers, density);
      long second = form.quick() ? 0 : form.lines();
      points.add(point(form, peers + " peers", peers, traffic, lines, second));
    }
    return points;
  }

  private static List<Point> partitions(Form form) {
    List<Point> points = new ArrayList<>();
    Traffic traffic = calm(form, 1_000, FEW_PEERS, DENSITY);
    for (int partitions : new int[] {1, 2, 4, 8}) {
      points.add(
          new Point(
              partitions + " partitions",
              partitions,
              traffic,
              partitions,
              1,
              form.lines(),
              0,
              form.settings()));
    }
    return points;
  }

  private static List<Point> threads(Form form) {
    List<Point> points = new ArrayList<>();
    Traffic traffic = calm(form, 1_000, FEW_PEERS, DENSITY);
    for (int threads : new int[] {1, 2}) {
      points.add(
          new Point(
              threads + " threads",
              threads,
              traffic,
              PARTITIONS_USED,
              threads,
              form.lines(),
              0,
              form.settings()));
    }
    return points;
  }

  /** The calm ones have as many lines in a window as the attacked ones. */
  private static List<Point> attacks(Form form) {
    List<Point> points = new ArrayList<>();
    List<Attack> attacks =
        form.quick() ? List.of(Attack.CALM, Attack.PODS) : List.of(Attack.values());
    int x = 1;
    for (Attack attack : attacks) {
      Traffic calm = calm(form, form.quick() ? 200 : 1_000, FEW_PEERS, DENSITY);
      Traffic traffic =
          attack == Attack.CALM
              ? calm.with(Attack.CALM, DENSITY * Attack.EVERY)
              : calm.with(attack, DENSITY);
      long lines = form.attacks() * Attack.EVERY / 2;
      points.add(point(form, attack.id(), x++, traffic, lines, lines));
    }
    return points;
  }

  private static Point point(
      Form form, String name, double x, Traffic traffic, long first, long second) {
    return new Point(name, x, traffic, PARTITIONS_USED, 1, first, second, form.settings());
  }
}
