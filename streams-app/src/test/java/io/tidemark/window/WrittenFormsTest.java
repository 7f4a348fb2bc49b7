package io.tidemark.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemark.flow.Flow;
import io.tidemark.state.CodecContract;
import org.junit.jupiter.api.Test;

final class WrittenFormsTest {

  @Test
  void anActivityIsWrittenAsPinned() {
    Folding folding = folding();

    Activity activity = folding.flush().activity("default/shop/app-1").orElseThrow();

    CodecContract.check(WrittenFormsTest.class, "activity", Activity.CODEC, activity);
  }

  @Test
  void anActivityThatAFormerVersionWroteIsRead() {
    Activity before = CodecContract.written(WrittenFormsTest.class, "activity-1", Activity.CODEC);
    Activity today = folding().flush().activity("default/shop/app-1").orElseThrow();

    assertEquals(today.edges().keySet(), before.edges().keySet());
    assertEquals(today.egress().facts().records(), before.egress().facts().records());
    before.edges().values().forEach(edge -> assertNull(edge.http()));
    assertNull(before.supply());
  }

  @Test
  void responsesAndSupplyAreWrittenAsPinned() {
    Folding folding = new Folding();
    HttpFlows.some(40).forEach(folding::timed);
    folding.lost(RandomFlows.T, RandomFlows.T, 5);
    folding.flush();

    Activity activity = folding.activity("default/shop/web").orElseThrow();
    activity.mergeSupply(folding.supply());

    CodecContract.check(WrittenFormsTest.class, "activity-http", Activity.CODEC, activity);
  }

  @Test
  void thePartitionsProgressIsWrittenAsPinned() {
    Folding folding = folding();
    folding.lost(RandomFlows.T, RandomFlows.T, 5);
    folding.progress.parserMemory("version account-id");
    folding.progress.tally().skip("blank");
    folding.progress.tally().reject("syntax");

    CodecContract.check(WrittenFormsTest.class, "progress", Progress.CODEC, folding.progress);
  }

  private static Folding folding() {
    Folding folding = new Folding();
    for (Flow flow : new RandomFlows(3).some(12)) {
      folding.timed(flow);
    }
    return folding;
  }
}
