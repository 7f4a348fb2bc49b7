package io.tidemark.topology;

import io.tidemark.state.Codec;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds {@link CommittedObjectStore}s with a changelog and without Streams' record cache. */
record ObjectStoreBuilder<K, V>(
    StoreBuilder<KeyValueStore<Bytes, byte[]>> inner,
    KeyCodec<K> keys,
    Function<K, Codec<V>> values)
    implements StoreBuilder<CommittedObjectStore<K, V>> {

  /**
   * Small segments that are compacted early: a changelog holds one value per key and commit, and is
   * read whole after an unclean stop.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          "cleanup.policy", "compact",
          "segment.bytes", "33554432",
          "min.cleanable.dirty.ratio", "0.1",
          "max.compaction.lag.ms", "600000",
          "delete.retention.ms", "3600000",
          "max.message.bytes", "8388608");

  static <K, V> ObjectStoreBuilder<K, V> of(
      String name, boolean persistent, KeyCodec<K> keys, Function<K, Codec<V>> values) {
    KeyValueBytesStoreSupplier supplier =
        persistent ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    return new ObjectStoreBuilder<>(
        Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(CHANGELOG),
        keys,
        values);
  }

  @Override
  public StoreBuilder<CommittedObjectStore<K, V>> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommittedObjectStore<K, V>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<CommittedObjectStore<K, V>> withLoggingEnabled(Map<String, String> config) {
    return new ObjectStoreBuilder<>(inner.withLoggingEnabled(config), keys, values);
  }

  @Override
  public StoreBuilder<CommittedObjectStore<K, V>> withLoggingDisabled() {
    return new ObjectStoreBuilder<>(inner.withLoggingDisabled(), keys, values);
  }

  @Override
  public CommittedObjectStore<K, V> build() {
    return new CommittedObjectStore<>(inner.build(), keys, values);
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
