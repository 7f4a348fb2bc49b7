package io.tidemark.evaluate;

/**
 * How well somebody did.
 *
 * @param events events that were to be found
 * @param found how many of them were
 * @param right claims that found an event
 * @param elsewhere claims that tell of an event, but do not find it
 * @param wrong claims that match no event
 * @param minor claims of too little severity to count, at events or not
 * @param delays of the events found, milliseconds, ascending
 * @param days workload-days
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record Score(
    int events,
    int found,
    int right,
    int elsewhere,
    int wrong,
    int minor,
    long[] delays,
    double days) {

  Score withFurtherWrong(int more) {
    return new Score(events, found, right, elsewhere, wrong + more, minor, delays, days);
  }

  public int missed() {
    return events - found;
  }

  /** Share of the events that were found; NaN if there were none. */
  public double recall() {
    return events == 0 ? Double.NaN : (double) found / events;
  }

  /** Share of the claims that are right among those right or wrong; NaN if there were neither. */
  public double precision() {
    return right + wrong == 0 ? Double.NaN : (double) right / (right + wrong);
  }

  /** Harmonic mean of precision and recall; NaN if one of them is. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  /** Wrong claims per workload and day; NaN without any time. */
  public double wrongPerDay() {
    return days > 0 ? wrong / days : Double.NaN;
  }

  /** Milliseconds; the mean of the middle two if their number is even; NaN if there are none. */
  public double medianDelay() {
    int n = delays.length;
    return n == 0 ? Double.NaN : (delays[(n - 1) / 2] + (double) delays[n / 2]) / 2;
  }

  /** Milliseconds; NaN if there are none. */
  public double longestDelay() {
    return delays.length == 0 ? Double.NaN : (double) delays[delays.length - 1];
  }
}
