package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedBrokerTest {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @RepeatedTest(2)
  void eachTestHasItsTopicsToItself() {
    String topic = broker.topic("flows", 2);
    BrokerClient client = new BrokerClient(broker.bootstrapServers());

    client.writeExactlyOnce(topic, List.of("one"), List.of("dropped"));

    assertEquals(List.of("one"), client.readCommitted(topic));
  }
}
