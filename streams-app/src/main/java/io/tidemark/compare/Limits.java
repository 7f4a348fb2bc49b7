package io.tidemark.compare;

/**
 * How much of a comparison a report shows; what is beyond is counted.
 *
 * @param workloads workloads per detector, 1 or more
 * @param differences differences per detector and workload, 1 or more
 * @param days days that have alerts, 1 or more
 */
public record Limits(int workloads, int differences, int days) {

  /** What a person reads. */
  public static final Limits BRIEF = new Limits(10, 5, 31);

  public static final Limits NONE =
      new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  public Limits {
    if (workloads < 1 || differences < 1 || days < 1) {
      throw new IllegalArgumentException(
          "limits must be 1 or more: " + workloads + ", " + differences + ", " + days);
    }
  }
}
