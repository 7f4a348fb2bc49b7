package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Flow;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Phase;
import io.tidemark.flow.Source;
import io.tidemark.flow.Vantage;
import io.tidemark.state.Codec;
import io.tidemark.state.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fold remembers to be fast changes nothing of what it tells. */
final class FoldMemoryTest {

  private static final int WINDOWS = 2;
  private static final int FLOWS_PER_WINDOW = 8_000;

  /** A fold over stores of which only the written form survives a restart. */
  private static final class Partition {

    final List<Fact> told = new ArrayList<>();
    final WrittenStore<OpenKey, Activity> open = new WrittenStore<>(Activity.CODEC);
    private final WrittenStore<FleetKey, FleetHour> fleet = new WrittenStore<>(FleetHour.CODEC);
    private final Fold.Names names = names();
    private Progress progress = new Progress();
    private Fold fold;

    Partition() {
      remember();
    }

    /** Begins anew with the same objects, and with nothing else. */
    void remember() {
      fold =
          new Fold(
              new Fold.Place(Source.HUBBLE, "raw", 0, 1),
              Duration.ofSeconds(10),
              Duration.ofSeconds(5),
              names,
              open,
              fleet,
              progress);
    }

    void write() {
      open.write();
      fleet.write();
    }

    void restart() {
      open.restart();
      fleet.restart();
      progress = Progress.CODEC.fromBytes(Progress.CODEC.toBytes(progress));
      remember();
    }

    Fold.Outcome add(Flow flow, long offset) {
      Fold.Outcome outcome = fold.add(flow, offset, true);
      fold.close(told::add);
      return outcome;
    }

    private static Fold.Names names() {
      IdentitySettings settings = IdentitySettings.defaults();
      return new Fold.Names(
          new Identity(settings), new DomainNames(settings), AddressBook.EMPTY, settings.cluster());
    }

    List<Fact.Traffic> traffic() {
      fold.flush(told::add);
      return told.stream()
          .filter(Fact.Traffic.class::isInstance)
          .map(Fact.Traffic.class::cast)
          .toList();
    }
  }

  /** Writes what was put since it last did, and nothing else. */
  private static final class WrittenStore<K, V> implements ObjectStore<K, V> {

    private final Codec<V> codec;
    private final Map<K, V> objects = new HashMap<>();
    private final Map<K, byte[]> bytes = new HashMap<>();
    private final Set<K> changed = new HashSet<>();
    private long writes;

    WrittenStore(Codec<V> codec) {
      this.codec = codec;
    }

    void write() {
      for (K key : changed) {
        V value = objects.get(key);
        if (value == null) {
          bytes.remove(key);
        } else {
          bytes.put(key, codec.toBytes(value));
        }
      }
      changed.clear();
      writes++;
    }

    void restart() {
      objects.clear();
      changed.clear();
      bytes.forEach((key, form) -> objects.put(key, codec.fromBytes(form)));
    }

    @Override
    public V get(K key) {
      return objects.get(key);
    }

    @Override
    public void put(K key, V value) {
      objects.put(key, value);
      changed.add(key);
    }

    @Override
    public void remove(K key) {
      objects.remove(key);
      changed.add(key);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> visitor) {
      objects.forEach(visitor);
    }

    @Override
    public long writes() {
      return writes;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void aFoldThatRemembersNothingTellsTheSame(long seed) {
    List<Flow> flows = flows(new Random(seed));
    Partition remembering = new Partition();
    Partition forgetful = new Partition();

    for (int i = 0; i < flows.size(); i++) {
      forgetful.remember();
      Fold.Outcome outcome = remembering.add(flows.get(i), i);
      assertEquals(outcome, forgetful.add(flows.get(i), i), "flow " + i);
    }

    assertSame(forgetful.traffic(), remembering.traffic());
    assertTrue(
        remembering.traffic().stream().anyMatch(fact -> fact.activity().edgesOverflowed()),
        "some edges must have had no room");
    assertArrayEquals(
        Progress.CODEC.toBytes(forgetful.progress), Progress.CODEC.toBytes(remembering.progress));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4})
  void whatWasPutOnceIsWrittenWithAllThatFollowed(long seed) {
    Random random = new Random(seed);
    List<Flow> flows = flows(random);
    Partition whole = new Partition();
    Partition interrupted = new Partition();

    for (int i = 0; i < flows.size(); i++) {
      whole.add(flows.get(i), i);
      interrupted.add(flows.get(i), i);
      if (random.nextInt(1_000) == 0) {
        interrupted.write();
        if (random.nextBoolean()) {
          interrupted.restart();
        }
      }
    }

    assertSame(whole.traffic(), interrupted.traffic());
    interrupted.write();
    assertTrue(interrupted.open.bytes.isEmpty(), "no window is open any more");
  }

  /** Windows of all shapes, out of order, many connections told several times in a row. */
  private static List<Flow> flows(Random random) {
    List<Flow> flows = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      for (Flow flow : new RandomFlows(random.nextLong()).some(FLOWS_PER_WINDOW)) {
        long delay = random.nextInt(4) == 0 ? random.nextInt(7_000) : 0;
        long time = flow.time() + window * 10_000L - delay;
        Flow first = again(flow, time, flow.vantage(), flow.phase());
        flows.add(first);
        while (random.nextInt(3) == 0) {
          Vantage vantage = Vantage.values()[random.nextInt(Vantage.values().length)];
          Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
          // Some in the window before, some exactly the same.
          long then = random.nextInt(3) == 0 ? time - random.nextInt(5_000) : time;
          flows.add(random.nextInt(4) == 0 ? first : again(flow, then, vantage, phase));
        }
        if (random.nextInt(3) == 0) {
          // After so many others its edge may have lost its place.
          Flow former = flows.get(random.nextInt(flows.size()));
          flows.add(again(former, time, former.vantage(), former.phase()));
        }
      }
    }
    return flows;
  }

  private static Flow again(Flow flow, long time, Vantage vantage, Phase phase) {
    return new Flow(
        flow.source(),
        time,
        flow.client(),
        flow.server(),
        flow.protocol(),
        flow.clientPort(),
        flow.serverPort(),
        flow.verdict(),
        flow.dropReason(),
        vantage,
        phase,
        flow.fromServer(),
        flow.bytes(),
        flow.packets(),
        flow.weight(),
        flow.aggregated(),
        flow.dns(),
        flow.l7(),
        flow.http());
  }

  private static void assertSame(List<Fact.Traffic> expected, List<Fact.Traffic> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      Fact.Traffic one = expected.get(i);
      Fact.Traffic other = actual.get(i);
      assertEquals(one.windowStart(), other.windowStart());
      assertEquals(one.workload(), other.workload());
      assertArrayEquals(
          Activity.CODEC.toBytes(one.activity()),
          Activity.CODEC.toBytes(other.activity()),
          () -> one.workload() + " at " + one.windowStart());
    }
  }
}
