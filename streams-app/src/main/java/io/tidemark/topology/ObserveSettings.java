package io.tidemark.topology;

import io.tidemark.flow.AddressBook;
import io.tidemark.flow.FlowParser;
import io.tidemark.flow.Source;
import io.tidemark.window.Fold;
import io.tidemark.window.WindowSettings;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one source's OBSERVE needs.
 *
 * @param source whose records
 * @param topic raw topic
 * @param partitions how many the topic has
 * @param parser makes a parser per task
 * @param names makes what tells who is who from the address map, per task
 * @param windows windows of event time
 * @param lateness allowed lateness of this source
 * @param idleTimeout after how long without records, by the clock, a partition is idle
 * @param lag how much of the input is not read yet
 * @param telemetry what is told to metrics
 * @param windowStore name of the store of open windows
 * @param progressStore name of the store of the partition's progress
 * @param fleetStore name of the store of who met whom in the open hour
 * @param activitySink name of the sink for facts
 * @param deadLetterSink name of the sink for dead letters
 */
record ObserveSettings(
    Source source,
    String topic,
    int partitions,
    Supplier<FlowParser> parser,
    Function<AddressBook, Fold.Names> names,
    WindowSettings windows,
    Duration lateness,
    Duration idleTimeout,
    InputLag lag,
    Telemetry telemetry,
    String windowStore,
    String progressStore,
    String fleetStore,
    String activitySink,
    String deadLetterSink) {}
