package io.tidemark.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keeps objects in memory only: for shells that read a finite input once.
 *
 * @param <K> key
 * @param <V> value
 */
public final class MemoryObjectStore<K, V> implements ObjectStore<K, V> {

  private final Map<K, V> objects = new HashMap<>();

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
