package io.tidemark.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.Intervals;
import io.tidemark.flow.Parsed;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HappenedTest {

  private static final Event EVENT = Said.event("e", 10, 20, "10.0.0.5");

  @Test
  void whoSpeaksFromAnAddressDuringTheEventIsAPartyOfIt() {
    Happened happened = happened(AddressBook.EMPTY, EVENT);

    happened.flow(hubble(12, "10.0.0.5", "web-7d9c5b4f66-x2x4f").flow());
    happened.flow(hubble(13, "10.0.0.5", "web-7d9c5b4f66-x2x4f").flow());

    assertEquals("[10.0.0.5, prod/shop/web]", happened.events().get(0).parties().toString());
  }

  @Test
  void whoHadTheAddressBeforeOrAfterIsNot() {
    Happened happened = happened(AddressBook.EMPTY, EVENT);

    happened.flow(hubble(8.9, "10.0.0.5", "old-7d9c5b4f66-x2x4f").flow());
    happened.flow(hubble(30.1, "10.0.0.5", "new-7d9c5b4f66-x2x4f").flow());
    happened.flow(hubble(12, "10.0.0.6", "else-7d9c5b4f66-x2x4f").flow());

    assertEquals("[10.0.0.5]", happened.events().get(0).parties().toString());
  }

  @Test
  void whoHadTheAddressByTheBookIsAParty() {
    Intervals book = new Intervals();
    book.add(
        "10.0.0.5",
        new AddressBook.Owner(new Workload("prod", "shop", "cart"), null),
        Said.at(0),
        Said.at(60),
        AddressHistory.ALWAYS);

    Happened happened = happened(book, EVENT, Said.event("later", 70, 80, "10.0.0.5"));

    assertEquals("[10.0.0.5, prod/shop/cart]", happened.events().get(0).parties().toString());
    assertEquals("[10.0.0.5]", happened.events().get(1).parties().toString());
  }

  private static Happened happened(AddressBook book, Event... events) {
    return new Happened(
        List.of(events), Said.RULES, new Identity(IdentitySettings.defaults()), book);
  }

  private static Parsed.Of hubble(double minute, String address, String pod) {
    String line =
        ("{'flow':{'time':'%s','verdict':'FORWARDED','IP':{'source':'%s','destination':'10.0.9.9',"
                + "'ipVersion':'IPv4'},'l4':{'TCP':{'source_port':40000,'destination_port':443,"
                + "'flags':{'SYN':true}}},'source':{'ID':1,'identity':22760,'cluster_name':'prod',"
                + "'namespace':'shop','pod_name':'%s'},'destination':{'identity':2,"
                + "'labels':['reserved:world']},'Type':'L3_L4','is_reply':false,"
                + "'traffic_direction':'EGRESS','event_type':{'type':4}},'node_name':'n'}")
            .replace('\'', '"')
            .formatted(Instant.ofEpochMilli(Said.at(minute)), address, pod);
    return (Parsed.Of)
        FlowParsers.of(Source.HUBBLE, ParserSettings.DEFAULT)
            .parse(line.getBytes(StandardCharsets.UTF_8), 0);
  }
}
