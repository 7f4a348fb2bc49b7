package io.tidemark.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.alert.Alert;
import io.tidemark.config.Config;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.service.Pipeline;
import io.tidemark.window.Fold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster without a proxy: the name server's log is all there is. */
final class CoreDnsLogTest {

  private static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
  private static final Workload SHOP = new Workload("kubernetes", "shop", "api");

  @Test
  void aTunnelInTheLogIsAnAlertOfTheWorkloadThatHadTheAddress() {
    List<Lookup> lookups =
        Tool.run(
            Tool.iodine("TXT", Encoding.IODINE128_ESCAPED, false), 1, START, 5, "t.example.org");
    AddressBook addresses =
        (address, from, to, asOf) ->
            Optional.of(new AddressBook.Owner(SHOP, null)).filter(o -> address.equals("10.0.3.7"));

    List<Alert> alerts = observe(lookups, addresses);

    assertEquals(1, alerts.size(), alerts.toString());
    assertEquals("dns-tunnel", alerts.get(0).detector());
    assertEquals(SHOP, alerts.get(0).workload());
    assertEquals(Source.COREDNS, alerts.get(0).source());
  }

  @Test
  void anAddressThatNobodyClaimsIsASubjectOfItsOwn() {
    List<Lookup> lookups = Tool.run(Tool.dnscat2(true), 1, START, 5, "t.example.org");

    List<Alert> alerts = observe(lookups, AddressBook.EMPTY);

    assertEquals(1, alerts.size(), alerts.toString());
    assertTrue(alerts.get(0).workload().key().contains("10.0.3.7"), alerts.toString());
  }

  /** Names are no traffic: nothing but the two detectors of DNS has anything to say. */
  @Test
  void twoDaysOfAnOrdinaryHostAreQuiet() {
    List<Lookup> lookups = new ArrayList<>(BenignHost.WINDOWS.day(1, START));
    lookups.addAll(BenignHost.BROWSER.day(2, START + 86_400_000));

    assertEquals(List.of(), observe(lookups, AddressBook.EMPTY));
  }

  private static List<Alert> observe(List<Lookup> lookups, AddressBook addresses) {
    Config config = Config.defaults();
    LocalPipeline pipeline = Pipeline.local(config, addresses);
    LocalPipeline.Partition partition =
        pipeline.add(
            new Fold.Place(Source.COREDNS, "coredns.log", 0, 1),
            FlowParsers.detecting(config.sources().parsing()),
            config.sources().coredns().lateness(),
            new LocalPipeline.Listener() {});
    long line = 0;
    for (Lookup lookup : lookups) {
      partition.accept(lookup.logged("10.0.3.7"), ++line, FlowParser.NO_TIME);
    }
    pipeline.finish();
    assertEquals(0, pipeline.tally().badTotal());
    return pipeline.alerts();
  }
}
