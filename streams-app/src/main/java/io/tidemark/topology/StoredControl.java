package io.tidemark.topology;

import io.tidemark.control.Book;
import io.tidemark.control.Control;
import io.tidemark.control.Holding;
import io.tidemark.control.Statement;
import io.tidemark.control.StatementJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reads the global store of statements, which another thread writes: one value per id, the lines of
 * all its statements, and a count of changes under the empty key. The book is made anew whenever
 * the count has changed.
 */
final class StoredControl implements Control {

  private static final Bytes CHANGES = Bytes.wrap(new byte[0]);

  private final KeyValueStore<Bytes, byte[]> store;
  private byte[] changes = {};
  private Book book = new Book();

  StoredControl(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public Holding at(long windowStart) {
    byte[] now = store.get(CHANGES);
    if (now == null) {
      return Holding.NOTHING;
    }
    // Looked up first: what comes meanwhile changes the count again.
    if (!Arrays.equals(now, changes)) {
      changes = now;
      book = read(store);
    }
    return book.at(windowStart);
  }

  static Book read(KeyValueStore<Bytes, byte[]> store) {
    Book book = new Book();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (!next.key.equals(CHANGES) && next.value != null) {
          new String(next.value, StandardCharsets.UTF_8)
              .lines()
              .map(StatementJson::read)
              .forEach(book::add);
        }
      }
    }
    return book;
  }

  /** Writes what is said under an id now; nothing if the list is empty. */
  static void write(KeyValueStore<Bytes, byte[]> store, String id, List<Statement> versions) {
    String lines = versions.stream().map(StatementJson::write).collect(Collectors.joining("\n"));
    store.put(
        Bytes.wrap(id.getBytes(StandardCharsets.UTF_8)),
        versions.isEmpty() ? null : lines.getBytes(StandardCharsets.UTF_8));
    byte[] before = store.get(CHANGES);
    long count = before == null ? 0 : Long.parseLong(new String(before, StandardCharsets.UTF_8));
    store.put(CHANGES, Long.toString(count + 1).getBytes(StandardCharsets.UTF_8));
  }
}
