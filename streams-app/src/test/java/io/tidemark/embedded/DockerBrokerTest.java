package io.tidemark.embedded;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract against Kafka as it is released; {@code tidemark.test.kafka.image} names another.
 */
@EnabledIfDockerAnswers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerBrokerTest implements BrokerContract {

  private static final String RELEASED = "apache/kafka:4.3.1";

  private final KafkaContainer kafka =
      new KafkaContainer(
          DockerImageName.parse(System.getProperty("tidemark.test.kafka.image", RELEASED))
              .asCompatibleSubstituteFor("apache/kafka"));
  private int tests;

  @BeforeAll
  void start() {
    kafka.start();
  }

  @AfterAll
  void stop() {
    kafka.stop();
  }

  @Override
  public BrokerClient client() {
    return new BrokerClient(kafka.getBootstrapServers());
  }

  @Override
  public String unique(String name) {
    return "t" + ++tests + "-" + name;
  }
}
