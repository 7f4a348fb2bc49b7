package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.explain.Unlearning;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.history.Extent;
import io.tidemark.history.HistoryException;
import io.tidemark.history.TopicHistory;
import io.tidemark.history.WorkloadHistory;
import io.tidemark.pipeline.Dossier;
import io.tidemark.pipeline.Panel;
import io.tidemark.schemas.Activity;
import io.tidemark.state.StateFormatException;
import io.tidemark.topology.ActivityRecords;
import io.tidemark.topology.DossierChangelog;
import io.tidemark.topology.Routing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Unlearns an incident while the service is stopped: learns the baselines of the workloads that
 * spoke then anew from the activity topic, without that time, up to where the service stands, and
 * writes them to the changelog from which it restores its state. In one transaction: all or none.
 *
 * <p>Needs memory for what is known of all workloads of one partition, as the service does.
 */
public final class BaselineRebuild {

  /** Records of a changelog carry no time: the service writes them so too. */
  private static final long NO_TIME = 0;

  private final Config config;
  private final List<Unlearning.Interval> without;
  private final Optional<Workload> workload;
  private final String group;
  private final DossierChangelog changelog;

  /**
   * A baseline that will be another.
   *
   * @param after what is known then, {@code null} when nothing is left
   * @param leftOut facts that are left out
   * @param since start of its first window as it is, milliseconds since the epoch
   * @param kept start of the workload's first window in the history that is kept
   * @param windowsBefore windows learned as it is
   * @param windowsAfter windows learned then
   */
  public record Change(
      int partition,
      Dossier.Key key,
      Dossier after,
      long leftOut,
      long since,
      long kept,
      long windowsBefore,
      long windowsAfter) {

    /** Whether what was learned before the kept history would be lost. */
    public boolean shortened() {
      return kept > since;
    }
  }

  /**
   * What would be done.
   *
   * @param changes the baselines that will be others
   * @param known baselines there are, in the partitions that were looked at
   * @param oldest start of the oldest window in the kept history, {@link Long#MAX_VALUE} if none
   */
  public record Plan(List<Change> changes, int known, long oldest) {

    public Plan {
      changes = List.copyOf(changes);
    }

    /** Baselines that would lose what they learned before the kept history. */
    public List<Change> shortened() {
      return changes.stream().filter(Change::shortened).toList();
    }
  }

  /**
   * @param config the service's own: what detectors that are switched off in it learned is dropped
   * @param without what is left out, one or more
   * @param workload the only one to learn anew, or all that spoke then
   */
  public BaselineRebuild(
      Config config, List<Unlearning.Interval> without, Optional<Workload> workload) {
    this.config = config;
    this.without = List.copyOf(without);
    this.workload = workload;
    this.group = config.streams().applicationId();
    this.changelog =
        new DossierChangelog(new Panel(config.detectors().inService()), config.alerts());
  }

