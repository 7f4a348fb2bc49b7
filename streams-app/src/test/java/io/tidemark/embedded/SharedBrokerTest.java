package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedBrokerTest implements BrokerContract {

  @RegisterExtension static final SharedBroker broker = new SharedBroker();

  @Override
  public BrokerClient client() {
    return new BrokerClient(broker.bootstrapServers());
  }

  @Override
  public String unique(String name) {
    return broker.unique(name);
  }

  @RepeatedTest(2)
  void eachTestHasItsTopicsToItself() throws Exception {
    String topic = broker.topic("flows", 2);

    client().writeExactlyOnce(topic, List.of("one"), List.of("dropped"));

    assertEquals(List.of("one"), client().readCommitted(topic));
  }
}
