package io.tidemark.topology;

import io.tidemark.alert.AlertSettings;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.Ranges;
import io.tidemark.pipeline.Panel;
import io.tidemark.schemas.Activity;
import io.tidemark.window.WindowSettings;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What JUDGE needs.
 *
 * @param topic activity topic
 * @param activityDeserializer reads its values; one per task
 * @param windows windows of event time
 * @param panel detectors in service; stateless, shared by all tasks
 * @param alerts when a signal becomes an alert
 * @param domains registrable domains; one per task
 * @param namedRanges names of ranges outside the fleet
 * @param telemetry what is told to metrics
 * @param controlStore name of the global store of what operators said
 * @param progressStore name of the store of watermarks
 * @param pendingStore name of the store of facts that wait
 * @param dossierStore name of the store of what is known of workloads
 * @param fleetStore name of the store of who met whom in the last hours
 * @param partitions how many the activity topic has
 * @param findingsSink name of the sink for what is handed to PUBLISH
 * @param baselineSink name of the sink for baseline reports
 * @param deadLetterSink name of the sink for dead letters
 */
record JudgeSettings(
    String topic,
    Supplier<Deserializer<Activity>> activityDeserializer,
    WindowSettings windows,
    Panel panel,
    AlertSettings alerts,
    Supplier<DomainNames> domains,
    Ranges<String> namedRanges,
    Telemetry telemetry,
    String controlStore,
    String progressStore,
    String pendingStore,
    String dossierStore,
    String fleetStore,
    int partitions,
    String findingsSink,
    String baselineSink,
    String deadLetterSink) {}
