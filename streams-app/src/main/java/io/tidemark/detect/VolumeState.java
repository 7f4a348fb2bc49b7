package io.tidemark.detect;

import io.tidemark.flow.Direction;
import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;

/**
 * What {@link Volume} has learned of one workload: the interval that is being added up, a baseline
 * per metric that ever occurred, and for each direction whether silence would be noticed.
 *
 * <p>Bounded: at most {@link VolumeMetric#ALL} baselines.
 */
final class VolumeState {

  static final int VERSION = 3;
  static final Codec<VolumeState> CODEC = new VolumeCodec();

  /** Start of the first interval that was seen from its beginning. */
  final long since;

  /** End of the window last learned, and its length. */
  long learnedTo;

  long windowLength;

  /** Start of the interval that is being added up. */
  long open;

  boolean lossy;
  final double[] sums = new double[VolumeMetric.ALL];

  /** Intervals learned, per hour of the day: what a metric that never occurred has seen. */
  final long[] learned = new long[VolumeBaseline.HOURS];

  final VolumeBaseline[] baselines = new VolumeBaseline[VolumeMetric.ALL];
  final Watch[] watches = {new Watch(), new Watch()};

  VolumeState(long since, long open, long learnedTo) {
    this.since = since;
    this.open = open;
    this.learnedTo = learnedTo;
  }

  /** Whether a direction is expected to talk, and how long it has not. */
  static final class Watch {

    /** Fewer flows per interval than this are silence; 0 while none is expected. */
    double below;

    /** Consecutive silent intervals. */
    long silent;

    /** Flows in the last of them. */
    double flows;

    /** Silent intervals in a row that prove something; 0 until that was known once. */
    long needed;

    /**
     * Consecutive intervals without any flow, expected or not, and the most that proved nothing.
     */
    long quiet;

    long longest;

    boolean expected() {
      return below > 0;
    }

    /** A run without flows is over, or nobody can tell any more. */
    void talks(boolean known) {
      if (known && (needed == 0 || quiet < needed)) {
        longest = Math.max(longest, quiet);
      }
      quiet = 0;
    }

    void end() {
      below = 0;
      silent = 0;
      flows = 0;
    }
  }

  VolumeBaseline flows(Direction direction) {
    return baselines[VolumeMetric.index(direction, VolumeMetric.FLOWS)];
  }

  long intervals() {
    long sum = 0;
    for (long perHour : learned) {
      sum += perHour;
    }
    return sum;
  }

  /** The baseline a metric has, or would have if it occurred now; {@code null} if unknown. */
  VolumeBaseline baselineOrNothing(int metric) {
    if (baselines[metric] == null && VolumeMetric.at(metric).absenceIsZero()) {
      return VolumeBaseline.ofNothing(since, learned);
    }
    return baselines[metric];
  }

  /** Shares the baselines, which are not to be changed then; what is followed is its own. */
  VolumeState sharingBaselines() {
    VolumeState shared = new VolumeState(since, open, learnedTo);
    System.arraycopy(baselines, 0, shared.baselines, 0, baselines.length);
    for (int i = 0; i < watches.length; i++) {
      shared.watches[i].below = watches[i].below;
      shared.watches[i].silent = watches[i].silent;
      shared.watches[i].flows = watches[i].flows;
      shared.watches[i].needed = watches[i].needed;
      shared.watches[i].quiet = watches[i].quiet;
      shared.watches[i].longest = watches[i].longest;
    }
    return shared;
  }

  VolumeState copy() {
    return CODEC.fromBytes(CODEC.toBytes(this));
  }

  private static final class VolumeCodec implements Codec<VolumeState> {

    @Override
    public void write(VolumeState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.open);
      out.varlong(state.learnedTo).varlong(state.windowLength).bool(state.lossy);
      for (Watch watch : state.watches) {
        out.f64(watch.below).varlong(watch.silent).f64(watch.flows);
        out.varlong(watch.needed).varlong(watch.quiet).varlong(watch.longest);
      }
      for (long perHour : state.learned) {
        out.varlong(perHour);
      }
      for (int i = 0; i < VolumeMetric.ALL; i++) {
        out.bool(state.sums[i] != 0);
        if (state.sums[i] != 0) {
          out.f64(state.sums[i]);
        }
        out.bool(state.baselines[i] != null);
        if (state.baselines[i] != null) {
          state.baselines[i].write(out);
        }
      }
    }

    @Override
    public VolumeState read(StateReader in) {
      in.expectVersion(VERSION, "volume");
      VolumeState state = new VolumeState(in.varlong(), in.varlong(), in.varlong());
      state.windowLength = in.varlong();
      state.lossy = in.bool();
      for (Watch watch : state.watches) {
        watch.below = in.f64();
        watch.silent = in.varlong();
        watch.flows = in.f64();
        watch.needed = in.varlong();
        watch.quiet = in.varlong();
        watch.longest = in.varlong();
      }
      for (int hour = 0; hour < state.learned.length; hour++) {
        state.learned[hour] = in.varlong();
      }
      for (int i = 0; i < VolumeMetric.ALL; i++) {
        state.sums[i] = in.bool() ? in.f64() : 0;
        state.baselines[i] =
            in.bool() ? VolumeBaseline.read(in, VolumeMetric.at(i).absenceIsZero()) : null;
      }
      return state;
    }
  }
}
