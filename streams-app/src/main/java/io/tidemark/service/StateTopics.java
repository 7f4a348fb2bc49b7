package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.Topic;
import io.tidemark.flow.Source;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The changelogs of what is kept, which must have as many partitions as the topic that is read.
 * What OBSERVE keeps belongs to one input partition, so its changelogs can grow when a raw topic
 * did. What JUDGE keeps belongs to workloads, whose place depends on how many partitions there are.
 */
final class StateTopics {

  private static final String CHANGELOG = "-changelog";

  private final Config config;
  private final ServiceLog log;

  StateTopics(Config config, ServiceLog log) {
    this.config = config;
    this.log = log;
  }

  /**
   * Grows what may grow.
   *
   * @param inputs how many partitions each topic has
   * @throws ServiceException if what is kept does not fit a topic and cannot be made to
   */
  void fit(Admin admin, Map<Topic, Integer> inputs)
      throws ExecutionException, InterruptedException {
    String application = config.streams().applicationId() + "-";
    Set<String> names =
        admin.listTopics().names().get().stream()
            .filter(name -> name.startsWith(application) && name.endsWith(CHANGELOG))
            .collect(Collectors.toSet());
    Map<String, Integer> grow = new TreeMap<>();
    for (TopicDescription changelog : admin.describeTopics(names).allTopicNames().get().values()) {
      Topic input = input(changelog.name().substring(application.length())).orElse(null);
      Integer wanted = input == null ? null : inputs.get(input);
      int kept = changelog.partitions().size();
      if (wanted != null && wanted != kept) {
        if (input == Topic.ACTIVITY || input == Topic.FINDINGS || wanted < kept) {
          throw refuse(input, wanted, kept);
        }
        grow.put(changelog.name(), wanted);
      }
    }
    grow(admin, grow);
  }

  private void grow(Admin admin, Map<String, Integer> grow)
      throws ExecutionException, InterruptedException {
    Map<String, NewPartitions> wanted = new TreeMap<>();
    grow.forEach((name, count) -> wanted.put(name, NewPartitions.increaseTo(count)));
    try {
      admin.createPartitions(wanted).all().get();
    } catch (ExecutionException e) {
      Causes causes = Causes.of(e);
      if (causes.kind() == Causes.Kind.UNREACHABLE) {
        throw e;
      }
      // Another instance may have been quicker.
      if (!isGrown(admin, grow)) {
        throw new ServiceException(
            Outcome.REFUSED, "topics " + grow + " cannot grow: " + causes.message(), e);
      }
    }
    while (!isGrown(admin, grow)) {
      // Not yet known to the broker that was asked.
      Thread.sleep(50);
    }
    grow.forEach((name, count) -> log.say("topic " + name + " has " + count + " partitions now"));
  }

  private static boolean isGrown(Admin admin, Map<String, Integer> wanted)
      throws ExecutionException, InterruptedException {
    return admin.describeTopics(wanted.keySet()).allTopicNames().get().values().stream()
        .allMatch(topic -> topic.partitions().size() >= wanted.get(topic.name()));
  }

  /** The topic that is read by whoever keeps this. */
  private static Optional<Topic> input(String store) {
    if (store.startsWith("judge-")) {
      return Optional.of(Topic.ACTIVITY);
    }
    if (store.startsWith("publish-")) {
      return Optional.of(Topic.FINDINGS);
    }
    for (Source source : Source.values()) {
      if (store.startsWith("observe-" + source.id() + "-")) {
        return Optional.of(Config.rawTopic(source));
      }
    }
    return Optional.empty();
  }

  private ServiceException refuse(Topic input, int wanted, int kept) {
    String what = "topic " + config.topic(input) + " has " + wanted + " partitions, but ";
    String why =
        switch (input) {
          case ACTIVITY ->
              "what was learned of workloads lies in "
                  + kept
                  + ": in another number of them workloads go to other partitions, away from what"
                  + " was learned of them. Create the topic anew with "
                  + kept;
          case FINDINGS ->
              "what is published of clusters lies in "
                  + kept
                  + ": in another number of them clusters go to other partitions, away from what"
                  + " was published of them. Create the topic anew with "
                  + kept;
          default -> "what is known of its partitions is of " + kept + ". Give it as many again";
        };
    return new ServiceException(
        Outcome.REFUSED,
        what + why + ", or begin anew with another streams.application-id and topics.prefix",
        null);
  }
}
