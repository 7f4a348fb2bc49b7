package io.tidemark.state;

/**
 * The versioned written form of a value that is kept in a state store.
 *
 * @param <T> the value
 */
public interface Codec<T> {

  void write(T value, StateWriter out);

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StateFormatException if the bytes are of a version this code does not know, or damaged
   */
  T read(StateReader in);

  default byte[] toBytes(T value) {
    StateWriter out = new StateWriter();
    write(value, out);
    return out.toBytes();
  }

  default T fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    T value = read(in);
    in.expectEnd();
    return value;
  }
}
