package io.tidemark.window;

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
