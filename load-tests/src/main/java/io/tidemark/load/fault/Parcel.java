package io.tidemark.load.fault;

import io.tidemark.fleet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A record to be written to the raw topic.
 *
 * @param time where it stands in the order of all, milliseconds since the epoch
 * @param partition of the raw topic
 * @param value its bytes, or {@code null}
 * @param headers how many headers it carries
 */
@SuppressWarnings("ArrayRecordComponent") // a message to be sent on, not a value to be compared
record Parcel(long time, int partition, byte[] value, int headers) {

  /** Each line to a partition at random, in the order of the lines. */
  static List<Parcel> deal(List<Line> lines, int partitions, Random random) {
    List<Parcel> parcels = new ArrayList<>();
    for (Line line : lines) {
      parcels.add(new Parcel(line.time(), random.nextInt(partitions), line.json(), 0));
    }
    return parcels;
  }
}
