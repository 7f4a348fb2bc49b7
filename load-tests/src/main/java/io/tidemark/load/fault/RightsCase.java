package io.tidemark.load.fault;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tidemark.config.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The service with the rights that it needs and no other, and then with one too few. */
final class RightsCase {

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(60);

  /**
   * What is granted together, and what the service has to name when it lacks it.
   *
   * @param what for people
   */
  private record Right(
      String what, ResourceType type, String name, PatternType form, Set<AclOperation> operations) {

    List<AclBinding> bindings() {
      ResourcePattern pattern = new ResourcePattern(type, name, form);
      return operations.stream()
          .map(
              operation ->
                  new AclBinding(
                      pattern,
                      new AccessControlEntry(
                          "User:" + Brokers.USER, "*", operation, AclPermissionType.ALLOW)))
          .toList();
    }
  }

  private final Trial trial;
  private final Report report;
  private final Admin admin;

  private RightsCase(Trial trial, Report report, Admin admin) {
    this.trial = trial;
    this.report = report;
    this.admin = admin;
  }

  static void run(Stand stand, Report report) throws Exception {
    try (Trial trial = new Trial(stand, report, "rights");
        Admin admin = stand.brokers().admin()) {
      List<Right> rights = rights(trial);
      RightsCase all = new RightsCase(trial, report, admin);
      try {
        all.tried(rights, stand);
      } finally {
        all.revoke(rights);
      }
    }
  }

  private static List<Right> rights(Trial trial) {
    List<Right> rights = new ArrayList<>();
    for (Topic topic : List.of(Topic.RAW_HUBBLE, Topic.WORKLOADS, Topic.CONTROL)) {
      rights.add(topic(trial, topic, READ, DESCRIBE));
    }
    for (Topic topic : List.of(Topic.ACTIVITY, Topic.FINDINGS)) {
      rights.add(topic(trial, topic, READ, WRITE, DESCRIBE));
    }
    for (Topic topic : List.of(Topic.ALERTS, Topic.SHADOW, Topic.BASELINES, Topic.DLQ)) {
      rights.add(topic(trial, topic, WRITE, DESCRIBE));
    }
    String id = trial.applicationId();
    rights.add(
        new Right(
            "the changelogs",
            ResourceType.TOPIC,
            id + "-",
            PatternType.PREFIXED,
            Set.of(CREATE, READ, WRITE, DESCRIBE)));
    rights.add(
        new Right(
            "the group", ResourceType.GROUP, id, PatternType.LITERAL, Set.of(READ, DESCRIBE)));
    rights.add(
        new Right(
            "the transactions",
            ResourceType.TRANSACTIONAL_ID,
            id + "-",
            PatternType.PREFIXED,
            Set.of(WRITE, DESCRIBE)));
    return rights;
  }

  private static Right topic(Trial trial, Topic topic, AclOperation... operations) {
    return new Right(
        "the topic " + topic.name().toLowerCase(java.util.Locale.ROOT),
        ResourceType.TOPIC,
        trial.topic(topic),
        PatternType.LITERAL,
        Set.of(operations));
  }

  private void tried(List<Right> rights, Stand stand) throws Exception {
    String[] guarded = {
      // Whoever made them could do everything.
      "topics.create=false",
      "kafka.bootstrap.servers=" + stand.brokers().guardedBootstrap(),
      "kafka.security.protocol=SASL_PLAINTEXT",
      "kafka.sasl.mechanism=PLAIN",
      "kafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\""
          + Brokers.USER
          + "\" password=\""
          + Brokers.PASSWORD
          + "\";"
    };
    grant(rights);
    report.did(
        "granted: %s",
        rights.stream()
            .map(right -> right.what() + " " + sorted(right.operations()))
            .collect(Collectors.joining(", ")));
    App app = trial.launch(0, stand.product(), guarded);
    trial.awaitReady(app);
    trial.feed(Duration.ofSeconds(15));
    trial.awaitShare(0.3);
    app.stop();
    for (Right missing : rights) {
      revoke(List.of(missing));
      lacking(missing, trial.launch(0, stand.product(), guarded));
      grant(List.of(missing));
    }
    trial.launch(0, stand.product(), guarded);
    trial.finish();
  }

  /** It has to end, and to name what it may not touch. */
  private void lacking(Right right, App app) throws InterruptedException {
    app.mayEnd();
    var code = app.child().await(TOLD_WITHIN);
    app.kill();
    Stream<String> lines = app.child().said().lines();
    String said =
        lines
            .filter(line -> line.startsWith("stopped: ") || line.startsWith("tidemark: "))
            .reduce((a, b) -> b)
            .orElse("nothing");
    report.did(
        "without %s: %s; %s",
        right.what(), code.isPresent() ? "ended with " + code.getAsInt() : "went on", said);
    report.holds(
        code.isPresent() && code.getAsInt() != 0 && app.child().said().contains(right.name()),
        "without %s it %s, and does not name %s:\n%s",
        right.what(),
        code.isPresent() ? "ended with " + code.getAsInt() : "went on",
        right.name(),
        trial.said());
  }

  private static List<AclOperation> sorted(Set<AclOperation> operations) {
    return operations.stream().sorted().toList();
  }

  private void grant(List<Right> rights) throws Exception {
    admin
        .createAcls(rights.stream().flatMap(right -> right.bindings().stream()).toList())
        .all()
        .get();
  }

  private void revoke(List<Right> rights) throws Exception {
    admin
        .deleteAcls(
            rights.stream()
                .flatMap(right -> right.bindings().stream())
                .map(AclBinding::toFilter)
                .toList())
        .all()
        .get();
  }
}
