package io.tidemark.detect;

import io.tidemark.flow.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class VolumeContractTest extends DetectorContract<VolumeState> {

  @Override
  Detector<VolumeState> detector() {
    return Volume.defaults();
  }

  @Override
  TestActivity ordinary(int index) {
    return TestActivity.silence()
        .totals(Direction.EGRESS, 3 + index % 5, 20_000, 80_000)
        .totals(Direction.INGRESS, 4 + index % 3, 40_000, 9_000);
  }

  @Override
  List<TestActivity> deviation(int step) {
    List<TestActivity> windows = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      windows.add(TestActivity.silence().totals(Direction.EGRESS, 20 * step * step, 20_000, 0));
    }
    return windows;
  }

  @Override
  TestActivity flood(int index) {
    return TestActivity.silence()
        .totals(Direction.EGRESS, index % 257, 1L << index % 55, 7L * index, 1000)
        .totals(Direction.INGRESS, index % 101, 3L * index, 1L << index % 53, index);
  }

  /** Without pauses: six times as many windows a minute as were learned would be unusual. */
  @Override
  Duration stride() {
    return Duration.ofMillis(Windows.LENGTH);
  }

  @Override
  int largestState() {
    return 90_000;
  }
}
