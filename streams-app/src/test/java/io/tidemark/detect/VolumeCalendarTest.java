package io.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemark.flow.Direction;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weeks as they are in companies, minute by minute through the detector. */
class VolumeCalendarTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWeeklyBatchIsNothingNewTheSecondTime(long seed) {
    Calendar calendar = new Calendar("2025-03-03T00:00:00Z", seed);
    ToDoubleFunction<ZonedDateTime> batch =
        time ->
            time.getDayOfWeek() == DayOfWeek.SUNDAY && within(time, 3 * 60, 40) ? 90 : daily(time);

    List<Signal> first = calendar.play(WEEK, UTC, batch);
    List<Signal> later = calendar.play(3 * WEEK, UTC, batch);

    assertFalse(first.isEmpty(), "nobody knows it the first time, seed " + seed);
    assertEquals(List.of(), later, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-03T00:00:00Z", "2025-03-07T21:00:00Z", "2025-03-08T06:00:00Z"})
  void aQuietWeekendAndTheMondayAfterAreSilentAlsoTheFirst(String start) {
    Calendar calendar = new Calendar(start, 5);

    List<Signal> signals = calendar.play(3 * WEEK, UTC, VolumeCalendarTest::office);

    assertEquals(List.of(), signals);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theFirstWorkingDayAfterAHolidayIsSilent(int weeks) {
    Calendar calendar = new Calendar("2025-03-03T00:00:00Z", 7);
    calendar.play(weeks * WEEK, UTC, VolumeCalendarTest::office);

    List<Signal> holidays = calendar.play(WEEK, UTC, time -> 0.1 * daily(time));
    List<Signal> after = calendar.play(2 * DAY, UTC, VolumeCalendarTest::office);

    assertEquals(List.of(), holidays, "after " + weeks + " weeks");
    assertEquals(List.of(), after, "after " + weeks + " weeks");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void autoscalingAtAnotherTimeEachDayIsSilentOnceItHappenedInTheWarmUp(long seed) {
    Calendar calendar = new Calendar("2025-03-03T00:00:00Z", seed);

    List<Signal> signals =
        calendar.play(
            10 * DAY,
            UTC,
            time -> {
              int from = 8 * 60 + time.getDayOfMonth() * 47 % (9 * 60);
              int since = time.getHour() * 60 + time.getMinute() - from;
              double pods = 3 + 57 * Math.max(0, Math.min(1, since / 30.0));
              return since > 240 ? 3 * Math.max(3, 60 - since + 240) : 3 * pods;
            });

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsCalledByAnHourlyJobIsSilentFromTheFirstDay(long seed) {
    Calendar calendar = new Calendar("2025-03-03T00:00:00Z", seed);

    List<Signal> signals =
        calendar.play(8 * DAY, UTC, time -> time.getMinute() / 5 == 2 ? 20 : 0.7);

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDrainedNodeWhoseClientsConnectAgainIsSilent(long seed) {
    Calendar calendar = new Calendar("2025-03-03T00:00:00Z", seed);
    calendar.play(3 * DAY, UTC, VolumeCalendarTest::daily);

    // A third of the traffic is gone for five minutes, then all clients come back in one.
    List<Signal> signals = new ArrayList<>();
    signals.addAll(calendar.play(5, UTC, time -> daily(time) * 2 / 3));
    signals.addAll(calendar.play(1, UTC, time -> daily(time) * 8));
    signals.addAll(calendar.play(DAY, UTC, VolumeCalendarTest::daily));

    assertEquals(List.of(), signals, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSwitchBetweenTwoThatWereBothLiveBeforeIsSilent(long seed) {
    Calendar green = new Calendar("2025-03-03T00:00:00Z", seed);
    green.play(DAY, UTC, VolumeCalendarTest::daily);
    green.play(6 * DAY, UTC, time -> 1);

    List<Signal> live = green.play(5 * DAY + 11 * 60, UTC, VolumeCalendarTest::daily);

    assertEquals(List.of(), live, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-10T00:00:00Z", "2025-10-06T00:00:00Z"})
  void clocksThatAreChangedAreSilent(String start) {
    Calendar calendar = new Calendar(start, 11);

    List<Signal> signals =
        calendar.play(4 * WEEK, BERLIN, time -> within(time, 2 * 60 + 30, 25) ? 100 : office(time));

    assertEquals(List.of(), signals);
  }

  private static boolean within(ZonedDateTime time, int minuteOfDay, int minutes) {
    int minute = time.getHour() * 60 + time.getMinute();
    return minute >= minuteOfDay && minute < minuteOfDay + minutes;
  }

  /** Calls a minute: 5 at four in the morning, 35 in the afternoon. */
  private static double daily(ZonedDateTime time) {
    double hour = time.getHour() + time.getMinute() / 60.0;
    return 20 - 15 * Math.cos((hour - 4) / 24 * 2 * Math.PI);
  }

  /** Calls a minute: 40 in working hours, which begin within an hour, 2 at night, 1 on weekends. */
  private static double office(ZonedDateTime time) {
    if (time.getDayOfWeek().getValue() > 5) {
      return 1;
    }
    double hour = time.getHour() + time.getMinute() / 60.0;
    double begun = Math.max(0, Math.min(1, hour - 7));
    double ended = Math.max(0, Math.min(1, (hour - 17) / 2));
    return 2 + 38 * begun * (1 - ended);
  }

  /** Plays minutes of calls that a server gets, at random around a rate. */
  private static final class Calendar {

    private final VolumePlayer player;
    private final Random random;

    Calendar(String start, long seed) {
      player = new VolumePlayer(Instant.parse(start).toEpochMilli());
      random = new Random(seed);
    }

    List<Signal> play(int minutes, ZoneId zone, ToDoubleFunction<ZonedDateTime> rate) {
      return player.coarseMinutes(
          minutes,
          () -> {
            ZonedDateTime time = Instant.ofEpochMilli(player.next).atZone(zone);
            return VolumePlayer.poisson(random, rate.applyAsDouble(time));
          },
          Direction.INGRESS);
    }
  }
}
