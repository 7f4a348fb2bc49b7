package io.tidemark.topology;

import io.tidemark.state.Codec;
import io.tidemark.state.ObjectStore;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
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

  private final KeyCodec<K> keys;
  private final Function<K, Codec<V>> values;
  private final Map<K, V> objects = new HashMap<>();
  private final Set<K> changed = new LinkedHashSet<>();
  private InternalProcessorContext<?, ?> context;
  private boolean loaded;

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
    if (objects.remove(key) != null) {
      changed.add(key);
    }
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> visitor) {
    load();
    objects.forEach(visitor);
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
      }
    } finally {
      context.setRecordContext(before);
    }
    changed.clear();
  }

  @Override
  public void clearCache() {
    objects.clear();
    changed.clear();
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
        K key = keys.fromBytes(entry.key.get());
        objects.put(key, values.apply(key).fromBytes(entry.value));
      }
    }
    loaded = true;
  }
}
