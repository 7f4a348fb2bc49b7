package io.tidemark.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was said, by id. What is said later under an id takes over for the windows that start at
 * or after the time it was written; what was said before goes on holding for earlier ones, so that
 * history is judged as it was. In what order the ids come makes no difference; under one id the
 * order is that of adding.
 *
 * <p>Bounded: {@link #MOST_IDS} ids, of which the one goes first whose last statement ended longest
 * ago, and {@link #MOST_VERSIONS} statements of each, of which the oldest goes first.
 */
public final class Book implements Control {

  public static final int MOST_IDS = 10_000;
  public static final int MOST_VERSIONS = 32;

  /** Oldest first. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong((Entry entry) -> entry.statement().written())
          .thenComparing(entry -> entry.statement().id());

  private final TreeMap<String, List<Statement>> versions = new TreeMap<>();
  private final int mostIds;
  private long cachedFrom;
  private long cachedTo;
  private Holding cached;

  public Book() {
    this(MOST_IDS);
  }

  Book(int mostIds) {
    this.mostIds = mostIds;
  }

  /**
   * Takes a statement in.
   *
   * @return the id that gave way, {@code null} as a rule
   */
  public synchronized String add(Statement statement) {
    cached = null;
    List<Statement> same = versions.computeIfAbsent(statement.id(), id -> new ArrayList<>(1));
    // A broker's clock may have gone back; what is said later is never older.
    long written =
        same.isEmpty()
            ? statement.written()
            : Math.max(statement.written(), same.get(same.size() - 1).written());
    same.add(statement.writtenAt(written));
    if (same.size() > MOST_VERSIONS) {
      same.remove(0);
    }
    return versions.size() > mostIds ? makeRoom() : null;
  }

  /** All statements under an id, the oldest first. */
  public synchronized List<Statement> versions(String id) {
    return List.copyOf(versions.getOrDefault(id, List.of()));
  }

  /** All that is known, in the order of writing; revocations are entries too. */
  public synchronized List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (List<Statement> same : versions.values()) {
      for (int i = 0; i < same.size(); i++) {
        entries.add(new Entry(same.get(i), i + 1 < same.size() ? same.get(i + 1) : null));
      }
    }
    entries.sort(ORDER);
    return entries;
  }

  /** What was said about an alert, and not replaced or taken back, in the order of writing. */
  public List<Statement> feedback(String alertId) {
    return entries().stream()
        .filter(entry -> entry.next() == null)
        .map(Entry::statement)
        .filter(said -> said.kind() == Kind.FEEDBACK)
        .filter(said -> alertId.equals(said.selection().alertId()))
        .toList();
  }

  /** How many ids are known. */
  public synchronized int size() {
    return versions.size();
  }

  @Override
  public synchronized Holding at(long windowStart) {
    if (cached == null || windowStart < cachedFrom || windowStart >= cachedTo) {
      look(windowStart);
    }
    return cached;
  }

  /** What holds, and between which times nothing begins or ends. */
  private void look(long at) {
    cachedFrom = Long.MIN_VALUE;
    cachedTo = Long.MAX_VALUE;
    List<Statement> holding = new ArrayList<>();
    for (Entry entry : entries()) {
      for (long change : new long[] {entry.statement().begins(), entry.ends()}) {
        if (change <= at) {
          cachedFrom = Math.max(cachedFrom, change);
        } else {
          cachedTo = Math.min(cachedTo, change);
        }
      }
      if (entry.holds(at)) {
        holding.add(entry.statement());
      }
    }
    cached = holding.isEmpty() ? Holding.NOTHING : new Holding(holding);
  }

  private String makeRoom() {
    Map<String, Long> ends = new LinkedHashMap<>();
    versions.forEach((id, same) -> ends.put(id, ended(same.get(same.size() - 1))));
    Comparator<Map.Entry<String, Long>> order = Map.Entry.comparingByValue();
    String first =
        ends.entrySet().stream()
            .min(
                order
                    .thenComparingLong(each -> last(each.getKey()).written())
                    .thenComparing(Map.Entry.comparingByKey()))
            .orElseThrow()
            .getKey();
    versions.remove(first);
    return first;
  }

  private Statement last(String id) {
    List<Statement> same = versions.get(id);
    return same.get(same.size() - 1);
  }

  private static long ended(Statement last) {
    return last.kind() == Kind.REVOKE ? last.written() : last.until();
  }
}
