package io.tidemark.control;

import static io.tidemark.control.Said.book;
import static io.tidemark.control.Said.said;
import static io.tidemark.control.Said.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.flow.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BookTest {

  private static final Workload WEB = new Workload("prod", "shop", "web");
  private static final Selection SHOP = workload("*/shop/*");

  @Test
  void aStatementHoldsFromTheLaterOfItsStartAndItsWritingToItsEnd() {
    Book asked = book(said("a", Kind.SUPPRESS, SHOP, 100, 200).writtenAt(50));
    Book late = book(said("a", Kind.SUPPRESS, SHOP, 100, 200).writtenAt(150));

    assertEquals(List.of(100L, 150L, 199L), holding(asked, 50, 99, 100, 150, 199, 200));
    assertEquals(List.of(150L, 199L), holding(late, 50, 99, 100, 150, 199, 200));
  }

  @Test
  void whatIsSaidLaterUnderAnIdTakesOverAndHistoryStaysAsItWas() {
    Statement first = said("a", Kind.SUPPRESS, SHOP, 0, 1_000).writtenAt(10);
    Statement second = said("a", Kind.SUPPRESS, SHOP, 500, 1_000).writtenAt(100);
    Book book = book(first, second);

    assertEquals(List.of(10L, 99L, 500L), holding(book, 9, 10, 99, 100, 499, 500, 1_000));
  }

  @Test
  void aRevocationEndsWhatWasSaidBeforeFromItsWritingOnAndTheIdCanBeUsedAgain() {
    Book book =
        book(
            said("a", Kind.SUPPRESS, SHOP, 0, Statement.FOR_EVER).writtenAt(10),
            Statement.revoke("a", "me", "over", 100),
            said("a", Kind.SUPPRESS, SHOP, 0, Statement.FOR_EVER).writtenAt(300));

    assertEquals(List.of(10L, 99L, 300L), holding(book, 9, 10, 99, 100, 299, 300));
    assertEquals(
        List.of(Entry.Standing.REVOKED, Entry.Standing.REPLACED, Entry.Standing.HOLDS),
        book.entries().stream().map(entry -> entry.standing(400)).toList());
  }

  @Test
  void aClockThatWentBackDoesNotPutALaterStatementBeforeAnEarlierOne() {
    Book book =
        book(
            said("a", Kind.SUPPRESS, SHOP, 0, 1_000).writtenAt(100),
            Statement.revoke("a", "", "", 90));

    assertTrue(holding(book, 90, 99, 100, 150).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void inWhatOrderTheIdsComeMakesNoDifference(long seed) {
    Random random = new Random(seed);
    List<List<Statement>> byId = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      List<Statement> same = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        long written = random.nextInt(500);
        same.add(
            random.nextInt(4) == 0
                ? Statement.revoke("id" + id, "", "", written)
                : said("id" + id, Kind.SUPPRESS, SHOP, random.nextInt(500), 500 + random.nextInt(9))
                    .writtenAt(written));
      }
      byId.add(same);
    }
    Book one = new Book();
    byId.forEach(same -> same.forEach(one::add));
    Book other = new Book();
    while (byId.stream().anyMatch(same -> !same.isEmpty())) {
      List<Statement> some = byId.get(random.nextInt(byId.size()));
      if (!some.isEmpty()) {
        other.add(some.remove(0));
      }
      Holding unused = other.at(random.nextInt(500));
    }

    assertEquals(one.entries(), other.entries(), "seed " + seed);
    for (long start = 0; start < 520; start++) {
      assertEquals(
          ids(one.at(start).of(WEB)), ids(other.at(start).of(WEB)), "seed " + seed + " " + start);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatIsRememberedBetweenTwoChangesIsWhatOneWouldFindByLooking(long seed) {
    Random random = new Random(seed);
    Book book = new Book();
    for (int i = 0; i < 30; i++) {
      long from = random.nextInt(300);
      book.add(
          said("id" + random.nextInt(9), Kind.SUPPRESS, SHOP, from, from + 1 + random.nextInt(60))
              .writtenAt(random.nextInt(300)));
    }
    List<Entry> entries = book.entries();

    for (int i = 0; i < 2_000; i++) {
      long start = random.nextInt(400);
      List<String> found =
          entries.stream()
              .filter(entry -> entry.holds(start))
              .map(entry -> entry.statement().id())
              .sorted()
              .toList();
      assertEquals(found, ids(book.at(start).of(WEB)), "seed " + seed + " at " + start);
    }
  }

  @Test
  void beyondTheBoundTheOneThatEndedLongestAgoGivesWay() {
    Book book = new Book(3);
    assertNull(book.add(said("forever", Kind.SUPPRESS, SHOP, 0, Statement.FOR_EVER)));
    assertNull(book.add(said("long", Kind.SUPPRESS, SHOP, 0, 900)));
    assertNull(book.add(said("short", Kind.SUPPRESS, SHOP, 0, 100)));

    assertEquals("short", book.add(said("new", Kind.SUPPRESS, SHOP, 0, 500)));
    assertNull(book.add(Statement.revoke("forever", "", "", 200)));
    assertEquals("forever", book.add(said("newer", Kind.SUPPRESS, SHOP, 0, 600)));

    assertEquals(3, book.size());
    assertEquals(List.of("long", "new", "newer"), ids(book.at(50).of(WEB)));
  }

  @Test
  void ofOneIdTheOldestStatementsGoFirst() {
    Book book = new Book();
    for (int i = 0; i < Book.MOST_VERSIONS + 5; i++) {
      book.add(said("a", Kind.SUPPRESS, SHOP, 0, 10_000).writtenAt(i * 10L));
    }

    assertEquals(Book.MOST_VERSIONS, book.versions("a").size());
    assertEquals(50, book.versions("a").get(0).written());
  }

  @Test
  void nothingIsHiddenThatDoesNotMatchInEveryPart() {
    Ruling ruling =
        book(said(
                "a",
                Kind.SUPPRESS,
                new Selection("prod/shop/*", "new-peer", "*.example.com", null),
                0,
                9))
            .at(5)
            .of(WEB);

    assertTrue(ruling.hides("new-peer", "api.example.com", "x"));
    assertFalse(ruling.hides("volume", "api.example.com", "x"));
    assertFalse(ruling.hides("new-peer", "example.com", "x"));
    assertFalse(ruling.freezes("new-peer"), "a suppression does not keep from learning");
    assertEquals(
        Ruling.NONE, book(said("a", Kind.SUPPRESS, workload("prod/shop"), 0, 9)).at(5).of(WEB));
  }

  @Test
  void maintenanceHidesAndFreezesAndWhatIsNotUnderstoodDoesNothing() {
    Ruling maintenance = book(said("a", Kind.MAINTENANCE, SHOP, 0, 9)).at(5).of(WEB);
    Ruling unknown = book(said("a", Kind.UNKNOWN, SHOP, 0, 9)).at(5).of(WEB);

    assertTrue(maintenance.hides("volume", "", "x") && maintenance.freezes("volume"));
    assertFalse(unknown.hides("volume", "", "x") || unknown.freezes("volume"));
    assertFalse(unknown.forgets("volume", Long.MIN_VALUE));
  }

  private static List<Long> holding(Book book, long... starts) {
    List<Long> holding = new ArrayList<>();
    for (long start : starts) {
      if (book.at(start).of(WEB).hides("any", "any", "any")) {
        holding.add(start);
      }
    }
    return holding;
  }

  private static List<String> ids(Ruling ruling) {
    List<String> ids = new ArrayList<>();
    ruling.statements().forEach(statement -> ids.add(statement.id()));
    Collections.sort(ids);
    return ids;
  }
}
