package io.tidemark.pipeline;

import io.tidemark.state.Codec;
import io.tidemark.state.ObjectStore;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A store whose objects can be written and read again at any moment, as by a restart. */
final class CodedStore<K, V> implements ObjectStore<K, V> {

  private final Function<K, Codec<V>> codecs;
  private final Map<K, V> objects = new HashMap<>();

  CodedStore(Function<K, Codec<V>> codecs) {
    this.codecs = codecs;
  }

  /** Only the written form survives. */
  void restart() {
    objects.replaceAll((key, value) -> codecs.apply(key).fromBytes(bytes(key, value)));
  }

  /** Written forms in the order of their keys' text. */
  SortedMap<String, byte[]> written() {
    TreeMap<String, byte[]> written = new TreeMap<>();
    objects.forEach((key, value) -> written.put(key.toString(), bytes(key, value)));
    return written;
  }

  int size() {
    return objects.size();
  }

  private byte[] bytes(K key, V value) {
    return codecs.apply(key).toBytes(value);
  }

  @Override
  public V get(K key) {
    return objects.get(key);
  }

  @Override
  public void put(K key, V value) {
    objects.put(key, value);
  }

  @Override
  public void remove(K key) {
    objects.remove(key);
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> visitor) {
    objects.forEach(visitor);
  }
}
