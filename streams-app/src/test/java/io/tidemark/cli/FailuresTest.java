package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Terminal terminal = new Terminal();
  private final Failures failures = new Failures(terminal.shell(false), () -> false);

  @Test
  void aCommandsOwnFailureKeepsItsCodeAndMessage() {
    int code = failures.of(new CommandException(ExitCode.UNAVAILABLE, "no broker at a:9092"));

    assertEquals(69, code);
    assertEquals("tidemark: no broker at a:9092", terminal.err().strip());
  }

  @Test
  void failuresOfInputAndOutputNameTheFile() {
    assertEquals(74, failures.of(new UncheckedIOException(new NoSuchFileException("/a"))));
    assertEquals(74, failures.of(new AccessDeniedException("/b")));
    assertEquals(74, failures.of(new FileNotFoundException("/c (Is a directory)")));
    assertEquals(74, failures.of(new IOException()));

    assertEquals(4, terminal.err().lines().count());
    for (String part : new String[] {"no such file: /a", "access denied: /b", "failed: /c"}) {
      assertTrue(terminal.err().contains(part), terminal.err());
    }
  }

  @Test
  void aDefectIsOneLineThatSaysHowToLearnMore() {
    int code = failures.of(new IllegalStateException("broken\nin two"));

    assertEquals(70, code);
    assertEquals(
        "tidemark: internal error: java.lang.IllegalStateException: broken in two; --debug shows where",
        terminal.err().strip());
  }

  @Test
  void aMessageCannotCommandTheTerminal() {
    failures.of(new CommandException(ExitCode.DATA, "bad pod \u001b]0;owned\u0007 name\r\nx"));

    assertFalse(terminal.err().contains("\u001b"));
    assertFalse(terminal.err().contains("\u0007"));
    assertEquals(1, terminal.err().lines().count());
  }
}
