package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * The most of something that a workload is used to. It moves once a day, when the day is over: what
 * grows all day long would else raise the bar before it reaches it. What is done with a newcomer
 * counts another day later, for the same reason, and unless something suspicious followed. That
 * teaches a quarter; what does not come again fades by half in {@value #HALF_LIFE} days.
 */
final class DailyRecord {

  private static final int HALF_LIFE = 14;
  private static final double SUSPICIOUS = 0.25;
  private static final double FADE = StrictMath.pow(0.5, 1.0 / HALF_LIFE);

  private double usual;
  private double today;
  private double freshToday;
  private double freshYesterday;
  private double suspiciousToday;

  /** The most, as of the end of yesterday. */
  double usual() {
    return usual;
  }

  /**
   * So much was done up to now.
   *
   * @param fresh whether with a newcomer
   */
  void observe(double amount, boolean fresh, boolean suspicious) {
    if (suspicious) {
      suspiciousToday = Math.max(suspiciousToday, amount);
    } else if (fresh) {
      freshToday = Math.max(freshToday, amount);
    } else {
      today = Math.max(today, amount);
    }
  }

  /** So many days are over; only the first of them saw anything. */
  void complete(long days) {
    usual = Math.max(usual * FADE, today);
    if (suspiciousToday == 0) {
      usual = Math.max(usual, freshYesterday);
    } else {
      double doubtful = Math.max(suspiciousToday, freshYesterday);
      usual += SUSPICIOUS * Math.max(0, doubtful - usual);
    }
    usual *= StrictMath.pow(FADE, (double) Math.min(days - 1, 1000));
    freshYesterday = freshToday;
    today = 0;
    freshToday = 0;
    suspiciousToday = 0;
  }

  void write(StateWriter out) {
    out.f64(usual).f64(today).f64(freshToday).f64(freshYesterday).f64(suspiciousToday);
  }

  static DailyRecord read(StateReader in) {
    DailyRecord record = new DailyRecord();
    record.usual = in.f64();
    record.today = in.f64();
    record.freshToday = in.f64();
    record.freshYesterday = in.f64();
    record.suspiciousToday = in.f64();
    return record;
  }
}
