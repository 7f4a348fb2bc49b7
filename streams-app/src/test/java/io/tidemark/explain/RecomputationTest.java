package io.tidemark.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.alert.Alert;
import io.tidemark.alert.AlertText;
import io.tidemark.config.Config;
import io.tidemark.config.ConfigLoader;
import io.tidemark.control.Control;
import io.tidemark.fleet.Fleet;
import io.tidemark.fleet.FleetSpec;
import io.tidemark.fleet.FleetTraffic;
import io.tidemark.fleet.Incident;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.BaselineReport;
import io.tidemark.pipeline.JudgeStage;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Coordinates;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Alerts of a generated day, looked at once more. */
final class RecomputationTest {

  static final JudgeStage.Output NOBODY =
      new JudgeStage.Output() {
        @Override
        public void alert(long start, Alert alert) {}

        @Override
        public void baseline(BaselineReport report) {}
      };

  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final List<String> SETTINGS = new ArrayList<>();

  static {
    for (String name :
        List.of(
            "dns-dga", "dns-tunnel", "host-sweep", "new-peer", "port-scan", "port-use", "volume")) {
      SETTINGS.add("detectors." + name + ".warm-up=12h");
    }
  }

  private static final Config CONFIG = config();
  private static final List<Fact> FACTS = facts();
  private static final Map<String, Alert> ALERTS = judged(CONFIG);
  private static final Map<String, Account> ACCOUNTS = new TreeMap<>();

  private static Config config(String... more) {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(List.of(more));
    return ConfigLoader.load(null, all, name -> null).config();
  }

