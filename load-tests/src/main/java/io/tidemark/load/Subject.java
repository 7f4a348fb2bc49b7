package io.tidemark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One row of the table: an engine over a feed. Over Hubble lines it has the engine's bare name. */
record Subject(Engine engine, Feed feed) {

  String name() {
    return feed == Feed.HUBBLE ? engine.id() : engine.id() + "-" + feed.id();
  }

  /** All that can be measured: over facts only what reads facts, and a replay keeps no store. */
  static List<Subject> all() {
    List<Subject> all = new ArrayList<>();
    for (Feed feed : Feed.values()) {
      all.addAll(of(feed));
    }
    return all;
  }

  /** Those of one feed, in the order in which they are measured. */
  static List<Subject> of(Feed feed) {
    List<Subject> subjects = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      boolean readsFacts =
          engine == Engine.RAW || engine == Engine.LIMIT || engine == Engine.TIDEMARK;
      if (feed != Feed.ACTIVITY || readsFacts) {
        subjects.add(new Subject(engine, feed));
      }
    }
    return subjects;
  }

  /** The one of that name, such as {@code limit} or {@code limit-vpc-flow}. */
  static Optional<Subject> named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return all().stream().filter(subject -> subject.name().equals(wanted)).findFirst();
  }
}
