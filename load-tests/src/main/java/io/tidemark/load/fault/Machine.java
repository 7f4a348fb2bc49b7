package io.tidemark.load.fault;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** What the times of a report depend on. */
final class Machine {

  private Machine() {}

  /** Threads that wanted a processor in the last minute, on average; negative if not known. */
  static double load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.round(load * 10) / 10.0;
  }

  /** -1 if not known. */
  static long memoryBytes() {
    OperatingSystemMXBean os = ManagementFactory.getOperatingSystemMXBean();
    return os instanceof com.sun.management.OperatingSystemMXBean known
        ? known.getTotalMemorySize()
        : -1;
  }
}
