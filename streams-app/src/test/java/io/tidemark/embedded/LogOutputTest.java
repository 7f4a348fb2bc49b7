package io.tidemark.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped logback.xml, read as a user's process reads it. */
class LogOutputTest {

  private final LoggerContext context = new LoggerContext();
  private ConsoleAppender<ILoggingEvent> appender;

  @BeforeEach
  void readShippedConfiguration() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogOutputTest.class.getResource("/logback.xml"));
    appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void oneEventIsOneLineWhateverItQuotes() {
    String hostile = "pod a\r\n2026 ERROR forged\u001b[2J \u0085 \u202eright to left \u2028 end";

    String written = write(hostile, null);

    assertEquals(1, written.lines().count(), written);
    assertTrue(
        written.endsWith(": pod a??2026 ERROR forged?[2J ? ?right to left ? end\n"), written);
  }

  @Test
  void ordinaryTextOfAnyScriptIsLeftAlone() {
    String written = write("Größe 3 µs, 東京 {}", null);

    assertTrue(written.endsWith(": Größe 3 µs, 東京 {}\n"), written);
  }

  @Test
  void aLineForgedInAnExceptionIsMarkedAsPartOfTheTrace() {
    Exception failure =
        new IllegalStateException(
            "bad record\n2026 ERROR forged\u001b[2J", new Exception("why\r\n"));

    String written = write("could not read", failure);

    List<String> lines = written.lines().toList();
    assertTrue(lines.get(0).endsWith(": could not read"), written);
    assertTrue(lines.contains("  | java.lang.IllegalStateException: bad record"), written);
    assertTrue(lines.contains("  | 2026 ERROR forged?[2J"), written);
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("  | \tat io.tidemark")), written);
    assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("  | ")), written);
    assertFalse(written.contains("\u001b") || written.contains("\r"), written);
  }

  @Test
  void itGoesToStandardErrorSoThatStandardOutputIsTheResultsAlone() {
    assertEquals("System.err", appender.getTarget());
  }

  @Test
  void kafkaIsHeardOnlyWhenItWarns() {
    assertEquals(Level.WARN, context.getLogger("org.apache.kafka.clients").getEffectiveLevel());
    assertEquals(Level.WARN, context.getLogger("kafka.server.BrokerServer").getEffectiveLevel());
    assertEquals(Level.INFO, context.getLogger("io.tidemark.embedded").getEffectiveLevel());
  }

  @Test
  void whatIsTriedAgainBehindATransactionIsNotSaid() {
    assertFalse(
        said(
            "clients.producer.internals.Sender",
            "Got error produce response on topic-partition tidemark.findings-1, retrying"
                + " (2147483646 attempts left). Error: OUT_OF_ORDER_SEQUENCE_NUMBER"));
    assertTrue(
        said(
            "clients.producer.internals.Sender",
            "Got error produce response on topic-partition tidemark.findings-1, retrying"
                + " (2147483646 attempts left). Error: NOT_ENOUGH_REPLICAS"));
  }

  @Test
  void anUncleanRestartIsToldOnceAndNotOncePerStoreAndTask() {
    assertFalse(
        said(
            "streams.processor.internals.ProcessorStateManager",
            "State store judge-dossiers did not find checkpoint offsets while stores are not empty,"
                + " since under EOS it has the risk of getting uncommitted data in stores"));
    assertFalse(
        said(
            "streams.processor.internals.TaskManager",
            "Encounter corrupted task 1_2, will group it with other corrupted tasks"));
    assertTrue(
        said(
            "streams.processor.internals.StreamThread",
            "Detected the states of tasks [1_0, 2_1] are corrupted. Will close the task as dirty and"
                + " re-create and bootstrap from scratch."));
  }

  @Test
  void aFailureThatTheServiceTellsIsNotToldAgainByKafka() {
    assertFalse(
        said(
            "streams.KafkaStreams",
            "stream-client [tidemark-1] Replacing thread in the streams uncaught exception"
                + " handler"));
    assertFalse(
        said(
            "streams.processor.internals.TaskExecutor",
            "stream-thread [tidemark-1] Failed to process stream task 2_1 due to the following"
                + " error:"));
    assertTrue(said("streams.KafkaStreams", "stream-client [tidemark-1] All stream threads died"));
  }

  private boolean said(String logger, String message) {
    Logger kafka = context.getLogger("org.apache.kafka." + logger);
    ILoggingEvent event =
        new LoggingEvent(Logger.FQCN, kafka, Level.WARN, message, null, new Object[0]);
    return appender.getFilterChainDecision(event) != FilterReply.DENY;
  }

  private String write(String message, Throwable failure) {
    Logger logger = context.getLogger("io.tidemark.flow.HubbleParser");
    ILoggingEvent event =
        new LoggingEvent(Logger.FQCN, logger, Level.WARN, message, failure, new Object[0]);
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