  private static List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    LocalPipeline observe = Pipeline.observing(CONFIG, AddressBook.EMPTY, facts::add);
    LocalPipeline.Partition partition =
        observe.add(
            new Fold.Place(Source.HUBBLE, "day.jsonl", 0, 1),
            FlowParsers.of(Source.HUBBLE, CONFIG.sources().parsing()),
            CONFIG.sources().hubble().lateness(),
            new LocalPipeline.Listener() {});
    Fleet fleet = Fleet.of(FleetSpec.of(42).withIntensity(0.15));
    List<Incident> script =
        Incident.scripted(fleet, START + 15 * HOUR, Duration.ofMinutes(20).toMillis());
    long[] number = {0};
    new FleetTraffic(fleet, START, START + 20 * HOUR, script)
        .forEachRemaining(line -> partition.accept(line.json(), ++number[0], FlowParser.NO_TIME));
    observe.finish();
    return facts;
  }

  /** A full replay: every workload, from the beginning. */
  private static Map<String, Alert> judged(Config config) {
    Map<String, Alert> told = new TreeMap<>();
    Hindsight all =
        new Hindsight(
            config,
            any -> true,
            Hindsight.ALL,
            Control.NONE,
            new JudgeStage.Output() {
              @Override
              public void alert(long start, Alert alert) {
                told.put(alert.id(), alert);
              }

              @Override
              public void baseline(BaselineReport report) {}
            });
    FACTS.forEach(all::accept);
    return told;
  }

  private static Account explained(Config config, Alert alert) {
    Recomputation recomputation = new Recomputation(config, alert, Control.NONE);
    FACTS.forEach(recomputation);
    return recomputation.account(true);
  }

  /** With the configuration that told it. */
  private static Account explained(Alert alert) {
    return ACCOUNTS.computeIfAbsent(alert.id(), id -> explained(CONFIG, alert));
  }

  private static Alert of(String detector) {
    return ALERTS.values().stream()
        .filter(alert -> alert.detector().equals(detector))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyAlertComesOutTheSameFromTheFactsOfItsWorkloadAlone() {
    assertTrue(ALERTS.size() >= 7, "the day holds something for everyone: " + ALERTS.keySet());
    for (Alert alert : ALERTS.values()) {
      Account account = explained(alert);

      assertEquals(Agreement.Outcome.SAME, account.comparison().outcome(), alert.toString());
      assertEquals(alert.windows(), account.timeline().size() + account.more(), alert.toString());
      double most =
          account.timeline().stream().mapToDouble(Account.Moment::score).max().orElseThrow();
      assertEquals(alert.score(), most, 1e-9, alert.toString());
      assertNotNull(account.window());
      assertFalse(account.normal().isEmpty());
      assertTrue(account.before() < alert.windowEnd());
    }
  }

  @Test
  void theBaselineThatIsShownDoesNotHoldTheAlert() {
    Alert alert = of("port-use");

    Account account = explained(alert);

    String said = account.normal().get("port-use").sentence();
    String port = alert.subject().replaceAll(".* ", "");
    assertFalse(said.contains(port), said + " before " + alert.summary());
  }

  @Test
  void withTheNearestSettingAFullReplayHasNoSuchAlert() {
    int checked = 0;
    for (String detector : List.of("dns-dga", "port-use", "volume")) {
      Alert alert = of(detector);
      Account account = explained(alert);
      Account.Setting setting =
          account.silencers().stream()
              .filter(
                  each ->
                      each.key().startsWith("detectors." + detector + ".min")
                          || each.key().endsWith(".bits"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(detector + ": " + account.silencers()));

      Map<String, Alert> with = judged(config(setting.key() + "=" + setting.value()));

      assertFalse(with.containsKey(alert.id()), setting + " silences " + alert.summary());
      checked++;
    }
    assertEquals(3, checked);
  }

  @Test
  void whereNoSettingOfTheDetectorIsEnoughTwoTogetherAre() {
    Alert scan = of("port-scan");
    List<Account.Setting> pair = explained(scan).pair();

    Map<String, Alert> with =
        judged(
            config(
                pair.stream()
                    .map(setting -> setting.key() + "=" + setting.value())
                    .toArray(String[]::new)));

    assertEquals(2, pair.size());
    assertFalse(with.containsKey(scan.id()), pair.toString());
    assertEquals(List.of(), explained(of("volume")).pair(), "one is enough there");
  }

  @Test
  void settingsComeInTheOrderOfTheirRelativeChange() {
    for (Alert alert : ALERTS.values()) {
      double last = 0;
      for (Account.Setting setting : explained(alert).silencers()) {
        assertTrue(setting.change() >= last, alert.detector() + ": " + setting);
        last = setting.change();
      }
    }
  }

  @Test
  void underOtherSettingsItSaysWhatDiffers() {
    Alert alert = of("dns-dga");

    Account silent = explained(config("detectors.dns-dga.min-domains=200"), alert);
    Account off = explained(config("detectors.dns-dga.enabled=false"), alert);

    assertEquals(Agreement.Outcome.ABSENT, silent.comparison().outcome());
    assertEquals(Agreement.Outcome.ABSENT, off.comparison().outcome());
    assertFalse(off.detectorOn());
    String text = AccountText.write(new AlertText(100, false), off, List.of());
    assertTrue(text.contains("The detector dns-dga is switched off."), text);
  }

  @Test
  void withLessHistoryItSaysSinceWhen() {
    Alert alert = of("volume");
    Recomputation late = new Recomputation(CONFIG, alert, Control.NONE);

    FACTS.stream()
        .filter(
            fact ->
                !(fact instanceof Fact.Traffic traffic)
                    || traffic.windowStart() >= START + 10 * HOUR)
        .forEach(late);

    Account account = late.account(true);
    assertTrue(account.comparison().outcome() != Agreement.Outcome.SAME);
    assertTrue(account.earliest() >= START + 10 * HOUR);
    String text = AccountText.write(new AlertText(100, false), account, List.of());
    assertTrue(text.contains("the oldest fact of this"), text);
  }

  @Test
  void nothingThatARecordHoldsReachesTheTerminalAsAControlSequence() {
    Alert alert = of("port-scan");
    Coordinates at = new Coordinates("day\u001b[2J.jsonl", 0, 7, 7);

    String text =
        AccountText.write(
            new AlertText(100, false),
            explained(alert),
            List.of(RawLine.of(at, "{\"a\":\"\u001b]0;owned\u0007\u202e\r\n\"}")));

    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertTrue(
                    !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT,
                    "U+" + Integer.toHexString(c)));
    assertTrue(text.contains("owned"), text);
  }

  @Test
  void anAccountIsOneLineOfJson() throws Exception {
    Account account = explained(of("port-scan"));

    String line = AccountJson.write(account, List.of());

    var json = new ObjectMapper().readTree(line);
    assertEquals("same", json.at("/recomputed/outcome").asText());
    assertEquals(account.alert().id(), json.at("/alert/id").asText());
    assertFalse(json.at("/before/normal/port-scan/sentence").asText().isEmpty());
    assertTrue(json.at("/silencers/0/set").asText().contains("="));
    assertFalse(line.contains("\n"));
  }
}
