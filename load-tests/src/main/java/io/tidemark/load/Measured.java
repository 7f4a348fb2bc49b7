package io.tidemark.load;

/**
 * One subject in one round, from the end of its warm-up to the commit behind its last.
 *
 * @param records records of its feed after the warm-up, above 0
 * @param seconds elapsed time, above 0
 * @param cpuSeconds processor time of the subject's JVM
 * @param brokerCpuSeconds processor time of the broker's JVM meanwhile
 */
record Measured(long records, double seconds, double cpuSeconds, double brokerCpuSeconds) {

  Measured {
    if (records <= 0 || !(seconds > 0) || !(cpuSeconds >= 0) || !(brokerCpuSeconds >= 0)) {
      throw new IllegalArgumentException(
          "nothing was measured: %d records in %s s with %s and %s s of processor time"
              .formatted(records, seconds, cpuSeconds, brokerCpuSeconds));
    }
  }

  double recordsPerSecond() {
    return records / seconds;
  }

  double cpuSecondsPerMillion() {
    return cpuSeconds * 1e6 / records;
  }

  double brokerCpuSecondsPerMillion() {
    return brokerCpuSeconds * 1e6 / records;
  }
}
