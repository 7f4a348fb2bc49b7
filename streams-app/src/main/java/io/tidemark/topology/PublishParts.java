package io.tidemark.topology;

import io.tidemark.alert.AlertSettings;
import java.time.Duration;

/**
 * What PUBLISH needs.
 *
 * @param topic findings topic
 * @param windowLength length of a window
 * @param alerts what of all alerts people are told
 * @param controlStore name of the global store of what operators said
 * @param telemetry what is told to metrics
 * @param progressStore name of the store of marks
 * @param findingsStore name of the store of what waits
 * @param ledgerStore name of the store of what is published
 * @param alertSink name of the sink for published alerts
 * @param shadowSink name of the sink for alerts that are held back
 */
record PublishParts(
    String topic,
    Duration windowLength,
    AlertSettings alerts,
    String controlStore,
    Telemetry telemetry,
    String progressStore,
    String findingsStore,
    String ledgerStore,
    String alertSink,
    String shadowSink) {}
