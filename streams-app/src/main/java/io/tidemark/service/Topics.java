package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigException;
import io.tidemark.config.Problem;
import io.tidemark.config.Topic;
import io.tidemark.flow.Source;
import io.tidemark.history.TopicLeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The public topics: created with what each needs, or found missing by name. Waits for a broker
 * that is not there yet, as long as it takes; an interrupt ends the wait.
 */
public final class Topics {

  private static final int REQUEST_MILLIS = 5_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Config config;
  private final ServiceLog log;
  private final Duration pause;

  /**
   * @param pause between attempts to reach a broker
   */
  Topics(Config config, ServiceLog log, Duration pause) {
    this.config = config;
    this.log = log;
    this.pause = pause;
  }

  /**
   * Makes sure that all topics exist.
   *
   * @return how many partitions the raw topic of each enabled source has
   * @throws ConfigException if topics are missing and shall not be created, or a client setting is
   *     wrong
   * @throws ServiceException if Kafka refuses
   */
  public static Map<Source, Integer> ensure(Config config, ServiceLog log)
      throws InterruptedException {
    return rawPartitions(find(config, log));
  }

  /**
   * As {@link #ensure}, and that what is kept fits them.
   *
   * @return how many partitions each topic has
   */
  static Map<Topic, Integer> find(Config config, ServiceLog log) throws InterruptedException {
    return new Topics(config, log, Duration.ofSeconds(3)).find();
  }

  /** Tells when the topics that are read change. */
  static TopicWatch watch(Config config, Map<Topic, Integer> found) {
    return new TopicWatch(config, found, admin(config));
  }

  Map<Topic, Integer> find() throws InterruptedException {
    boolean waited = false;
    while (true) {
      try (Admin admin = admin(config)) {
        Map<Topic, Integer> partitions = ensure(admin);
        new StateTopics(config, log).fit(admin, partitions);
        if (waited) {
          log.say("Kafka answers");
        }
        return partitions;
      } catch (ExecutionException | KafkaException e) {
        Causes causes = Causes.of(e);
        if (Causes.isUnresolvable(e)) {
          causes = new Causes(Causes.Kind.UNREACHABLE, String.valueOf(Causes.root(e).getMessage()));
        }
        refuse(causes, e);
        waited = true;
        log.say(
            "waiting for Kafka at "
                + config.kafka().get(Config.BOOTSTRAP_SERVERS)
                + ": "
                + causes.message());
      }
      Thread.sleep(pause.toMillis());
    }
  }

  private static Admin admin(Config config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("request.timeout.ms", Integer.toString(REQUEST_MILLIS));
    properties.put("default.api.timeout.ms", Integer.toString(REQUEST_MILLIS));
    properties.put("reconnect.backoff.ms", "1000");
    properties.put("reconnect.backoff.max.ms", "5000");
    properties.putAll(config.kafka());
    return Admin.create(properties);
  }

  private Map<Topic, Integer> ensure(Admin admin) throws ExecutionException, InterruptedException {
    Map<Topic, Integer> found = new EnumMap<>(Topic.class);
    boolean created = false;
    while (true) {
      List<Topic> missing = describe(admin, found);
      if (missing.isEmpty()) {
        if (created) {
          TopicLeaders.await(admin, byName(found));
        }
        return found;
      }
      if (!config.topics().create()) {
        throw missing(missing);
      }
      if (created) {
        // Created, and not yet known to the broker that was asked.
        Thread.sleep(50);
      } else {
        create(admin, missing);
        created = true;
      }
    }
  }

