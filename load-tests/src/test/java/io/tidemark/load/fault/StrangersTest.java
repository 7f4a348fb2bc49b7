package io.tidemark.load.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.Line;
import io.tidemark.flow.Flow;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StrangersTest {

  private static final int PEERS = 50;
  private static final long FROM = Load.START + 3_600_000;

  @Test
  void everyLineIsAFlowOfAStrangerWithinTheMinute() {
    List<Line> known = Load.lines(1, 1);

    List<Line> lines = new Strangers(new Random(1), FROM).lines(known, PEERS);

    FlowParser parser = FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT);
    Set<String> names = new HashSet<>();
    for (Line line : lines) {
      Parsed parsed = parser.parse(line.json(), FROM);
      assertTrue(parsed instanceof Parsed.Of, parsed.toString());
      Flow flow = ((Parsed.Of) parsed).flow();
      names.add(flow.client().workload());
      assertTrue(flow.time() >= FROM && flow.time() < FROM + 60_000);
    }
    assertEquals(PEERS * Strangers.CALLS, lines.size());
    assertEquals(PEERS, names.stream().filter(name -> name.startsWith(Strangers.NAME)).count());
    assertEquals(PEERS, names.size());
  }
}
