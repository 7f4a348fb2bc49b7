package io.tidemark.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.config.Topic;
import io.tidemark.embedded.BrokerSettings;
import io.tidemark.embedded.EmbeddedBroker;
import io.tidemark.history.Extent;
import io.tidemark.history.HistoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka says that a topic was refused and not which: whoever has to grant it needs the name. */
class TopicRightsTest {

  @TempDir private Path directory;

  @Test
  void theTopicThatMayNotBeLookedAtIsNamed() throws Exception {
    BrokerSettings guarded =
        BrokerSettings.DEFAULTS
            .with(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, guarded)) {
      Config config =
          ConfigLoader.load(
                  null,
                  List.of("kafka.bootstrap.servers=" + broker.bootstrapServers()),
                  name -> null)
              .config();
      Topics.ensure(config, line -> {});
      String topic = config.topic(Topic.CONTROL);
      deny(broker.bootstrapServers(), topic);

      ServiceException service =
          assertThrows(ServiceException.class, () -> Topics.ensure(config, line -> {}));
      HistoryException history =
          assertThrows(HistoryException.class, () -> Extent.of(config.kafka(), List.of(topic)));

      assertEquals(Outcome.REFUSED, service.outcome());
      String said = "topic " + topic + " may not be looked at: Kafka: ";
      assertTrue(service.getMessage().startsWith(said), service.getMessage());
      assertTrue(history.getMessage().startsWith(said), history.getMessage());
    }
  }

  private static void deny(String servers, String topic) throws Exception {
    AclBinding denied =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
            new AccessControlEntry(
                "User:ANONYMOUS", "*", AclOperation.DESCRIBE, AclPermissionType.DENY));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createAcls(List.of(denied)).all().get();
    }
  }
}
