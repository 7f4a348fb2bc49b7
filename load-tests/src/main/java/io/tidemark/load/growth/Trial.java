package io.tidemark.load.growth;

import io.tidemark.load.JvmProcess;
import io.tidemark.load.Lab;
import io.tidemark.load.Machine;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures one point: the service reads lines, is asked what it keeps, and stops. Then it is robbed
 * of its state, started over more lines, restores itself, and is measured at full speed.
 */
final class Trial {

  private static final List<Measure> TELLING =
      List.of(
          Measure.RECORDS_PER_SECOND,
          Measure.CPU_SECONDS_PER_MILLION,
          Measure.HEAP_BYTES,
          Measure.DOSSIERS,
          Measure.STORE_BYTES_PER_WORKLOAD,
          Measure.RESTORE_SECONDS,
          Measure.LOAD);

  /** Of the lines after a restart; the JVM has compiled most of what matters by then. */
  static final double WARM = 0.4;

  /** Where a commit or two covered all of it, nothing is known of the speed. */
  private static final double LEAST = 0.2;

  private static final long READY_SECONDS = 900;
  private static final long ANSWER_SECONDS = 120;

  private final Rig rig;
  private final Point point;
  private final String application;
  private final String topic;
  private final Figures figures = new Figures();
  private Kept kept = Kept.NOTHING;

  private Trial(Rig rig, Point point, String name) {
    this.rig = rig;
    this.point = point;
    this.application = name;
    this.topic = name + "-lines";
  }

  /**
   * What came out.
   *
   * @param figures of speed the last, of what is kept those after the first lines
   * @param first what was kept after the first lines
   * @param last what was kept in the end
   */
  record Result(Point point, Figures figures, State first, State last) {

    /** Makes the figures of what is kept those of the end. */
    void inTheEnd() {
      last.putInto(figures);
    }
  }

  /**
   * What is kept at a moment.
   *
   * @param heap bytes in use after a full collection
   */
  record State(Kept kept, long heap) {

    void putInto(Figures figures) {
      figures
          .put(Measure.HEAP_BYTES, (double) heap)
          .put(Measure.STORE_BYTES, (double) kept.liveBytes())
          .put(
              Measure.STORE_BYTES_PER_WORKLOAD,
              kept.dossierBytes() / (double) Math.max(1, kept.dossiers()))
          .put(Measure.DOSSIERS, (double) kept.dossiers());
    }
  }

  /**
   * Measures a point; nothing of it stays.
   *
   * @param name not used before
   */
  static Result run(Rig rig, Point point, String name) throws IOException, InterruptedException {
    Trial trial = new Trial(rig, point, name);
    try {
      return trial.run();
    } finally {
      rig.remove(trial.application, trial.topic);
    }
  }

  /**
   * What a service keeps in its heap that has nothing to do, bytes.
   *
   * @param name not used before
   */
  static double idle(Rig rig, Point point, String name) throws IOException, InterruptedException {
    Trial trial = new Trial(rig, point, name);
    try {
      rig.create(trial.topic, point.partitions());
      try (JvmProcess process = rig.start(name, trial.topic, point.all())) {
        process.await(GrowthProcess.READY, READY_SECONDS);
        long heap = heap(process);
        stop(process);
        return heap;
      }
    } finally {
      rig.remove(name, trial.topic);
    }
  }

  private static long heap(JvmProcess process) throws IOException, InterruptedException {
    process.tell(GrowthProcess.HEAP);
    String said = process.await(GrowthProcess.HEAP, ANSWER_SECONDS);
    return Long.parseLong(said.substring(GrowthProcess.HEAP.length()).strip());
  }

  private static void stop(JvmProcess process) throws IOException, InterruptedException {
    process.tell(GrowthProcess.STOP);
    process.await(GrowthProcess.STOP, ANSWER_SECONDS);
  }

  private Result run() throws IOException, InterruptedException {
    rig.create(topic, point.partitions());
    LineMaker maker = new LineMaker(point.traffic(), incident -> {});
    rig.fill(topic, point.partitions(), maker, point.first());
    State first = pass(0, point.first());
    figures.put(Measure.CHANGELOG_BYTES_PER_MILLION, kept.writtenBytes() * 1e6 / point.first());
    State last = first;
    if (point.second() > 0) {
      Lab.delete(rig.state(application));
      figures.put(Measure.RESTORED_RECORDS, (double) kept.written());
      rig.fill(topic, point.partitions(), maker, point.second());
      long before = kept.writtenBytes();
      last = pass(point.first(), point.second());
      figures.put(
          Measure.CHANGELOG_BYTES_PER_MILLION,
          (kept.writtenBytes() - before) * 1e6 / point.second());
    }
    figures.put(Measure.LOAD, Math.max(0, Machine.load()));
    return new Result(point, figures, first, last);
  }

  private State pass(long before, long lines) throws IOException, InterruptedException {
    long heap;
    try (JvmProcess process = rig.start(application, topic, point.all())) {
      String ready = process.await(GrowthProcess.READY, READY_SECONDS);
      figures.put(
          before == 0 ? Measure.START_SECONDS : Measure.RESTORE_SECONDS,
          Double.parseDouble(ready.substring(GrowthProcess.READY.length())));
      Passage passage = Passage.await(rig, process, application, topic, before, lines, WARM);
      if (passage.records() >= lines * LEAST) {
        figures.put(Measure.RECORDS_PER_SECOND, passage.recordsPerSecond());
        figures.put(Measure.CPU_SECONDS_PER_MILLION, passage.cpuSecondsPerMillion());
      }
      heap = heap(process);
      stop(process);
    }
    kept = Kept.of(rig.servers(), application);
    State state = new State(kept, heap);
    if (before == 0) {
      // All points of a sweep are as old then.
      state.putInto(figures);
      figures.put(Measure.ROCKSDB_BYTES, (double) Kept.tables(rig.state(application)));
    }
    return state;
  }

  /** One line for whoever waits: what of the most telling was measured. */
  static String sentence(Result result) {
    Figures figures = result.figures();
    return result.point().name()
        + TELLING.stream()
            .filter(measure -> figures.get(measure).isPresent())
            .map(measure -> measure.title() + " " + figures.text(measure))
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
