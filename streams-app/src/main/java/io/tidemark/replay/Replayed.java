package io.tidemark.replay;

import io.tidemark.alert.Alert;
import io.tidemark.pipeline.LocalJudge;
import io.tidemark.pipeline.LocalPublish;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param alerts each as it was told last, by time
 * @param shadowed alerts that were recorded but not published
 * @param records records read
 * @param unreadable of those, the ones that could not be read
 * @param late flows or facts that came too late for their window
 * @param workloads workloads seen
 * @param windows windows judged, per source and activity partition
 * @param first start of the oldest window judged, {@link Long#MAX_VALUE} if none was
 * @param last start of the newest, {@link Long#MIN_VALUE} if none was
 */
public record Replayed(
    List<Alert> alerts,
    long shadowed,
    long records,
    long unreadable,
    long late,
    long workloads,
    long windows,
    long first,
    long last) {

  static final Replayed NOTHING =
      new Replayed(List.of(), 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  /** Of one part; what it found is told to all parts' {@link LocalPublish}. */
  static Replayed of(LocalJudge judge, long records, long unreadable, long late) {
    return new Replayed(
        List.of(),
        0,
        records,
        unreadable,
        late,
        judge.workloads(),
        judge.windows(),
        judge.first(),
        judge.position());
  }

  /** With the alerts that lie in a range. */
  Replayed with(LocalPublish publish, Range range) {
    return new Replayed(
        publish.alerts().stream().filter(alert -> range.tells(alert.windowStart())).toList(),
        publish.shadowed().stream()
            .filter(alert -> publish.heldBack(alert.id()).isPresent())
            .filter(alert -> range.tells(alert.windowStart()))
            .count(),
        records,
        unreadable,
        late,
        workloads,
        windows,
        first,
        last);
  }

  /** Of two parts, before their alerts are known; no workload is in both. */
  Replayed and(Replayed other) {
    return new Replayed(
        List.of(),
        0,
        records + other.records,
        unreadable + other.unreadable,
        late + other.late,
        workloads + other.workloads,
        windows + other.windows,
        Math.min(first, other.first),
        Math.max(last, other.last));
  }

  /** Event time that was judged, milliseconds. */
  public long span() {
    return first > last ? 0 : last - first;
  }
}
