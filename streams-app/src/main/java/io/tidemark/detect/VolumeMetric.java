package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.window.Totals;

/** One quantity of one direction. The order is part of the written form: append only. */
enum VolumeMetric {
  FLOWS("flows", "flows", "saw"),
  CONNECTIONS("connections", "connections", "opened"),
  BYTES_OUT("bytes out", "bytes", "sent"),
  BYTES_IN("bytes in", "bytes", "received"),
  PACKETS_OUT("packets out", "packets", "sent"),
  PACKETS_IN("packets in", "packets", "received");

  static final int PER_DIRECTION = values().length;
  static final int ALL = PER_DIRECTION * Direction.values().length;

  private final String label;
  private final String unit;
  private final String verb;

  VolumeMetric(String label, String unit, String verb) {
    this.label = label;
    this.unit = unit;
    this.verb = verb;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  /** What the workload did with so many of them, as the client or as the server. */
  String verb(Direction direction) {
    return this == CONNECTIONS && direction == Direction.INGRESS ? "was sent" : verb;
  }

  /**
   * Whether never having seen it means zero. Bytes and packets are missing where the source does
   * not count them; then nothing is known, and the day they appear is no spike.
   */
  boolean absenceIsZero() {
    return this == FLOWS || this == CONNECTIONS;
  }

  /** What a window holds of it; sums of hostile sizes may have wrapped around. */
  double of(Totals totals) {
    long value =
        switch (this) {
          case FLOWS -> totals.flows();
          case CONNECTIONS -> totals.connections();
          case BYTES_OUT -> totals.bytesOut();
          case BYTES_IN -> totals.bytesIn();
          case PACKETS_OUT -> totals.packetsOut();
          case PACKETS_IN -> totals.packetsIn();
        };
    return Math.max(0, value);
  }

  static int index(Direction direction, VolumeMetric metric) {
    return direction.ordinal() * PER_DIRECTION + metric.ordinal();
  }

  static VolumeMetric at(int index) {
    return values()[index % PER_DIRECTION];
  }

  static Direction directionOf(int index) {
    return Direction.values()[index / PER_DIRECTION];
  }
}
