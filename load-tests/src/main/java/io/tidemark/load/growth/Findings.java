package io.tidemark.load.growth;

import java.util.List;

/** What a whole run came to. */
record Findings(List<Table> tables, List<Expectation.Verdict> verdicts) {

  Findings {
    tables = List.copyOf(tables);
    verdicts = List.copyOf(verdicts);
  }

  boolean held() {
    return verdicts.stream().allMatch(Expectation.Verdict::held);
  }
}
