package io.tidemark.topology;

import io.tidemark.schemas.Http;
import io.tidemark.window.HttpActivity;
import java.util.ArrayList;
import java.util.List;

/** What a server said in HTTP, as part of an edge's public record, and back. */
final class HttpRecords {

  private HttpRecords() {}

  /** The record, {@code null} for {@code null}. */
  static Http http(HttpActivity.Facts facts) {
    if (facts == null) {
      return null;
    }
    List<List<Long>> latencies = new ArrayList<>();
    for (long[] buckets : facts.latencies()) {
      latencies.add(ActivityRecords.longs(buckets));
    }
    return new Http(ActivityRecords.longs(facts.responses()), latencies);
  }

  /** What the record holds, {@code null} for {@code null}. */
  static HttpActivity.Facts facts(Http record) {
    if (record == null) {
      return null;
    }
    return new HttpActivity.Facts(
        ActivityRecords.longs(record.getResponses()),
        record.getLatencies().stream().map(ActivityRecords::longs).toArray(long[][]::new));
  }
}
