package io.tidemark.detect;

import io.tidemark.flow.Peer;
import io.tidemark.flow.Source;
import io.tidemark.flow.Workload;
import java.time.Duration;

/** The words in which tests speak of time, of the workload that is judged, and of its peers. */
final class Windows {

  /** A Tuesday in November 2023, at a full ten seconds. */
  static final long START = 1_700_000_000_000L;

  static final long LENGTH = 10_000;

  static final Workload SUBJECT = new Workload("prod", "payments", "api");

  private Windows() {}

  /** Start of the window that lies this long after the first one. */
  static long after(Duration age) {
    return START + age.toMillis() / LENGTH * LENGTH;
  }

  static Window at(long start, TestActivity activity) {
    return at(Source.HUBBLE, start, activity);
  }

  static Window at(Source source, long start, TestActivity activity) {
    return new Window(source, SUBJECT, start, start + LENGTH, activity.build(), false);
  }

  /** A workload in the subject's own namespace. */
  static Peer workload(String name) {
    return Peer.of(new Workload("prod", "payments", name));
  }

  static Peer reserved(String name) {
    return Peer.of(new Workload("prod", Workload.RESERVED, name));
  }

  static Peer domain(String registrable) {
    return new Peer(Peer.Type.DOMAIN, registrable);
  }

  static Peer range(String name) {
    return new Peer(Peer.Type.RANGE, name);
  }

  static Peer address(String address) {
    return Peer.ofAddress(address);
  }
}
