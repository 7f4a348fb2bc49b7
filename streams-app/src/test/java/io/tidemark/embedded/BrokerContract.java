package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pipeline relies on in any broker, the embedded one included. */
interface BrokerContract {

  BrokerClient client();

  /** A name that no other test uses. */
  String unique(String name);

  @Test
  default void committedRecordsAreReadInOrderAndAbortedOnesNever() throws Exception {
    String topic = unique("flows");
    client().createTopic(topic, 3);

    client()
        .writeExactlyOnce(
            topic, BrokerClient.values("kept", 50), BrokerClient.values("dropped", 5));

    assertEquals(BrokerClient.values("kept", 50), client().readCommitted(topic));
  }

  @Test
  default void aSecondWriterOfTheSameNameGoesOnAfterTheFirst() throws Exception {
    String topic = unique("flows");
    client().createTopic(topic, 1);
    client().writeExactlyOnce(topic, List.of("first"), List.of("dropped"));

    client().writeExactlyOnce(topic, List.of("second"), List.of("dropped"));

    assertEquals(List.of("first", "second"), client().readCommitted(topic));
  }
}
