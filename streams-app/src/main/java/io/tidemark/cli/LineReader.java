package io.tidemark.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a file, of a gzip file (told by its first bytes), or of standard input. A line is kept
 * up to just over the parsers' limit; the rest of a longer one is read over, so that memory stays
 * bounded whatever the file holds.
 */
final class LineReader implements Closeable {

  static final String STANDARD_INPUT = "-";

  /** One byte more than any parser takes. */
  private static final int KEPT = (1 << 20) + 1;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  private LineReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @param file a path, or {@value #STANDARD_INPUT}
   */
  static LineReader open(String file, InputStream standardInput) throws IOException {
    InputStream raw =
        file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file));
    BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
    buffered.mark(2);
    boolean gzip = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return new LineReader(file, gzip ? new GZIPInputStream(buffered, BUFFER) : buffered);
  }

  /** As it was given. */
  String name() {
    return name;
  }

  /** The next line without its end, {@code null} after the last. */
  byte[] next() throws IOException {
    ByteArrayOutputStream pieces = null;
    boolean any = false;
    while (fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      boolean whole = end < limit;
      if (whole && pieces == null) {
        byte[] line = copy(position, end);
        position = end + 1;
        return line;
      }
      pieces = pieces == null ? new ByteArrayOutputStream(2 * BUFFER) : pieces;
      pieces.write(buffer, position, Math.min(end - position, KEPT - pieces.size()));
      position = whole ? end + 1 : limit;
      if (whole) {
        break;
      }
    }
    return any ? stripped(pieces.toByteArray()) : null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    limit = Math.max(0, in.read(buffer));
    position = 0;
    return limit > 0;
  }

  private byte[] copy(int from, int to) {
    byte[] line = new byte[to - from];
    System.arraycopy(buffer, from, line, 0, line.length);
    return stripped(line);
  }

  private static byte[] stripped(byte[] line) {
    if (line.length == 0 || line[line.length - 1] != '\r') {
      return line;
    }
    byte[] shorter = new byte[line.length - 1];
    System.arraycopy(line, 0, shorter, 0, shorter.length);
    return shorter;
  }
}
