package io.tidemark.window;

import io.tidemark.flow.Workload;
import io.tidemark.state.ObjectStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A window that is not complete yet: what is folded into it so far, by subject. */
final class OpenWindow {

  /** One subject's facts. */
  static final class Subject {

    private final OpenKey key;
    private final Workload workload;
    private final Activity activity;
    // No store has written that seldom.
    private long noted = -1;

    Subject(OpenKey key, Workload workload, Activity activity) {
      this.key = key;
      this.workload = workload;
      this.activity = activity;
    }

    OpenKey key() {
      return key;
    }

    /** Who it is, {@code null} for an address whose owner is not looked up yet. */
    Workload workload() {
      return workload;
    }

    Activity activity() {
      return activity;
    }

    /** Has the store know of a change, once for all changes between two of its writings. */
    void changed(ObjectStore<OpenKey, Activity> store) {
      long writes = store.writes();
      if (noted != writes) {
        store.put(key, activity);
        noted = writes;
      }
    }
  }

  private final long start;
  private final long length;
  private final Map<String, Subject> subjects = new HashMap<>();
  // Both are looked up with the first record: a loss notice may have made the counts before.
  private Progress.Counts counts;
  private Subject source;
  private boolean closed;

  OpenWindow(long start, long length) {
    this.start = start;
    this.length = length;
  }

  long start() {
    return start;
  }

  boolean holds(long time) {
    return time >= start && time - start < length;
  }

  Progress.Counts counts(Progress progress) {
    if (counts == null) {
      counts = progress.window(start);
    }
    return counts;
  }

  /** The subject that stands for the source as a whole. */
  Subject source(String key, Workload workload) {
    if (source == null) {
      source = subject(key, workload);
      source.activity().mergeKind(Workload.KIND_SOURCE);
    }
    return source;
  }

  /**
   * A subject, made when absent.
   *
   * @param name see {@link OpenKey#subject}
   * @param workload whom the name is the key of, {@code null} if it is an address
   */
  Subject subject(String name, Workload workload) {
    Subject present = subjects.get(name);
    if (present == null) {
      present = new Subject(new OpenKey(start, name), workload, new Activity());
      subjects.put(name, present);
    }
    return present;
  }

  void restore(OpenKey key, Activity activity) {
    subjects.put(key.subject(), new Subject(key, key.workload(), activity));
  }

  void forEach(Consumer<Subject> visitor) {
    subjects.values().forEach(visitor);
  }

  /** Nothing is folded into it any more. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }
}
