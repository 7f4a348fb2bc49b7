package io.tidemark.window;

import io.tidemark.flow.DnsMessage;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.stats.Hash64;
import java.util.Set;

/** What one workload asked DNS about one registrable domain in one window. */
public final class DomainActivity {

  /** Distinct names are counted exactly up to this many. */
  static final int NAMES_COUNTED = 128;

  /** Names that are kept as text, so that their form can be judged. */
  static final int NAMES_KEPT = 16;

  private final Distinct queries = new Distinct(NAMES_COUNTED);
  private final Distinct textQueries = new Distinct(NAMES_COUNTED);
  private final Distinct names = new Distinct(NAMES_COUNTED);
  private final Bounded<String, String> kept = Bounded.ofStrings(NAMES_KEPT);
  private boolean answered;
  private boolean nxdomain;

  /** Distinct queries (client, port, name, type); the response repeats the query and adds none. */
  public long queries() {
    return queries.estimate();
  }

  /** Distinct queries for types that carry much: {@link DnsMessage#carriesText}. */
  public long textQueries() {
    return textQueries.estimate();
  }

  /** Distinct names. */
  public long names() {
    return names.estimate();
  }

  /** Hashes of distinct names, the smallest 128: to be merged over windows. */
  public Distinct nameHashes() {
    return names;
  }

  /** Up to 16 full names, chosen by hash: an unbiased sample. */
  public Set<String> sample() {
    return kept.sorted().keySet();
  }

  /** Whether a response other than NXDOMAIN was seen. */
  public boolean answered() {
    return answered;
  }

  /** Whether an NXDOMAIN response was seen. */
  public boolean nxdomain() {
    return nxdomain;
  }

  boolean add(long query, String name, boolean text, boolean response, boolean notFound) {
    boolean news = queries.add(query) || !queries.exact();
    news |= (response && !notFound && !answered) || (notFound && !nxdomain);
    if (text) {
      textQueries.add(query);
    }
    names.add(Hash64.of(name));
    kept.at(name, () -> name);
    answered |= response && !notFound;
    nxdomain |= notFound;
    return news;
  }

  void merge(DomainActivity other) {
    queries.merge(other.queries);
    textQueries.merge(other.textQueries);
    names.merge(other.names);
    for (String name : other.kept.values()) {
      kept.at(name, () -> name);
    }
    answered |= other.answered;
    nxdomain |= other.nxdomain;
  }

  /** All of it as plain values. */
  public Facts facts() {
    return new Facts(
        queries.hashes(),
        textQueries.hashes(),
        names.hashes(),
        sample().toArray(String[]::new),
        answered,
        nxdomain);
  }

  public static DomainActivity of(Facts facts) {
    DomainActivity domain = new DomainActivity();
    domain.queries.addAll(facts.queries());
    domain.textQueries.addAll(facts.textQueries());
    domain.names.addAll(facts.names());
    for (String name : facts.sample()) {
      domain.kept.at(name, () -> name);
    }
    domain.answered = facts.answered();
    domain.nxdomain = facts.nxdomain();
    return domain;
  }

  void write(StateWriter out) {
    queries.write(out);
    textQueries.write(out);
    names.write(out);
    Set<String> sample = sample();
    out.varint(sample.size());
    sample.forEach(out::string);
    out.bool(answered).bool(nxdomain);
  }

  static DomainActivity read(StateReader in) {
    DomainActivity domain = new DomainActivity();
    domain.queries.merge(Distinct.read(in, NAMES_COUNTED));
    domain.textQueries.merge(Distinct.read(in, NAMES_COUNTED));
    domain.names.merge(Distinct.read(in, NAMES_COUNTED));
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      domain.kept.at(name, () -> name);
    }
    domain.answered = in.bool();
    domain.nxdomain = in.bool();
    return domain;
  }

  /**
   * A domain's activity as plain values; hashes are sorted by unsigned value.
   *
   * @param queries hashes of distinct queries
   * @param textQueries hashes of distinct queries for TXT, NULL and the like
   * @param names hashes of distinct names
   * @param sample names as text
   * @param answered whether a response other than NXDOMAIN was seen
   * @param nxdomain whether an NXDOMAIN response was seen
   */
  @SuppressWarnings("ArrayRecordComponent") // Plain transport between two forms; never compared.
  public record Facts(
      long[] queries,
      long[] textQueries,
      long[] names,
      String[] sample,
      boolean answered,
      boolean nxdomain) {}
}
