package io.tidemark.demo;

import io.tidemark.fleet.Line;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes the fleet's lines to the raw topic: the history as fast as it is read, the rest when its
 * time has come. A node's lines go to one partition, in their order, with their event time.
 */
final class Feeder implements Runnable {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Script script;
  private final Lead lead;
  private final LongSupplier nanoTime;
  private final Map<String, Integer> nodes = new HashMap<>();
  private final CompletableFuture<Pace> pace = new CompletableFuture<>();
  private final CompletableFuture<Void> history = new CompletableFuture<>();
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private volatile boolean done;

  Feeder(
      Producer<byte[], byte[]> producer,
      String topic,
      int partitions,
      Script script,
      Lead lead,
      LongSupplier nanoTime) {
    this.producer = producer;
    this.topic = topic;
    this.script = script;
    this.lead = lead;
    this.nanoTime = nanoTime;
    List<String> names = script.fleet().nodeNames();
    for (int i = 0; i < names.size(); i++) {
      nodes.put(names.get(i), i % partitions);
    }
  }

  /** From now on event time runs with the clock. */
  void goLive(Pace since) {
    pace.complete(since);
  }

  /** Whether all of the history is written. */
  boolean historyWritten() {
    return history.isDone();
  }

  /** Whether everything is written. */
  boolean done() {
    return done;
  }

  /**
   * Fails when writing failed.
   *
   * @throws IllegalStateException with the cause
   */
  void check() {
    Exception e = refused.get();
    if (e != null) {
      throw new IllegalStateException("the raw topic " + topic + " cannot be written", e);
    }
  }

  @Override
  public void run() {
    try {
      Iterator<Line> lines = script.lines();
      while (lines.hasNext()) {
        Line line = lines.next();
        if (line.time() >= script.live()) {
          waitFor(line.time());
        }
        write(line);
      }
      producer.flush();
      history.complete(null);
      done = true;
    } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
      // Asked to stop; nobody waits for the rest.
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException e) {
      refused.compareAndSet(null, e);
    }
  }

  private void waitFor(long eventTime) throws InterruptedException, ExecutionException {
    if (!history.isDone()) {
      producer.flush();
      history.complete(null);
    }
    long wait = pace.get().nanosUntil(eventTime, nanoTime.getAsLong());
    while (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
      wait = pace.get().nanosUntil(eventTime, nanoTime.getAsLong());
    }
  }

  private void write(Line line) throws InterruptedException {
    lead.advance(line.time());
    int partition = nodes.getOrDefault(line.node(), 0);
    byte[] key = line.node().getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, line.time(), key, line.json()), this::sent);
  }

  private void sent(RecordMetadata at, Exception failure) {
    if (failure != null) {
      refused.compareAndSet(null, failure);
    }
  }
}
