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

  private String write(String message, Throwable failure) {
    Logger logger = context.getLogger("io.tidemark.flow.HubbleParser");
    ILoggingEvent event =
        new LoggingEvent(Logger.FQCN, logger, Level.WARN, message, failure, new Object[0]);
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
