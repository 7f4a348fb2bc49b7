package io.tidemark.load.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResistanceTest {

  private static final Resistance RESISTANCE = new Resistance(5_000, 0.5);

  private static Trial.Result result(
      Attack attack, double speed, double cpu, long dossiers, long half, long end) {
    Point point =
        new Point(
            attack.id(), 1, new Traffic(1, 100, 10, 10, attack, 0), 4, 1, 1_000, 1_000, List.of());
    Figures figures =
        new Figures()
            .put(Measure.RECORDS_PER_SECOND, speed)
            .put(Measure.CPU_SECONDS_PER_MILLION, cpu);
    return new Trial.Result(
        point,
        figures,
        new Trial.State(new Kept(half, dossiers, half, 0, 0), 100_000_000),
        new Trial.State(new Kept(end, dossiers, end, 0, 0), 100_000_000));
  }

  private static List<Boolean> held(Trial.Result attacked) {
    Trial.Result calm = result(Attack.CALM, 10_000, 50, 101, 10_000_000, 11_000_000);
    return RESISTANCE.of(calm, attacked).stream().map(Expectation.Verdict::held).toList();
  }

  @Test
  void whatStaysWithinItsBoundsIsHeld() {
    assertEquals(
        List.of(true, true, true, true),
        held(result(Attack.PODS, 5_100, 99, 5_000, 20_000_000, 21_000_000)));
  }

  @Test
  void lessThanHalfOfTheSpeedByClockAndByProcessorIsBroken() {
    assertEquals(false, held(result(Attack.PODS, 4_900, 101, 9, 1, 1)).get(0));
    assertEquals(true, held(result(Attack.PODS, 4_900, 60, 9, 1, 1)).get(0));
  }

  @Test
  void moreWorkloadsThanTheBoundAreBroken() {
    assertEquals(false, held(result(Attack.PODS, 9_000, 50, 5_001, 1, 1)).get(1));
    assertEquals(false, held(result(Attack.SCANNER, 9_000, 50, 102, 1, 1)).get(1));
  }

  @Test
  void asLongAsThereIsRoomForMadeUpPodsStateMayGrow() {
    assertEquals(2, held(result(Attack.PODS, 9_000, 50, 4_000, 20_000_000, 40_000_000)).size());
    assertEquals(false, held(result(Attack.PODS, 9_000, 50, 5_000, 20_000_000, 40_000_000)).get(2));
  }

  @Test
  void stateThatGrowsWithTheAttackIsBroken() {
    assertEquals(false, held(result(Attack.NAMES, 9_000, 50, 101, 20_000_000, 40_000_000)).get(2));
  }
}
