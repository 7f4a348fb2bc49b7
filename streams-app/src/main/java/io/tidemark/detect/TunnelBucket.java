package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.stats.Hash64;
import io.tidemark.window.DomainActivity;

/**
 * What was asked about one domain in some time: distinct names, and how they are written. At most
 * 96 hashes.
 */
final class TunnelBucket {

  /** Names are counted exactly below this, beyond with a standard error of 12.7 %. */
  static final int NAMES_COUNTED = 64;

  /** Only tells whether most are new or most the same, so a standard error of 18 % will do. */
  private static final int RUNS_COUNTED = 32;

  private final Distinct names = new Distinct(NAMES_COUNTED);
  private final Distinct runs = new Distinct(RUNS_COUNTED);
  private long queries;
  private long text;
  private long sampled;
  private long addresses;
  private long carrying;
  private long encoded;
  private long occurrences;

  /**
   * @param least encoded characters that a name needs to count as one that carries data
   */
  void add(String registrable, DomainActivity activity, double least) {
    names.merge(activity.nameHashes());
    queries += activity.queries();
    text += activity.textQueries();
    for (String name : activity.sample()) {
      String left = NameForm.left(name, registrable);
      if (!left.isEmpty()) {
        sampled++;
        addresses += NameForm.asksAboutAddress(left) ? 1 : 0;
        int length = NameForm.encodedLength(left);
        if (length >= least) {
          carrying++;
          encoded += length;
          NameForm.encodedRuns(left, this::carried);
        }
      }
    }
  }

  private void carried(String run) {
    occurrences++;
    runs.add(Hash64.of(run));
  }

  void merge(TunnelBucket other) {
    names.merge(other.names);
    runs.merge(other.runs);
    queries += other.queries;
    text += other.text;
    sampled += other.sampled;
    addresses += other.addresses;
    carrying += other.carrying;
    encoded += other.encoded;
    occurrences += other.occurrences;
  }

  long names() {
    return names.estimate();
  }

  long queries() {
    return queries;
  }

  /** Queries for types that carry much (TXT, NULL and the like) as a share of all, 0 to 1. */
  double textShare() {
    return queries == 0 ? 0 : Math.min(1, (double) text / queries);
  }

  /** Distinct names per query, 0 to 1: data is asked for once. */
  double uniqueness() {
    return queries == 0 ? 0 : Math.min(1, (double) names() / queries);
  }

  /** Characters that look like encoded data, the mean of the names that carry some. */
  double encodedLength() {
    return carrying == 0 ? 0 : (double) encoded / carrying;
  }

  /**
   * Names that carry encoded data which is new in each of them: a key or an account that stands in
   * every name says nothing. Projected from the sampled names.
   */
  double encodedNames() {
    if (carrying == 0) {
      return 0;
    }
    double fresh = Math.min(1, (double) runs.estimate() / occurrences);
    return names() * fresh * carrying / sampled;
  }

  /**
   * Names that were asked for text, those about an address (block lists, AS look-ups) left out.
   * Projected from the sampled names.
   */
  double textNames() {
    double about = sampled == 0 ? 0 : (double) addresses / sampled;
    return names() * textShare() * (1 - about);
  }

  void write(StateWriter out) {
    names.write(out);
    runs.write(out);
    out.varlong(queries).varlong(text).varlong(sampled).varlong(addresses);
    out.varlong(carrying).varlong(encoded).varlong(occurrences);
  }

  static TunnelBucket read(StateReader in) {
    TunnelBucket bucket = new TunnelBucket();
    bucket.names.merge(Distinct.read(in, NAMES_COUNTED));
    bucket.runs.merge(Distinct.read(in, RUNS_COUNTED));
    bucket.queries = in.varlong();
    bucket.text = in.varlong();
    bucket.sampled = in.varlong();
    bucket.addresses = in.varlong();
    bucket.carrying = in.varlong();
    bucket.encoded = in.varlong();
    bucket.occurrences = in.varlong();
    return bucket;
  }
}
