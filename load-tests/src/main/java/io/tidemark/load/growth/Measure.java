package io.tidemark.load.growth;

import java.util.Locale;

/** What is measured of a point. */
enum Measure {
  RECORDS_PER_SECOND("recordsPerSecond", "records/s", "%,.0f"),
  CPU_SECONDS_PER_MILLION("cpuSecondsPerMillion", "CPU s/M", "%.1f"),
  HEAP_BYTES("heapBytes", "heap MB", "%.1f", 1e6),
  HEAP_ABOVE_IDLE("heapAboveIdleBytes", "above idle MB", "%.1f", 1e6),
  STORE_BYTES("storeBytes", "store MB", "%.2f", 1e6),
  STORE_BYTES_PER_WORKLOAD("storeBytesPerWorkload", "store B/workload", "%,.0f"),
  ROCKSDB_BYTES("rocksdbBytes", "RocksDB MB", "%.2f", 1e6),
  DOSSIERS("dossiers", "dossiers", "%,.0f"),
  CHANGELOG_BYTES_PER_MILLION("changelogBytesPerMillion", "changelog MB/M", "%.1f", 1e6),
  START_SECONDS("startSeconds", "start s", "%.1f"),
  RESTORE_SECONDS("restoreSeconds", "restore s", "%.1f"),
  RESTORED_RECORDS("restoredRecords", "restored", "%,.0f"),
  OFFERED("offeredRecordsPerSecond", "offered/s", "%,.0f"),
  COMPRESSION("compression", "event s per s", "%.1f"),
  ALERTS("alerts", "alerts", "%,.0f"),
  MISSING_ALERTS("missingAlerts", "missing", "%,.0f"),
  BEHIND_SECONDS("behindSeconds", "sender behind s", "%.2f"),
  UNAVOIDABLE_SECONDS("unavoidableSeconds", "unavoidable p50 s", "%.2f"),
  LAG_MEDIAN("lagMedianSeconds", "above p50 s", "%.2f"),
  LAG_HIGH("lag99Seconds", "above p99 s", "%.2f"),
  LAG_MOST("lagMostSeconds", "above max s", "%.2f"),
  TOTAL_MEDIAN("totalMedianSeconds", "total p50 s", "%.2f"),
  TOTAL_HIGH("total99Seconds", "total p99 s", "%.2f"),
  TOTAL_MOST("totalMostSeconds", "total max s", "%.2f"),
  LOAD("loadAverage", "load", "%.1f");

  private final String id;
  private final String title;
  private final String format;
  private final double unit;

  Measure(String id, String title, String format) {
    this(id, title, format, 1);
  }

  Measure(String id, String title, String format, double unit) {
    this.id = id;
    this.title = title;
    this.format = format;
    this.unit = unit;
  }

  String id() {
    return id;
  }

  /** As a column's head, with the unit. */
  String title() {
    return title;
  }

  /** In the unit of the title. */
  String text(double value) {
    return String.format(Locale.ROOT, format, value / unit);
  }
}
