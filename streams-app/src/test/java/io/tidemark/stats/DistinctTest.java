package io.tidemark.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistinctTest {

  @Test
  void itIsExactBelowItsCapacity() {
    Distinct distinct = new Distinct(64);

    for (int i = 0; i < 63; i++) {
      assertTrue(distinct.add(Hash64.mix(i)));
      assertFalse(distinct.add(Hash64.mix(i)));
      assertEquals(i + 1, distinct.estimate());
    }

    assertTrue(distinct.exact());
    assertTrue(distinct.contains(Hash64.mix(62)));
    assertFalse(distinct.contains(Hash64.mix(63)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void beyondItTheErrorIsThePromisedOne(long seed) {
    int k = 256;
    Random random = new Random(seed);
    double squares = 0;
    int runs = 100;

    for (int run = 0; run < runs; run++) {
      Distinct distinct = new Distinct(k);
      int things = k + random.nextInt(20_000);
      for (int i = 0; i < things; i++) {
        distinct.add(random.nextLong());
      }
      double error = distinct.estimate() / (double) things - 1;
      squares += error * error;
      assertTrue(Math.abs(error) < 5 / Math.sqrt(k - 2), things + " things, error " + error);
    }

    // The sample's own spread is 7 % (chi-squared with 100 degrees of freedom); 1.3 is 4 sigma.
    assertTrue(Math.sqrt(squares / runs) < 1.3 / Math.sqrt(k - 2));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void mergingIsIdempotentCommutativeAndAssociative(long seed) {
    Random random = new Random(seed);
    Distinct a = some(random, 50);
    Distinct b = some(random, 200);
    Distinct c = some(random, 10);

    assertArrayEquals(a.hashes(), sum(a, a).hashes());
    assertArrayEquals(sum(a, b).hashes(), sum(b, a).hashes());
    assertArrayEquals(sum(sum(a, b), c).hashes(), sum(a, sum(b, c)).hashes());
  }

  @Test
  void itsWrittenFormHoldsAllOfIt() {
    Distinct distinct = some(new Random(7), 100);
    StateWriter out = new StateWriter();

    distinct.write(out);
    Distinct read = Distinct.read(new StateReader(out.toBytes()), 64);

    assertArrayEquals(distinct.hashes(), read.hashes());
    assertEquals(distinct.estimate(), read.estimate());
  }

  @Test
  void aCapacityWithoutAnErrorBoundIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Distinct(2));
  }

  @Test
  void textsOfEveryLengthHashApart() {
    Distinct distinct = new Distinct(10_000);
    StringBuilder text = new StringBuilder();

    distinct.add(Hash64.of(null));
    distinct.add(Hash64.of(""));
    for (int i = 0; i < 300; i++) {
      distinct.add(Hash64.of(text.append('a').toString()));
      distinct.add(Hash64.of(text + "b"));
    }

    assertEquals(602, distinct.estimate());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void itKeepsWhatASortedSetWouldKeep(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int k = 3 + random.nextInt(20);
      Distinct distinct = new Distinct(k);
      TreeSet<Long> sorted = new TreeSet<>(Long::compareUnsigned);

      for (int i = 0; i < 60; i++) {
        // Few values, some of them with the sign bit, so that many come again.
        long hash = random.nextInt(50) * 0x1999999999999999L;
        boolean kept = sorted.contains(hash);
        boolean room = sorted.size() < k || Long.compareUnsigned(hash, sorted.last()) < 0;
        if (random.nextBoolean()) {
          assertEquals(!kept && room, distinct.add(hash));
        } else {
          assertEquals(kept, distinct.meet(hash));
        }
        sorted.add(hash);
        if (sorted.size() > k) {
          sorted.pollLast();
        }
        assertArrayEquals(sorted.stream().mapToLong(Long::longValue).toArray(), distinct.hashes());
      }
    }
  }

  @Test
  void whatWasMergedIntoAnEmptyOneIsNotShared() {
    Distinct source = new Distinct(8);
    source.addAll(new long[] {1, 2, 3, 4, 5, 6});
    Distinct smaller = new Distinct(4);

    smaller.merge(source);
    smaller.add(0);

    assertArrayEquals(new long[] {0, 1, 2, 3}, smaller.hashes());
    assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6}, source.hashes());
  }

  private static Distinct some(Random random, int count) {
    Distinct distinct = new Distinct(64);
    for (int i = 0; i < count; i++) {
      distinct.add(random.nextInt(400) * 0x9E3779B97F4A7C15L);
    }
    return distinct;
  }

  private static Distinct sum(Distinct a, Distinct b) {
    Distinct sum = new Distinct(64);
    sum.merge(a);
    sum.merge(b);
    return sum;
  }
}
