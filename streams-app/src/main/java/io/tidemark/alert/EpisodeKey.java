package io.tidemark.alert;

import java.util.Comparator;

/**
 * What tells the episodes of one workload and source apart.
 *
 * @param detector the detector's name
 * @param subjectKind what {@code subject} names
 * @param subject what it is about
 */
record EpisodeKey(String detector, String subjectKind, String subject)
    implements Comparable<EpisodeKey> {

  private static final Comparator<EpisodeKey> ORDER =
      Comparator.comparing(EpisodeKey::detector)
          .thenComparing(EpisodeKey::subjectKind)
          .thenComparing(EpisodeKey::subject);

  @Override
  public int compareTo(EpisodeKey other) {
    return ORDER.compare(this, other);
  }
}
