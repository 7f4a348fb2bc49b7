package io.tidemark.load;

import io.tidemark.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The broker and the schema registry in a JVM of their own, so that their processor time can be
 * told apart from that of what is measured.
 */
public final class BrokerProcess {

  private BrokerProcess() {}

  /** Runs until its standard input ends. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), 0, 0);
    System.out.println("ready " + kafka.bootstrapServers() + " " + kafka.registryUrl());
    Child.endWithParent();
    new CountDownLatch(1).await();
  }
}