  /**
   * Reads and judges, and writes nothing.
   *
   * @throws ServiceException if the service runs, never ran, or has not judged that time yet
   * @throws HistoryException if a topic cannot be read
   */
  public Plan plan() throws InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(config.kafka()))) {
      requireStopped(admin);
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return plan(committed);
    } catch (ExecutionException | KafkaException e) {
      throw refused(e);
    }
  }

  private Plan plan(Map<TopicPartition, OffsetAndMetadata> committed) throws InterruptedException {
    String topic = config.topic(Topic.ACTIVITY);
    Extent all = Extent.of(config.kafka(), List.of(topic));
    Extent logs = Extent.of(config.kafka(), List.of(DossierChangelog.topic(group)));
    List<Change> changes = new ArrayList<>();
    int known = 0;
    long oldest = Long.MAX_VALUE;
    int only = workload.map(w -> Routing.partition(w, all.spans().size())).orElse(-1);
    for (Extent.Span span : all.spans()) {
      int number = span.partition().partition();
      OffsetAndMetadata stands = committed.get(span.partition());
      if (stands == null || (only >= 0 && only != number)) {
        continue;
      }
      Map<Dossier.Key, Dossier> now = known(logs, number);
      known += now.size();
      Unlearning unlearning = learn(span, stands.offset());
      oldest = Math.min(oldest, unlearning.oldest());
      changes.addAll(changes(number, now, unlearning));
    }
    return new Plan(changes, known, oldest);
  }

  /**
   * Writes what was planned.
   *
   * @throws ServiceException if the service runs meanwhile; nothing is changed then
   */
  public void carryOut(Plan plan) throws InterruptedException {
    if (plan.changes().isEmpty()) {
      return;
    }
    String topic = DossierChangelog.topic(group);
    try (Admin admin = Admin.create(new HashMap<>(config.kafka()));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.initTransactions();
      producer.beginTransaction();
      for (Change change : plan.changes()) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    change.partition(),
                    NO_TIME,
                    changelog.key(change.key()),
                    change.after() == null ? null : changelog.value(change.key(), change.after())));
      }
      producer.flush();
      try {
        // Whoever started meanwhile may have restored the old state already.
        requireStopped(admin);
      } catch (ServiceException e) {
        producer.abortTransaction();
        throw e;
      }
      producer.commitTransaction();
    } catch (ExecutionException | KafkaException e) {
      throw refused(e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-baseline-rebuild");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsProperties.LARGEST_RECORD);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Unlearning learn(Extent.Span span, long stands) throws InterruptedException {
    Unlearning unlearning =
        new Unlearning(
            config,
            without,
            w -> workload.isEmpty() || workload.get().equals(w),
            ControlTopic.heard(config).book());
    long end = Math.max(span.begin(), Math.min(stands, span.end()));
    Extent judged = new Extent(List.of(new Extent.Span(span.partition(), span.begin(), end)));
    try (Deserializer<Activity> values =
        ActivityRecords.values(new Serdes(config.serde())).deserializer()) {
      WorkloadHistory.read(config.kafka(), judged, values, unlearning);
    }
    return unlearning;
  }

  private List<Change> changes(
      int partition, Map<Dossier.Key, Dossier> now, Unlearning unlearning) {
    List<Change> changes = new ArrayList<>();
    unlearning
        .leftOut()
        .forEach(
            (key, facts) -> {
              requireJudged(key.source(), unlearning);
              Dossier before = now.get(key);
              if (before != null) {
                changes.add(change(partition, key, before, unlearning, facts));
              }
            });
    return changes;
  }

  private Change change(
      int partition, Dossier.Key key, Dossier before, Unlearning unlearning, long facts) {
    Dossier after = unlearning.dossier(key);
    if (after == null && before.hasOpenAlerts()) {
      // Somebody was told of them, and is to be told when they are over.
      after = Dossier.blank(key, unlearning.judgedThrough(key.source()), config.alerts());
    }
    return new Change(
        partition,
        key,
        after == null ? null : after.goingOn(before),
        facts,
        before.firstSeen(),
        unlearning.earliest(key),
        before.windowsSeen(),
        after == null ? 0 : after.windowsSeen());
  }

  /** What waits to be judged would be learned after all. */
  private void requireJudged(Source source, Unlearning unlearning) {
    long through = unlearning.judgedThrough(source);
    for (Unlearning.Interval each : without) {
      if (each.to() > through) {
        throw new ServiceException(
            Outcome.REFUSED,
            "the service has judged what "
                + source.id()
                + " saw through "
                + (through == Long.MIN_VALUE ? "nothing" : Instant.ofEpochMilli(through))
                + " only: the end of "
                + each
                + " must not be later",
            null);
      }
    }
  }

  /** What the changelog holds, the latest of each. */
  private Map<Dossier.Key, Dossier> known(Extent logs, int partition) throws InterruptedException {
    Extent log = logs.only(new TopicPartition(DossierChangelog.topic(group), partition));
    Map<Dossier.Key, byte[]> latest = new HashMap<>();
    try (TopicHistory history = TopicHistory.open(config.kafka(), log)) {
      for (ConsumerRecord<byte[], byte[]> record = history.next();
          record != null;
          record = history.next()) {
        Dossier.Key key = changelog.key(record.key());
        if (record.value() == null) {
          latest.remove(key);
        } else {
          latest.put(key, record.value());
        }
      }
      Map<Dossier.Key, Dossier> known = new HashMap<>();
      latest.forEach((key, bytes) -> known.put(key, changelog.value(key, bytes)));
      return known;
    } catch (StateFormatException e) {
      throw new ServiceException(
          Outcome.REFUSED,
          "the state in " + log.partitions() + " is of another version: " + e.getMessage(),
          e);
    }
  }

  private void requireStopped(Admin admin) throws ExecutionException, InterruptedException {
    int members;
    try {
      members =
          admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        throw new ServiceException(
            Outcome.REFUSED,
            "no service with streams.application-id " + group + " has run on this Kafka",
            e);
      }
      throw e;
    }
    if (members > 0) {
      throw new ServiceException(
          Outcome.REFUSED,
          "the service "
              + group
              + " runs ("
              + members
              + (members == 1 ? " member" : " members")
              + " of its group): stop it first; one that was killed is a member for"
              + " streams.session-timeout yet",
          null);
    }
  }

  private static RuntimeException refused(Exception e) {
    return new ServiceException(Outcome.REFUSED, Causes.of(e).message(), e);
  }
}
