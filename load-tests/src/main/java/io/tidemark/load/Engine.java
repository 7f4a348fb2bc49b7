package io.tidemark.load;

/** What is measured over a feed. */
enum Engine {
  RAW("raw", "consume, look at nothing"),
  LIMIT("limit", "consume, parse to a flow, throw away"),
  REFERENCE("reference", "the obvious Kafka Streams job: parse, group by workload, sum per minute"),
  FLINK("flink", "the same job on Apache Flink"),
  TIDEMARK("tidemark", "Tidemark, all detectors, state in RocksDB"),
  TIDEMARK_MEMORY("tidemark-memory", "Tidemark, all detectors, state in memory");

  private final String id;
  private final String meaning;

  Engine(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  String id() {
    return id;
  }

  String meaning() {
    return meaning;
  }

  boolean tidemark() {
    return this == TIDEMARK || this == TIDEMARK_MEMORY;
  }
}
