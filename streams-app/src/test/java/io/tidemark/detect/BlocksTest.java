package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import org.junit.jupiter.api.Test;

class BlocksTest {

  private static final int PERSISTENCE = 4;
  private static final int WITHIN = 5;

  @Test
  void ofStepsThatAreEnoughByThemselvesFourOfTheLastFiveMustBeUnusual() {
    Blocks blocks = new Blocks();

    blocks.close(100, true, true);
    blocks.close(101, true, true);
    blocks.close(102, false, false);
    blocks.close(103, true, true);

    assertTrue(blocks.persists(104, true, PERSISTENCE, WITHIN));
    assertFalse(blocks.persists(105, true, PERSISTENCE, WITHIN));
  }

  @Test
  void aLongBlockLastsByItselfIfEnoughOfItsStepsAreBad() {
    Blocks blocks = new Blocks();

    blocks.goOn(100, true);
    blocks.goOn(102, false);
    blocks.goOn(103, true);

    assertFalse(blocks.persists(104, true, PERSISTENCE, WITHIN));
    blocks.goOn(104, true);
    assertTrue(blocks.persists(106, true, PERSISTENCE, WITHIN));
    assertEquals(7, blocks.steps(106));
  }

  @Test
  void theBlockDirectlyBeforeCountsHoweverLongThisOneIs() {
    Blocks blocks = new Blocks();
    blocks.close(100, true, true);
    blocks.goOn(103, true);
    blocks.goOn(108, true);

    assertTrue(blocks.persists(114, true, PERSISTENCE, WITHIN));
  }

  @Test
  void whatDoesNotFillUpInTimeIsGivenUp() {
    Blocks blocks = new Blocks();
    blocks.goOn(100, true);

    assertTrue(blocks.isOpenAt(100 + Blocks.LONGEST - 1));
    assertFalse(blocks.isOpenAt(100 + Blocks.LONGEST));
    assertEquals(1, blocks.steps(100 + Blocks.LONGEST));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Blocks blocks = new Blocks();
    blocks.close(100, true, true);
    blocks.goOn(101, true);
    blocks.goOn(102, true);
    StateWriter out = new StateWriter();
    blocks.write(out);

    Blocks read = Blocks.read(new StateReader(out.toBytes()));

    assertEquals(100, read.latest());
    assertEquals(3, read.steps(103));
    assertTrue(read.persists(103, true, PERSISTENCE, WITHIN));
  }
}
