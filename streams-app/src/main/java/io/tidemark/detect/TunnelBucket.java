package io.tidemark.detect;

import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import io.tidemark.stats.Distinct;
import io.tidemark.window.DomainActivity;

/**
 * What was asked about one domain in some time: distinct names, and how they are written. At most
 * 64 hashes.
 */
final class TunnelBucket {

  /** Names are counted exactly below this, beyond with a standard error of 12.7 %. */
  static final int NAMES_COUNTED = 64;

  private final Distinct names = new Distinct(NAMES_COUNTED);
  private long queries;
  private long text;
  private long sampled;
  private long encoded;

  void add(String registrable, DomainActivity activity) {
    names.merge(activity.nameHashes());
    queries += activity.queries();
    text += activity.textQueries();
    for (String name : activity.sample()) {
      String left = NameForm.left(name, registrable);
      if (!left.isEmpty()) {
        sampled++;
        encoded += NameForm.encodedLength(left);
      }
    }
  }

  void merge(TunnelBucket other) {
    names.merge(other.names);
    queries += other.queries;
    text += other.text;
    sampled += other.sampled;
    encoded += other.encoded;
  }

  long names() {
    return names.estimate();
  }

  long queries() {
    return queries;
  }

  /** Queries for TXT and NULL as a share of all, 0 to 1. */
  double textShare() {
    return queries == 0 ? 0 : Math.min(1, (double) text / queries);
  }

  /** Characters per name that look like encoded data, the mean of the sampled names. */
  double encodedLength() {
    return sampled == 0 ? 0 : (double) encoded / sampled;
  }

  void write(StateWriter out) {
    names.write(out);
    out.varlong(queries).varlong(text).varlong(sampled).varlong(encoded);
  }

  static TunnelBucket read(StateReader in) {
    TunnelBucket bucket = new TunnelBucket();
    bucket.names.merge(Distinct.read(in, NAMES_COUNTED));
    bucket.queries = in.varlong();
    bucket.text = in.varlong();
    bucket.sampled = in.varlong();
    bucket.encoded = in.varlong();
    return bucket;
  }
}
