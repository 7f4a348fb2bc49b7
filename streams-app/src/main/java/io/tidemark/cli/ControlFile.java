package io.tidemark.cli;

import io.tidemark.control.Book;
import io.tidemark.control.StatementJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads what operators said from a file: one JSON object a line, blank lines aside. */
final class ControlFile {

  private ControlFile() {}

  /**
   * Reads a file; of one id the order of lines is the order of writing.
   *
   * @throws CommandException naming file and line if a line is no statement, or there are more than
   *     can be heeded
   */
  static Book read(Path file) throws IOException {
    Book book = new Book();
    int number = 0;
    try (LineReader lines = LineReader.open(file.toString(), InputStream.nullInputStream())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        String text = new String(line, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
          add(book, text, file + ": line " + number + ": ");
        }
      }
    }
    return book;
  }

  private static void add(Book book, String line, String where) {
    try {
      if (book.add(StatementJson.read(line)) != null) {
        throw new CommandException(
            ExitCode.CONFIG, where + "more than " + Book.MOST_IDS + " statements");
      }
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.CONFIG, where + e.getMessage(), e);
    }
  }
}
