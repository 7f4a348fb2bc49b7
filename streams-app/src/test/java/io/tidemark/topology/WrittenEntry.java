package io.tidemark.topology;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A record of a topic or of a store's changelog, kept in a file of such entries: time, length and
 * bytes of the key, length and bytes of the value, -1 for none; gzip around it.
 *
 * @param time the record's timestamp, milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Entries are never compared.
record WrittenEntry(long time, byte[] key, byte[] value) {

  static void write(Path file, List<WrittenEntry> entries) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(
                    new GZIPOutputStream(raw) {
                      {
                        def.setLevel(9);
                      }
                    }))) {
      for (WrittenEntry entry : entries) {
        out.writeLong(entry.time);
        write(entry.key, out);
        write(entry.value, out);
      }
    }
  }

  static List<WrittenEntry> read(Path file) {
    List<WrittenEntry> entries = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(new GZIPInputStream(raw)))) {
      while (true) {
        entries.add(new WrittenEntry(in.readLong(), read(in), read(in)));
      }
    } catch (EOFException e) {
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void write(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
