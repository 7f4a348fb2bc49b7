package io.tidemark.detect;

import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Digest;
import io.tidemark.window.Supply;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link Blind} knows of one source: the minute that is being added up, how much a minute
 * usually tells, and what the last minutes showed. Of a workload, a few bytes.
 *
 * <p>Bounded: five digests, and {@link Supply#NODES_KEPT} names; at most {@value #LARGEST} bytes
 * when written, 500 as a rule.
 */
public final class BlindState {

  static final int VERSION = 1;
  static final int LARGEST = 8_000;
  static final Codec<BlindState> CODEC = new StateCodec();

  private static final int COMPRESSION = 20;

  /**
   * What a source told in a minute.
   *
   * @param connections distinct ones, window by window
   * @param workloads the most of one window
   * @param losers who lost how many
   */
  record Minute(
      long records,
      long denied,
      long lost,
      long connections,
      long workloads,
      SortedMap<String, Long> losers) {

    static final Minute NONE = new Minute(0, 0, 0, 0, 0, new TreeMap<>());

    double perConnection() {
      return records / (double) Math.max(1, connections);
    }

    Minute plus(Supply supply) {
      TreeMap<String, Long> all = new TreeMap<>(losers);
      supply.losers().forEach((node, lost) -> all.merge(node, lost, Long::sum));
      while (all.size() > Supply.NODES_KEPT) {
        all.pollLastEntry();
      }
      return new Minute(
          records + supply.records(),
          denied + supply.denied(),
          lost + supply.lost(),
          connections + supply.connections(),
          Math.max(workloads, supply.workloads()),
          all);
    }
  }

  private long step = Step.NONE;
  private long windowLength;
  private Minute open = Minute.NONE;
  private Digest records = new Digest(COMPRESSION);
  private Digest workloads = new Digest(COMPRESSION);
  private Digest ratio = new Digest(COMPRESSION);
  private Digest connections = new Digest(COMPRESSION);
  private Digest allowedShare = new Digest(COMPRESSION);
  private Verdicts losses = new Verdicts();
  private Verdicts silence = new Verdicts();
  private Verdicts sampling = new Verdicts();
  private Verdicts allowed = new Verdicts();
  private long silentSince = Step.NONE;

  Verdicts losses() {
    return losses;
  }

  Verdicts silence() {
    return silence;
  }

  Verdicts sampling() {
    return sampling;
  }

  Verdicts allowed() {
    return allowed;
  }

  /** Minutes learned. */
  long minutes() {
    return records.count();
  }

  /** Records that 99 of 100 minutes have. */
  double leastRecords() {
    return records.quantile(0.01);
  }

  double leastWorkloads() {
    return workloads.quantile(0.05);
  }

  /** The share of records that report no drop, which 19 of 20 minutes have. */
  double allowedShare() {
    return allowedShare.quantile(0.05);
  }

  /** 5th, 50th and 95th percentile. */
  double[] recordsPerConnection() {
    return ratio.quantiles(0.05, 0.5, 0.95);
  }

  double usualConnections() {
    return connections.quantile(0.5);
  }

  double[] recordsPerMinute() {
    return records.quantiles(0.05, 0.5, 0.95);
  }

  double[] workloadsPerMinute() {
    return workloads.quantiles(0.05, 0.5, 0.95);
  }

  /** Since which minute it is silent, {@link Step#NONE} if it is not. */
  long silentSince() {
    return silentSince;
  }

  /** Start of the last minute that was complete, milliseconds since the epoch. */
  long moved() {
    return Step.start(silence.latest(), windowLength);
  }

  /** Whether this is no source, or none that was ever heard. */
  boolean unheard(Window window) {
    return step == Step.NONE && window.activity().supply() == null;
  }

  /**
   * When the minute must be judged.
   *
   * @param expected whether silence would be noticed
   */
  long due(boolean expected) {
    if (step == Step.NONE) {
      return Long.MAX_VALUE;
    }
    if (silence.latest() != step) {
      return Step.due(step, windowLength);
    }
    boolean given = silentSince != Step.NONE && step - silentSince >= Blind.FOLLOWED_MINUTES;
    return expected && !given ? Step.due(step + 1, windowLength) : Long.MAX_VALUE;
  }

  /** The window's minute with this window. */
  Minute with(Window window) {
    Minute before = step == Step.of(window) ? open : Minute.NONE;
    Supply supply = window.activity().supply();
    return supply == null ? before : before.plus(supply);
  }

  void open(Minute minute, Window window) {
    step = Step.of(window);
    windowLength = window.length();
    open = minute;
  }

  void close(Minute minute, Blind.Shows shows, boolean learns, Window window) {
    open(Minute.NONE, window);
    losses.judged(step, shows.lossy());
    silence.judged(step, shows.silent());
    sampling.judged(step, shows.resampled());
    allowed.judged(step, shows.deniedOnly());
    if (!shows.silent()) {
      silentSince = Step.NONE;
    } else if (silentSince == Step.NONE) {
      silentSince = step;
    }
    if (learns) {
      records.add((double) minute.records());
      workloads.add((double) minute.workloads());
      if (minute.connections() > 0) {
        ratio.add(minute.perConnection());
        connections.add((double) minute.connections());
      }
      if (minute.records() > 0) {
        allowedShare.add((minute.records() - minute.denied()) / (double) minute.records());
      }
    }
  }

  private static final class StateCodec implements Codec<BlindState> {

    @Override
    public void write(BlindState state, StateWriter out) {
      out.u8(VERSION).bool(state.step != Step.NONE);
      if (state.step == Step.NONE) {
        return;
      }
      out.varlong(state.step).varlong(state.windowLength).varlong(state.silentSince);
      out.varlong(state.open.records()).varlong(state.open.denied()).varlong(state.open.lost());
      out.varlong(state.open.connections()).varlong(state.open.workloads());
      out.varint(state.open.losers().size());
      state.open.losers().forEach((node, lost) -> out.string(node).varlong(lost));
      for (Digest each : state.digests()) {
        each.write(out);
      }
      for (Verdicts each : state.verdicts()) {
        each.write(out);
      }
    }

    @Override
    public BlindState read(StateReader in) {
      in.expectVersion(VERSION, "blind");
      BlindState state = new BlindState();
      if (!in.bool()) {
        return state;
      }
      state.step = in.varlong();
      state.windowLength = in.varlong();
      if (state.step == Step.NONE || state.windowLength <= 0) {
        throw new StateFormatException("blind: windows of " + state.windowLength + " ms");
      }
      state.silentSince = in.varlong();
      long[] sums = new long[5];
      for (int i = 0; i < sums.length; i++) {
        sums[i] = in.varlong();
      }
      TreeMap<String, Long> losers = new TreeMap<>();
      for (int left = in.count(); left > 0; left--) {
        losers.put(in.text(), in.varlong());
      }
      state.open = new Minute(sums[0], sums[1], sums[2], sums[3], sums[4], losers);
      state.records = Digest.read(in, COMPRESSION);
      state.workloads = Digest.read(in, COMPRESSION);
      state.ratio = Digest.read(in, COMPRESSION);
      state.connections = Digest.read(in, COMPRESSION);
      state.allowedShare = Digest.read(in, COMPRESSION);
      state.losses = Verdicts.read(in);
      state.silence = Verdicts.read(in);
      state.sampling = Verdicts.read(in);
      state.allowed = Verdicts.read(in);
      return state;
    }
  }

  private Digest[] digests() {
    return new Digest[] {records, workloads, ratio, connections, allowedShare};
  }

  private Verdicts[] verdicts() {
    return new Verdicts[] {losses, silence, sampling, allowed};
  }
}
