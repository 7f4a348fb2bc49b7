package io.tidemark.load.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoisonTest {

  private static final int LINES = 300;

  @Test
  void everyKindIsRefusedForTheReasonThatItsDeadLettersMustCarry() {
    FlowParser parser = FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT);

    List<String> wrong = new ArrayList<>();
    for (byte[] line : lines()) {
      assertInstanceOf(Parsed.Of.class, parser.parse(line, 1));
      for (Poison kind : Poison.KINDS) {
        Parsed parsed = parser.parse(kind.of().apply(line.clone()), 1);
        String outcome =
            parsed instanceof Parsed.Bad bad
                ? bad.reason().id()
                : parsed instanceof Parsed.Skipped ? Poison.SKIPPED : "a flow or several";
        if (!outcome.equals(kind.outcome())) {
          wrong.add(kind.name() + " is " + parsed);
        }
      }
    }

    assertEquals(List.of(), wrong.stream().distinct().limit(20).toList());
  }

  @Test
  void thereAreTwentyKindsAndNoneChangesTheLineItIsMadeOf() {
    byte[] line = lines().get(0);
    byte[] before = line.clone();

    for (Poison kind : Poison.KINDS) {
      assertNotSame(line, kind.of().apply(line), kind.name());
    }

    assertTrue(Arrays.equals(before, line));
    assertEquals(20, Poison.KINDS.stream().map(Poison::name).distinct().count());
    assertNotEquals(1, Poison.KINDS.stream().map(Poison::outcome).distinct().count());
  }

  private static List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    FleetTraffic traffic =
        new FleetTraffic(Fleet.of(FleetSpec.of(3)), Load.START, Load.START + 3_600_000, List.of());
    while (lines.size() < LINES && traffic.hasNext()) {
      lines.add(traffic.next().json());
    }
    return lines;
  }
}
