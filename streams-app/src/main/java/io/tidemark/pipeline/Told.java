package io.tidemark.pipeline;

import io.tidemark.alert.Alert;
import io.tidemark.flow.Source;
import io.tidemark.state.Codec;

/**
 * What JUDGE tells PUBLISH about one source. In the service this is what the findings topic holds,
 * in the order of each partition of the activity topic; how partitions are interleaved means
 * nothing.
 */
public sealed interface Told {

  /** Private binary form. */
  Codec<Told> CODEC = new ToldCodec();

  Source source();

  /** Partition of the activity topic that was judged. */
  int partition();

  /**
   * An alert was raised, or goes on, or is over.
   *
   * @param start start of the window that was judged, milliseconds since the epoch
   */
  record Raised(int partition, long start, Alert alert) implements Told {

    @Override
    public Source source() {
      return alert.source();
    }
  }

  /**
   * From a window on, so many of a namespace's workloads are active in this partition.
   *
   * @param start start of that window, milliseconds since the epoch
   */
  record Active(
      Source source, int partition, long start, String cluster, String namespace, int workloads)
      implements Told {}

  /**
   * Every window that ends by then is judged in this partition.
   *
   * @param partitions how many the activity topic has
   * @param through milliseconds since the epoch
   */
  record Mark(Source source, int partition, int partitions, long through) implements Told {}
}
