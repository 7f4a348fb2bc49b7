package io.tidemark.topology;

import io.tidemark.state.Codec;
import io.tidemark.state.ObjectStore;
import io.tidemark.state.StateFormatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * A state store of live objects: changed in memory, written to the wrapped store and its changelog
 * when the task commits, in the same transaction as the input's offsets. So a window that is folded
 * from a thousand flows is written once per commit, not a thousand times.
 *
 * <p>The hook is the one by which Streams' own record caches are flushed before a commit ({@code
 * CachedStateStore}), an internal interface: the Kafka version is pinned, and the tests that kill
 * an instance between commits would show a change.
 *
 * <p>All objects are held in memory; every store says why it is bounded where it is declared.
 */
final class CommittedObjectStore<K, V>
    extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
    implements ObjectStore<K, V> {

  private static final Duration SOON = Duration.ofMillis(100);

  private final KeyCodec<K> keys;
  private final Function<K, Codec<V>> values;
  private final Map<K, V> objects = new HashMap<>();
  private final Set<K> changed = new LinkedHashSet<>();
  // What the wrapped store holds: what came and went since the last commit needs no tombstone.
  private final Set<K> stored = new HashSet<>();
  private InternalProcessorContext<?, ?> context;
  private boolean loaded;
  private long writes;

  CommittedObjectStore(
      KeyValueStore<Bytes, byte[]> inner, KeyCodec<K> keys, Function<K, Codec<V>> values) {
    super(inner);
    this.keys = keys;
    this.values = values;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    context = (InternalProcessorContext<?, ?>) stateStoreContext;
    clearCache();
    super.init(stateStoreContext, root);
  }

  /**
   * Reads a task's stores soon after it starts: what cannot be read is told then, and not when the
   * first record comes.
   */
  static void readSoon(ProcessingContext context, String... stores) {
    Cancellable[] once = new Cancellable[1];
    once[0] =
        context.schedule(
            SOON,
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              once[0].cancel();
              for (String store : stores) {
                context.<CommittedObjectStore<?, ?>>getStateStore(store).load();
              }
            });
  }

  @Override
  public V get(K key) {
    load();
    return objects.get(key);
  }

  @Override
  public void put(K key, V value) {
    load();
    objects.put(key, value);
    changed.add(key);
  }

  @Override
  public void remove(K key) {
    load();
    if (objects.remove(key) == null) {
      return;
    }
    if (stored.contains(key)) {
      changed.add(key);
    } else {
      changed.remove(key);
    }
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> visitor) {
    load();
    objects.forEach(visitor);
  }

  @Override
  public long writes() {
    return writes;
  }

  /** Writes what changed since the last commit. Called by Streams before it commits. */
  @Override
  public void flushCache() {
    if (changed.isEmpty()) {
      return;
    }
    ProcessorRecordContext before = context.recordContext();
    context.setRecordContext(new ProcessorRecordContext(0, -1, -1, null, new RecordHeaders()));
    try {
      for (K key : changed) {
        V value = objects.get(key);
        byte[] bytes = value == null ? null : values.apply(key).toBytes(value);
        wrapped().put(Bytes.wrap(keys.toBytes(key)), bytes);
        if (value == null) {
          stored.remove(key);
        } else {
          stored.add(key);
        }
      }
    } finally {
      context.setRecordContext(before);
    }
    changed.clear();
    writes++;
  }

  @Override
  public void clearCache() {
    objects.clear();
    changed.clear();
    stored.clear();
    writes++;
    loaded = false;
  }

  @Override
  public void close() {
    clearCache();
    super.close();
  }

  // Not at init: the changelog is restored into the wrapped store after that.
  private void load() {
    if (loaded) {
      return;
    }
    try (KeyValueIterator<Bytes, byte[]> all = wrapped().all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        K key = key(entry.key.get());
        objects.put(key, value(key, entry.value));
        stored.add(key);
      }
    } catch (UnreadableStateException e) {
      objects.clear();
      stored.clear();
      throw e;
    }
    loaded = true;
  }

  private K key(byte[] bytes) {
    try {
      return keys.fromBytes(bytes);
    } catch (StateFormatException e) {
      throw new UnreadableStateException(name(), "", e);
    }
  }

  private V value(K key, byte[] bytes) {
    try {
      return values.apply(key).fromBytes(bytes);
    } catch (StateFormatException e) {
      throw new UnreadableStateException(name(), key + ": ", e);
    }
  }
}
