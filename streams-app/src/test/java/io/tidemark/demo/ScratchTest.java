package io.tidemark.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  @TempDir private Path directory;

  @Test
  void aTemporaryDirectoryIsRemovedWithAllThatIsInIt() throws IOException {
    Path path;
    try (Scratch scratch = Scratch.temporary()) {
      path = scratch.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "d");
    }

    assertFalse(Files.exists(path));
  }

  @Test
  void aGivenDirectoryStays() throws IOException {
    Path given = directory.resolve("kept");
    try (Scratch scratch = Scratch.kept(given)) {
      Files.writeString(scratch.path().resolve("c"), "d");
    }

    assertTrue(Files.exists(given.resolve("c")));
  }

  @Test
  void aDirectoryWithSomethingInItIsNotTaken() throws IOException {
    Files.writeString(directory.resolve("precious"), "d");

    IOException e = assertThrows(IOException.class, () -> Scratch.kept(directory));

    assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
  }
}
