package io.tidemark.state;

import java.util.function.BiConsumer;

/**
 * Keeps objects under keys. An implementation may write them out later than {@link #put}, but never
 * later than the input that led to them is acknowledged.
 *
 * @param <K> key
 * @param <V> value, which may be changed in place and put again
 */
public interface ObjectStore<K, V> {

  /** The object under this key, {@code null} if none. */
  V get(K key);

  /** Keeps this object, or takes note that the one under this key has changed. */
  void put(K key, V value);

  void remove(K key);

  /**
   * How often what was put was written out. An object that was put since the last time need not be
   * put again, however often it changes. Always 0 where objects are kept as they are.
   */
  default long writes() {
    return 0;
  }

  /** Visits all, in no particular order; nothing may be changed meanwhile. */
  void forEach(BiConsumer<? super K, ? super V> visitor);
}
