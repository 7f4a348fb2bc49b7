package io.tidemark.config;

/** Where state is kept while running; either way Kafka has a copy. */
public enum StateBackend {
  ROCKSDB,
  MEMORY
}
