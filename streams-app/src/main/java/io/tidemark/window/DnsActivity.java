package io.tidemark.window;

import io.tidemark.flow.DnsMessage;
import io.tidemark.flow.Flow;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.stats.Hash64;
import java.util.Map;
import java.util.SortedMap;

/**
 * What one workload asked DNS in one window, by registrable domain, and what addresses it learned.
 */
public final class DnsActivity {

  /** Domains kept per window, by hash. */
  public static final int DOMAINS_KEPT = 256;

  /** Answered addresses kept per window, by hash. */
  public static final int ANSWERS_KEPT = 256;

  private final Bounded<String, DomainActivity> domains = Bounded.ofStrings(DOMAINS_KEPT);
  private final Bounded<String, String> answers = Bounded.ofStrings(ANSWERS_KEPT);
  private final Distinct queries = new Distinct(Totals.KEPT);

  /** Distinct queries, those for cluster-internal names and search-path expansions left out. */
  public long queries() {
    return queries.estimate();
  }

  public SortedMap<String, DomainActivity> domains() {
    return domains.sorted();
  }

  /** Whether some domains had no room. */
  public boolean overflowed() {
    return domains.overflowed();
  }

  /** Address to name, as the answers told. */
  public SortedMap<String, String> answers() {
    return answers.sorted();
  }

  public boolean isEmpty() {
    return queries.isEmpty() && answers.isEmpty();
  }

  /**
   * Adds what a flow asked, or was answered.
   *
   * @param domain the registrable one that its query's name lies below
   * @return whether it told anything new, as {@link Edge#add}
   */
  boolean add(Flow flow, String domain) {
    DnsMessage message = flow.dns();
    long query = Hash64.combine(Hash64.of(flow.client().address()), flow.clientPort());
    query = Hash64.combine(query, Hash64.of(message.query()));
    query = Hash64.combine(query, Hash64.of(message.type()));
    queries.add(query);
    for (String address : message.addresses()) {
      answer(address, message.query());
    }
    boolean text = message.carriesText();
    boolean notFound = message.response() && message.rcode() == DnsMessage.NXDOMAIN;
    DomainActivity activity = domain(domain);
    return activity == null
        || activity.add(query, message.query(), text, message.response(), notFound);
  }

  DomainActivity domain(String registrable) {
    return domains.at(registrable, DomainActivity::new);
  }

  void answer(String address, String name) {
    String present = answers.get(address);
    if (present == null) {
      answers.at(address, () -> name);
    } else if (name.compareTo(present) < 0) {
      answers.replace(address, name);
    }
  }

  void merge(DnsActivity other) {
    queries.merge(other.queries);
    other
        .domains
        .sorted()
        .forEach(
            (name, theirs) -> {
              DomainActivity mine = domain(name);
              if (mine != null) {
                mine.merge(theirs);
              }
            });
    if (other.domains.overflowed()) {
      domains.markOverflowed();
    }
    other.answers.sorted().forEach(this::answer);
  }

  /** All of it as plain values. */
  public Facts facts() {
    java.util.TreeMap<String, DomainActivity.Facts> plain = new java.util.TreeMap<>();
    domains.sorted().forEach((name, domain) -> plain.put(name, domain.facts()));
    return new Facts(queries.hashes(), plain, domains.overflowed(), answers.sorted());
  }

  public static DnsActivity of(Facts facts) {
    DnsActivity dns = new DnsActivity();
    dns.queries.addAll(facts.queries());
    facts
        .domains()
        .forEach((name, domain) -> dns.domains.at(name, () -> DomainActivity.of(domain)));
    if (facts.overflowed()) {
      dns.domains.markOverflowed();
    }
    facts.answers().forEach(dns::answer);
    return dns;
  }

  void write(StateWriter out) {
    queries.write(out);
    out.varint(domains.size());
    domains
        .sorted()
        .forEach(
            (name, domain) -> {
              out.string(name);
              domain.write(out);
            });
    out.bool(domains.overflowed());
    out.varint(answers.size());
    answers.sorted().forEach((address, name) -> out.string(address).string(name));
  }

  static DnsActivity read(StateReader in) {
    DnsActivity dns = new DnsActivity();
    dns.queries.merge(Distinct.read(in, Totals.KEPT));
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      DomainActivity domain = DomainActivity.read(in);
      dns.domains.at(name, () -> domain);
    }
    if (in.bool()) {
      dns.domains.markOverflowed();
    }
    for (int left = in.count(); left > 0; left--) {
      dns.answer(in.text(), in.text());
    }
    return dns;
  }

  /**
   * DNS activity as plain values.
   *
   * @param queries hashes of distinct queries, sorted by unsigned value
   * @param domains by registrable domain
   * @param overflowed whether some domains had no room
   * @param answers address to name
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(
      long[] queries,
      Map<String, DomainActivity.Facts> domains,
      boolean overflowed,
      Map<String, String> answers) {}
}