  /** Needed topics that do not exist; those that do are added to what was found. */
  private List<Topic> describe(Admin admin, Map<Topic, Integer> found)
      throws ExecutionException, InterruptedException {
    Map<Topic, String> wanted = wanted();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(wanted.values()).topicNameValues();
    List<Topic> missing = new ArrayList<>();
    for (Map.Entry<Topic, String> topic : wanted.entrySet()) {
      try {
        found.put(topic.getKey(), answers.get(topic.getValue()).get().partitions().size());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          // Kafka says that a topic was refused, not which.
          throw refused("topic " + topic.getValue() + " may not be looked at: ", e);
        }
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(topic.getKey());
      }
    }
    return missing;
  }

  private void create(Admin admin, List<Topic> missing)
      throws ExecutionException, InterruptedException {
    Map<String, KafkaFuture<Void>> answers =
        admin.createTopics(missing.stream().map(this::specification).toList()).values();
    for (Topic topic : missing) {
      String name = config.topic(topic);
      try {
        answers.get(name).get();
        log.say("created topic " + name);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicExistsException) {
          continue;
        }
        if (Causes.of(e).kind() == Causes.Kind.UNREACHABLE) {
          throw e;
        }
        throw refused("topic " + name + " cannot be created: ", e);
      }
    }
  }

  private static ServiceException refused(String what, ExecutionException why) {
    return new ServiceException(Outcome.REFUSED, what + Causes.of(why).message(), why);
  }

  private Map<String, Integer> byName(Map<Topic, Integer> found) {
    Map<String, Integer> partitions = new HashMap<>();
    found.forEach((topic, count) -> partitions.put(config.topic(topic), count));
    return partitions;
  }

  private NewTopic specification(Topic topic) {
    int replication = config.topics().replication();
    return new NewTopic(
            config.topic(topic),
            Optional.of(
                isRaw(topic) ? config.topics().rawPartitions() : config.topics().partitions()),
            replication < 0 ? Optional.empty() : Optional.of((short) replication))
        .configs(settings(topic));
  }

  /** What each topic is created with; a topic that exists is left as it is. */
  static Map<String, String> settings(Topic topic) {
    return switch (topic) {
      case RAW_HUBBLE, RAW_VPC_CNI, RAW_VPC_FLOW, RAW_COREDNS -> appendTime(7 * DAY);
      case ACTIVITY -> {
        Map<String, String> settings = appendTime(30 * DAY);
        settings.put(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(StreamsProperties.LARGEST_RECORD));
        yield settings;
      }
      // Read at once, and by nobody else; kept for as long as the raw records.
      case FINDINGS -> appendTime(7 * DAY);
      case ALERTS, SHADOW -> appendTime(90 * DAY);
      case BASELINES ->
          Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      // When something was said is the broker's word too.
      case CONTROL -> appendTime(-1);
      case WORKLOADS ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              "-1");
      case DLQ -> {
        Map<String, String> settings = appendTime(14 * DAY);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(1L << 30));
        yield settings;
      }
    };
  }

  /** Times of event are the senders' word; what is kept how long must not depend on them. */
  private static Map<String, String> appendTime(long retentionMillis) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retentionMillis));
    return settings;
  }

  /** Every topic but the raw ones of sources that are not read. */
  private Map<Topic, String> wanted() {
    Map<Topic, String> wanted = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      wanted.put(topic, config.topic(topic));
    }
    for (Source source : Source.values()) {
      if (!config.sources().of(source).enabled()) {
        wanted.remove(Config.rawTopic(source));
      }
    }
    return wanted;
  }

  /** Of each enabled source. */
  static Map<Source, Integer> rawPartitions(Map<Topic, Integer> found) {
    Map<Source, Integer> partitions = new EnumMap<>(Source.class);
    for (Source source : Source.values()) {
      Integer count = found.get(Config.rawTopic(source));
      if (count != null) {
        partitions.put(source, count);
      }
    }
    return partitions;
  }

  private static boolean isRaw(Topic topic) {
    return topic == Topic.RAW_HUBBLE
        || topic == Topic.RAW_VPC_CNI
        || topic == Topic.RAW_VPC_FLOW
        || topic == Topic.RAW_COREDNS;
  }

  private ConfigException missing(List<Topic> topics) {
    return new ConfigException(
        topics.stream()
            .map(
                topic -> "topics.create is false, but topic " + config.topic(topic) + " is missing")
            .map(Problem::missing)
            .toList());
  }

  /** Ends what no waiting will change. */
  private static void refuse(Causes causes, Exception e) {
    if (Causes.root(e) instanceof org.apache.kafka.common.config.ConfigException wrong
        && causes.kind() != Causes.Kind.UNREACHABLE) {
      throw new ConfigException(List.of(Problem.missing("kafka: " + wrong.getMessage())));
    }
    if (causes.kind() != Causes.Kind.UNREACHABLE) {
      throw new ServiceException(Outcome.REFUSED, causes.message(), e);
    }
  }
}
