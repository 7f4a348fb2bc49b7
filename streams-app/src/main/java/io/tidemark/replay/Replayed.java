package io.tidemark.replay;

import io.tidemark.alert.Alert;
import io.tidemark.pipeline.LocalJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a replay.
 *
 * @param alerts each as it was told last, by time
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
    long records,
    long unreadable,
    long late,
    long workloads,
    long windows,
    long first,
    long last) {

  static final Replayed NOTHING =
      new Replayed(List.of(), 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  /** Of one part, with the alerts that lie in a range. */
  static Replayed of(LocalJudge judge, Range range, long records, long unreadable, long late) {
    return new Replayed(
        judge.alerts().stream().filter(alert -> range.tells(alert.windowStart())).toList(),
        records,
        unreadable,
        late,
        judge.workloads(),
        judge.windows(),
        judge.first(),
        judge.position());
  }

  /** Of two parts; no workload is in both. */
  Replayed and(Replayed other) {
    List<Alert> both = new ArrayList<>();
    Stream.concat(alerts.stream(), other.alerts.stream())
        .sorted(LocalJudge.ORDER)
        .forEach(both::add);
    return new Replayed(
        both,
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
