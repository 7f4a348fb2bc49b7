package io.tidemark.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hands out the committed records of an extent, each partition's in the order of their offsets, to
 * its end and no further. Has no group and commits nothing, so nobody notices. For one thread, but
 * for {@link #done()}. Holds at most one answer of Kafka, some thousand records, in memory.
 */
public final class TopicHistory implements AutoCloseable {

  /** Within this time something comes, or reading fails; longer than a transaction may take. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Extent extent;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();
  private final AtomicLong done = new AtomicLong();
  private final ArrayDeque<Lane> filled = new ArrayDeque<>();
  private final long patience;

  private static final class Lane {
    final Extent.Span span;
    final ArrayDeque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    long position;

    Lane(Extent.Span span) {
      this.span = span;
      this.position = span.begin();
    }

    boolean atEnd() {
      return position >= span.end();
    }
  }

  /**
   * Begins to read.
   *
   * @param kafka properties for clients
   * @throws HistoryException if Kafka refuses the properties
   */
  public static TopicHistory open(Map<String, String> kafka, Extent extent) {
    return new TopicHistory(kafka, extent, PATIENCE);
  }

  TopicHistory(Map<String, String> kafka, Extent extent, Duration patience) {
    this.extent = extent;
    this.patience = patience.toNanos();
    try {
      consumer =
          new KafkaConsumer<>(
              Connection.consumer(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw Connection.unavailable(e);
    }
    consumer.assign(extent.partitions());
    for (Extent.Span span : extent.spans()) {
      lanes.put(span.partition(), new Lane(span));
      consumer.seek(span.partition(), span.begin());
    }
  }

  public Extent extent() {
    return extent;
  }

  /** Offsets left behind, of {@link Extent#length()}; may be asked by any thread. */
  public long done() {
    return done.get();
  }

  /**
   * The next record of any partition, whichever is there first.
   *
   * @return {@code null} when all partitions are at their ends
   * @throws HistoryException if what is not read yet was removed, or nothing comes for two minutes
   */
  public ConsumerRecord<byte[], byte[]> next() throws InterruptedException {
    while (filled.isEmpty()) {
      if (lanes.values().stream().allMatch(Lane::atEnd)) {
        return finished();
      }
      poll();
    }
    Lane lane = filled.element();
    ConsumerRecord<byte[], byte[]> record = take(lane);
    if (lane.ahead.isEmpty()) {
      filled.remove();
    }
    return record;
  }

  /**
   * The next record of one partition. What comes of the others meanwhile is kept for them.
   *
   * @return {@code null} at its end
   * @throws HistoryException as {@link #next()}
   */
  public ConsumerRecord<byte[], byte[]> next(TopicPartition partition) throws InterruptedException {
    Lane lane = lanes.get(partition);
    while (lane.ahead.isEmpty()) {
      if (lane.atEnd()) {
        return lanes.values().stream().allMatch(each -> each.atEnd() && each.ahead.isEmpty())
            ? finished()
            : null;
      }
      poll();
    }
    ConsumerRecord<byte[], byte[]> record = take(lane);
    if (lane.ahead.isEmpty()) {
      filled.remove(lane);
    }
    return record;
  }

  @Override
  public void close() {
    // An interrupt is how one stops looking; closing needs a thread that may wait.
    boolean interrupted = Thread.interrupted();
    consumer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ConsumerRecord<byte[], byte[]> take(Lane lane) {
    ConsumerRecord<byte[], byte[]> record = lane.ahead.remove();
    done.incrementAndGet();
    return record;
  }

  /** Markers and removed records have offsets too. */
  private ConsumerRecord<byte[], byte[]> finished() {
    done.set(extent.length());
    return null;
  }

  /** Asks for what is wanted next, until some of it comes or an end is reached. */
  private void poll() throws InterruptedException {
    List<Lane> wanted = new ArrayList<>();
    List<TopicPartition> waiting = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (lane.ahead.isEmpty() && !lane.atEnd()) {
        wanted.add(lane);
      } else {
        waiting.add(lane.span.partition());
      }
    }
    consumer.pause(waiting);
    consumer.resume(wanted.stream().map(lane -> lane.span.partition()).toList());
    long deadline = System.nanoTime() + patience;
    boolean moved = false;
    while (!moved) {
      moved = poll(wanted);
      if (!moved && System.nanoTime() > deadline) {
        throw nothingComes(wanted);
      }
    }
  }

  private boolean poll(List<Lane> wanted) throws InterruptedException {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean moved = false;
      for (Lane lane : wanted) {
        for (ConsumerRecord<byte[], byte[]> record : records.records(lane.span.partition())) {
          if (record.offset() < lane.span.end()) {
            lane.ahead.add(record);
          }
        }
        if (!lane.ahead.isEmpty()) {
          filled.add(lane);
        }
        long position = consumer.position(lane.span.partition());
        moved |= position > lane.position;
        lane.position = position;
      }
      return moved;
    } catch (OffsetOutOfRangeException e) {
      throw removed(e);
    } catch (InterruptException e) {
      boolean unused = Thread.interrupted();
      InterruptedException interrupted = new InterruptedException(e.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    } catch (KafkaException e) {
      throw Connection.unavailable(e);
    }
  }

  private HistoryException removed(OffsetOutOfRangeException e) {
    StringBuilder text = new StringBuilder("records were removed before they could be read:");
    e.offsetOutOfRangePartitions()
        .forEach(
            (partition, offset) ->
                text.append(' ')
                    .append(partition)
                    .append(" no longer holds offset ")
                    .append(offset)
                    .append(';'));
    text.append(" retention.ms of the topic is too short, or begin later");
    return new HistoryException(HistoryException.Reason.REMOVED, text.toString(), e);
  }

  private HistoryException nothingComes(List<Lane> wanted) {
    Lane lane = wanted.get(0);
    return new HistoryException(
        HistoryException.Reason.UNAVAILABLE,
        "nothing comes of "
            + lane.span.partition()
            + " at offset "
            + lane.position
            + " of "
            + lane.span.end()
            + " for "
            + Duration.ofNanos(patience).toSeconds()
            + " s: Kafka is away, or somebody left a transaction open",
        null);
  }
}
