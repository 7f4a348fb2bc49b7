package io.tidemark.load.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MutationTest {

  private static final List<byte[]> LINES =
      List.of(
          "2 1 eni-0 10.0.0.1 10.0.0.2 40000 80 6 20 4249 1 60 REJECT OK"
              .getBytes(StandardCharsets.UTF_8),
          new byte[0],
          "{\"flow\":{\"verdict\":\"DROPPED\"}}".getBytes(StandardCharsets.UTF_8));

  @Test
  void theSameSeedDamagesAlike() {
    Mutation one = new Mutation(LINES, new Random(7));
    Mutation other = new Mutation(LINES, new Random(7));

    for (int i = 0; i < 1_000; i++) {
      assertArrayEquals(one.next(), other.next());
    }
  }

  @Test
  void mostLinesAreChangedAndNoneGrowsBeyondTheBound() {
    Mutation mutation = new Mutation(LINES, new Random(7));

    int changed = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] line = mutation.next();
      assertTrue(line.length <= Mutation.LARGEST, line.length + " bytes");
      changed += LINES.stream().noneMatch(each -> Arrays.equals(each, line)) ? 1 : 0;
    }

    assertTrue(changed > 4_000, changed + " of 5000 changed");
  }

  @Test
  void theLinesThemselvesStayAsTheyAre() {
    List<byte[]> before = LINES.stream().map(byte[]::clone).toList();
    Mutation mutation = new Mutation(LINES, new Random(7));

    for (int i = 0; i < 1_000; i++) {
      mutation.next();
    }

    for (int i = 0; i < LINES.size(); i++) {
      assertArrayEquals(before.get(i), LINES.get(i));
    }
  }
}
