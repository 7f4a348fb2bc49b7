package io.tidemark.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to the raw topic at a pace that can be changed on the way, whatever happens to the
 * brokers, and knows what was acknowledged.
 */
final class Feeder implements AutoCloseable {

  /**
   * What is kept for the end, and comes slowly until then: a fault must never meet an idle service.
   */
  private static final double RESERVE = 0.15;

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private static final double TRICKLE_PER_SECOND = 10;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final List<Parcel> parcels;
  private final AtomicLongArray acknowledged;
  private final AtomicLongArray heard;
  private final AtomicLong longestGap = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Exception> failed = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "feeder");
  private volatile double perSecond;
  private volatile boolean released;
  private volatile boolean stopped;

  /**
   * @param perSecond records a second
   */
  Feeder(String servers, String topic, int partitions, List<Parcel> parcels, double perSecond) {
    this.topic = topic;
    this.parcels = parcels;
    this.perSecond = perSecond;
    this.acknowledged = new AtomicLongArray(partitions);
    this.heard = new AtomicLongArray(partitions);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "linger.ms",
                5,
                // A record must not be given up while brokers are away.
                "delivery.timeout.ms",
                240_000,
                "max.block.ms",
                240_000,
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on so many records a second. */
  void pace(double recordsPerSecond) {
    perSecond = recordsPerSecond;
  }

  /** Nothing is kept for the end any more. */
  void release() {
    released = true;
  }

  /** Writes the rest as fast as it can, and returns when all is acknowledged. */
  void finish() throws InterruptedException {
    released = true;
    perSecond = Double.POSITIVE_INFINITY;
    thread.join();
    if (failed.get() != null) {
      throw new IllegalStateException("could not write to " + topic, failed.get());
    }
  }

  /** Records that were handed to the producer so far. */
  long sent() {
    return sent.get();
  }

  /** Records that were not. */
  long left() {
    return parcels.size() - sent.get();
  }

  long acknowledged(int partition) {
    return acknowledged.get(partition);
  }

  /**
   * The longest time for which nothing could be written to some partition: if it is longer than the
   * idle timeout, the service may take the partition for idle.
   */
  Duration longestGap() {
    return Duration.ofNanos(longestGap.get());
  }

  /** From the producer's one thread. */
  private void acknowledged(int partition, long now) {
    acknowledged.incrementAndGet(partition);
    long before = heard.getAndSet(partition, now);
    if (before != 0) {
      longestGap.accumulateAndGet(now - before, Math::max);
    }
  }

  private void run() {
    try {
      // A budget that grows with time; little is carried over a change of pace.
      double budget = 0;
      long last = System.nanoTime();
      int next = 0;
      while (next < parcels.size() && !stopped) {
        long now = System.nanoTime();
        budget = Math.min(parcels.size(), budget + (now - last) / 1e9 * allowed(next));
        last = now;
        for (; budget >= 1 && next < parcels.size(); budget--) {
          send(parcels.get(next++));
        }
        Thread.sleep(5);
      }
      producer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.compareAndSet(null, e);
    }
  }

  private double allowed(int next) {
    boolean reserve = !released && next >= parcels.size() * (1 - RESERVE);
    return reserve ? Math.min(TRICKLE_PER_SECOND, perSecond) : perSecond;
  }

  private void send(Parcel parcel) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, parcel.partition(), null, parcel.value());
    for (int i = 0; i < parcel.headers(); i++) {
      record.headers().add("h" + i, new byte[] {1});
    }
    var unused =
        producer.send(
            record,
            (written, e) -> {
              if (e == null) {
                acknowledged(parcel.partition(), System.nanoTime());
              } else {
                failed.compareAndSet(null, e);
              }
            });
    sent.incrementAndGet();
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE);
  }
}
