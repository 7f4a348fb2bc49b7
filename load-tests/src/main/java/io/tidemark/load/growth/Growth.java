package io.tidemark.load.growth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Goes through the sweeps, point by point. */
final class Growth {

  /** Loads at which the lag is measured, as shares of what was just measured as the capacity. */
  private static final double[] LOADS = {0.5, 0.9};

  private static final double LEAST_SPEED = 0.5;

  /** Of short runs on a busy machine less can be asked. */
  private static final double LEAST_SPEED_QUICK = 0.4;

  private static final int LAG_WORKLOADS = 1_000;
  private static final int LAG_INCIDENTS = 5;
  private static final long LAG_LINES = 100_000;

  private final Rig rig;
  private final Sweep.Form form;
  private final int lagSeconds;
  private final Consumer<String> log;
  private final List<Expectation.Verdict> verdicts = new ArrayList<>();
  private double idle = -1;
  private int trials;

  Growth(Rig rig, Sweep.Form form, int lagSeconds, Consumer<String> log) {
    this.rig = rig;
    this.form = form;
    this.lagSeconds = lagSeconds;
    this.log = log;
  }

  Findings measure(List<Sweep> sweeps) throws IOException, InterruptedException {
    List<Table> tables = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      Table table =
          switch (sweep) {
            case LAG -> lag();
            case ATTACKS -> attacks();
            default -> sweep(sweep);
          };
      for (Expectation expectation : Expectation.all(form.quick())) {
        expectation.of(table).ifPresent(verdicts::add);
      }
      tables.add(table);
    }
    return new Findings(tables, verdicts);
  }

  private String name() {
    return "growth-" + ++trials;
  }

  private Trial.Result run(Point point) throws IOException, InterruptedException {
    if (idle < 0) {
      idle = Trial.idle(rig, point, name());
      log.accept(
          String.format(Locale.ROOT, "idle, the service keeps %.1f MB in its heap", idle / 1e6));
    }
    Trial.Result result = Trial.run(rig, point, name());
    aboveIdle(result);
    log.accept(Trial.sentence(result));
    return result;
  }

  private void aboveIdle(Trial.Result result) {
    OptionalDouble heap = result.figures().get(Measure.HEAP_BYTES);
    if (heap.isPresent() && heap.getAsDouble() > idle) {
      result.figures().put(Measure.HEAP_ABOVE_IDLE, heap.getAsDouble() - idle);
    }
  }

  private Table sweep(Sweep sweep) throws IOException, InterruptedException {
    List<Table.Row> rows = new ArrayList<>();
    for (Point point : sweep.points(form)) {
      rows.add(new Table.Row(point.name(), point.x(), run(point).figures()));
    }
    return new Table(sweep, rows, List.of());
  }

  private Table attacks() throws IOException, InterruptedException {
    List<Table.Row> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Trial.Result calm = null;
    double least = form.quick() ? LEAST_SPEED_QUICK : LEAST_SPEED;
    for (Point point : Sweep.ATTACKS.points(form)) {
      Trial.Result result = run(point);
      result.inTheEnd();
      aboveIdle(result);
      Attack attack = point.traffic().attack();
      notes.add(attack.id() + ": " + attack.meaning() + '.');
      rows.add(new Table.Row(point.name(), point.x(), result.figures()));
      if (calm == null) {
        calm = result;
      } else {
        verdicts.addAll(new Resistance(mostDossiers(point), least).of(calm, result));
      }
    }
    return new Table(Sweep.ATTACKS, rows, notes);
  }

  /** The workloads of the setting, and for each partition the one that stands for the source. */
  private static long mostDossiers(Point point) {
    GrowthProcess.Job job =
        new GrowthProcess.Job(
            "127.0.0.1:1",
            "http://127.0.0.1:1",
            "lines",
            "growth",
            java.nio.file.Path.of("."),
            point.all());
    return (long) GrowthProcess.config(job).windows().maxWorkloads() + point.partitions();
  }

  private Table lag() throws IOException, InterruptedException {
    Traffic traffic = new Traffic(form.seed(), LAG_WORKLOADS, 10, 10, Attack.CALM, LAG_INCIDENTS);
    Point point =
        new Point(
            "capacity", 1, traffic, 4, 1, traffic.linesPerWindow() * 8, LAG_LINES, form.settings());
    double capacity = run(point).figures().get(Measure.RECORDS_PER_SECOND).orElseThrow();
    List<Table.Row> rows = new ArrayList<>();
    for (double load : LOADS) {
      String name = String.format(Locale.ROOT, "%.0f %% of capacity", load * 100);
      Figures figures = LagTrial.run(rig, point, name(), capacity * load, lagSeconds, LAG_LINES);
      log.accept(LagTrial.sentence(name, figures));
      rows.add(new Table.Row(name, load, figures));
    }
    return new Table(
        Sweep.LAG,
        rows,
        List.of(
            String.format(Locale.ROOT, "The capacity was %,.0f records/s just before.", capacity),
            "Event time is compressed: windows of 10 s and 30 s of lateness pass so many times faster. Unavoidable is"
                + " the time from an incident's first line until the first line that can complete its window is"
                + " meant to be sent; above is what comes on top until the alert can be read.",
            "All moments are those at which lines were meant to be sent, whenever they were."));
  }
}
