package io.tidemark.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.alert.AlertSettings;
import io.tidemark.config.Config;
import io.tidemark.config.Detectors;
import io.tidemark.control.Control;
import io.tidemark.fleet.Line;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.pipeline.Panel;
import io.tidemark.pipeline.Room;
import io.tidemark.schemas.BaselineSnapshot;
import io.tidemark.schemas.DetectorBaseline;
import io.tidemark.state.MemoryObjectStore;
import io.tidemark.window.Fold;
import io.tidemark.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the baselines topic says of a workload. */
final class BaselineRecordsTest {

  @Test
  void aSnapshotSaysWhatEveryDetectorHasLearned() throws Exception {
    List<BaselineReport> reports = reports(Bench.lines(150));
    BaselineReport last = reports.get(reports.size() - 1);

    BaselineSnapshot first = AlertRecords.of(reports.get(0));
    BaselineSnapshot snapshot = AlertRecords.of(last);

    assertEquals(Config.defaults().detectors().inService().size(), snapshot.getDetectors().size());
    DetectorBaseline ports = detector(snapshot, "port-use");
    assertTrue(ports.getSummary().matches("Calls .*; serves .*\\."), ports.getSummary());
    JsonNode json = new ObjectMapper().readTree(ports.getJson());
    assertEquals(ports.getSummary(), json.get("sentence").asText());
    assertFalse(json.get("values").isEmpty());
    assertEquals("", detector(first, "dns-dga").getSummary());
    assertNull(detector(first, "dns-dga").getJson());
    assertFalse(snapshot.getMissing().isEmpty(), "what is missing has a field of its own");
  }

  private static DetectorBaseline detector(BaselineSnapshot snapshot, String name) {
    return snapshot.getDetectors().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<BaselineReport> reports(List<Line> lines) {
    IdentitySettings identity = IdentitySettings.defaults();
    DomainNames domains = new DomainNames(identity);
    List<BaselineReport> reports = new ArrayList<>();
    JudgeStage judge =
        new JudgeStage(
            WindowSettings.defaults().length(),
            new Panel(Detectors.defaults().inService()),
            AlertSettings.defaults(),
            domains,
            identity.ranges(),
            new JudgeStage.Stores(
                new MemoryObjectStore<>(), new MemoryObjectStore<>(), new MemoryObjectStore<>()),
            Control.NONE,
            Room.forAll(),
            new JudgeStage.Output() {
              @Override
              public void alert(long start, io.tidemark.alert.Alert alert) {}

              @Override
              public void baseline(BaselineReport report) {
                reports.add(report);
              }
            });
    LocalPipeline observe =
        LocalPipeline.observing(
            WindowSettings.defaults(),
            new Fold.Names(new Identity(identity), domains, AddressBook.EMPTY, identity.cluster()),
            judge::accept);
    LocalPipeline.Partition partition =
        observe.add(
            new Fold.Place(Source.HUBBLE, "lines", 0, 1),
            FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT),
            Duration.ofSeconds(30),
            new LocalPipeline.Listener() {});
    long number = 0;
    for (Line line : lines) {
      partition.accept(line.json(), ++number, FlowParser.NO_TIME);
    }
    observe.finish();
    return reports;
  }
}
