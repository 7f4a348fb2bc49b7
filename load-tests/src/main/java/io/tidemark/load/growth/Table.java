package io.tidemark.load.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep came to.
 *
 * @param rows in the order of the axis
 * @param notes what else is to be said, a sentence each
 */
record Table(Sweep sweep, List<Row> rows, List<String> notes) {

  /** One point. */
  record Row(String name, double x, Figures figures) {}

  /** Of these an exponent is told, where they were measured. */
  private static final List<Measure> FITTED =
      List.of(
          Measure.RECORDS_PER_SECOND,
          Measure.CPU_SECONDS_PER_MILLION,
          Measure.HEAP_ABOVE_IDLE,
          Measure.STORE_BYTES,
          Measure.STORE_BYTES_PER_WORKLOAD,
          Measure.ROCKSDB_BYTES,
          Measure.CHANGELOG_BYTES_PER_MILLION,
          Measure.RESTORE_SECONDS,
          Measure.RESTORED_RECORDS);

  Table {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** What was measured of any point. */
  List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (rows.stream().anyMatch(row -> row.figures().get(measure).isPresent())) {
        measures.add(measure);
      }
    }
    return measures;
  }

  /** Exponents, where the axis is one on which they say something. */
  Map<Measure, Fit> fits() {
    Map<Measure, Fit> fits = new LinkedHashMap<>();
    if (sweep.fitted()) {
      FITTED.forEach(measure -> fit(measure).ifPresent(fit -> fits.put(measure, fit)));
    }
    return fits;
  }

  /** Empty unless it was measured, above 0, at two points or more, and at all of them. */
  Optional<Fit> fit(Measure measure) {
    List<Fit.Point> points = new ArrayList<>();
    for (Row row : rows) {
      double y = row.figures().get(measure).orElse(0);
      if (!(y > 0)) {
        return Optional.empty();
      }
      points.add(new Fit.Point(row.x(), y));
    }
    return points.size() < 2 ? Optional.empty() : Optional.of(Fit.of(points));
  }
}
