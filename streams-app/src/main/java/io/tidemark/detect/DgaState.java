package io.tidemark.detect;

import io.tidemark.state.Codec;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The domains that one workload asked for in vain. Bounded: 256 recent ones with their names cut at
 * 64 characters, hashes of 512 known ones, one small digest; 30 kB at most (names of ASCII
 * characters), under 1 kB as a rule.
 */
final class DgaState {

  static final int VERSION = 1;
  static final int RECENT_KEPT = 256;
  static final int KNOWN_KEPT = 512;
  static final int NAME_KEPT = 64;
  static final Codec<DgaState> CODEC = new DgaCodec();

  /**
   * A domain that was asked for and does not exist.
   *
   * @param minute when last
   * @param name its name, for people
   */
  record Recent(long minute, String name) {}

  /** Start of the time that was learned from; later by what was not. */
  long since;

  long minute;
  final HourlyPeaks usual;

  /** By hash of the name; full means the smallest hashes. */
  final TreeMap<Long, Recent> recent = new TreeMap<>();

  /** Hashes of domains that were asked for in vain before, the oldest first. */
  final LinkedHashSet<Long> known = new LinkedHashSet<>();

  DgaState(long since, long minute) {
    this(since, minute, new HourlyPeaks());
  }

  private DgaState(long since, long minute, HourlyPeaks usual) {
    this.since = since;
    this.minute = minute;
    this.usual = usual;
  }

  void remember(long hash) {
    if (known.add(hash) && known.size() > KNOWN_KEPT) {
      var oldest = known.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private static final class DgaCodec implements Codec<DgaState> {

    @Override
    public void write(DgaState state, StateWriter out) {
      out.u8(VERSION).varlong(state.since).varlong(state.minute);
      state.usual.write(out);
      out.varint(state.recent.size());
      for (Map.Entry<Long, Recent> entry : state.recent.entrySet()) {
        out.fixed64(entry.getKey()).varlong(entry.getValue().minute());
        out.string(entry.getValue().name());
      }
      out.longs(state.known.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public DgaState read(StateReader in) {
      in.expectVersion(VERSION, "dns-dga");
      DgaState state = new DgaState(in.varlong(), in.varlong(), HourlyPeaks.read(in));
      for (int left = in.count(); left > 0; left--) {
        state.recent.put(in.fixed64(), new Recent(in.varlong(), in.string()));
      }
      for (long hash : in.longs()) {
        state.remember(hash);
      }
      return state;
    }
  }
}
