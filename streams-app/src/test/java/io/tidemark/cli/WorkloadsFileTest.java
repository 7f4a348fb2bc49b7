package io.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.AddressBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkloadsFileTest {

  @TempDir private Path directory;

  @Test
  void aPodIsKnownWithItsTemplateFromALineOfOurs() throws IOException {
    AddressBook book =
        read(
            "{\"address\":\"10.0.1.5\",\"namespace\":\"shop\",\"name\":\"kafka\","
                + "\"pod\":\"kafka-0\",\"template\":\"6c8f9d7b54\"}");

    assertEquals("kafka-0@6c8f9d7b54", pod(book));
  }

  @Test
  void aPodIsKnownWithTheLabelOfItsControllerFromWhatKubectlPrints() throws IOException {
    AddressBook book =
        read(
            "{\"kind\":\"List\",\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"shop\","
                + "\"name\":\"kafka-0\",\"labels\":{\"controller-revision-hash\":\"kafka-6c8\"}},"
                + "\"status\":{\"podIPs\":[{\"ip\":\"10.0.1.5\"}]}}]}");

    assertEquals("kafka-0@kafka-6c8", pod(book));
  }

  @Test
  void anAddressMayBeNoPods() throws IOException {
    AddressBook book = read("{\"address\":\"10.0.1.5\",\"name\":\"kafka\"}");

    assertEquals(null, pod(book));
  }

  private static String pod(AddressBook book) {
    return book.owner("10.0.1.5", 0, 10, 10).orElseThrow().pod();
  }

  private AddressBook read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("workloads.jsonl"), text);
    return WorkloadsFile.read(file, "default");
  }
}
