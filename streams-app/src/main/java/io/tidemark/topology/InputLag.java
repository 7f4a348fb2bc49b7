package io.tidemark.topology;

/** How many records of an input partition are not read yet. */
@FunctionalInterface
public interface InputLag {

  /** Everything is always read to its end. */
  InputLag NONE = (topic, partition) -> 0;

  /** Records not read yet; -1 when not known, which never counts as idle. */
  long of(String topic, int partition);
}
