package io.tidemark.alert;

import io.tidemark.flow.Workload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers that make an alert's Kafka record a CloudEvent in binary mode (CloudEvents 1.0, Kafka
 * protocol binding), with the extensions for severity and partitioning.
 */
public final class CloudEvents {

  /** What the record is, with the version of its schema's lineage. */
  public static final String TYPE = "io.tidemark.alert.v1";

  private CloudEvents() {}

  /** Header names and values in the order in which to write them. */
  public static Map<String, String> headers(Alert alert) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id(alert));
    headers.put("ce_source", source(alert));
    headers.put("ce_type", TYPE);
    headers.put("ce_time", Times.iso(alert.windowEnd()));
    headers.put("ce_subject", Printable.of(alert.workload().key()));
    headers.put("ce_partitionkey", alert.workload().key());
    headers.put("ce_severitytext", alert.severity().name());
    headers.put("ce_severitynumber", Integer.toString(alert.severity().otelNumber()));
    headers.put("content-type", "application/avro");
    return Collections.unmodifiableMap(headers);
  }

  /**
   * Unique among the events of an episode, and the same in every run: a status is published at most
   * once for a count of windows.
   */
  private static String id(Alert alert) {
    return alert.id() + '-' + alert.status().id() + '-' + alert.windows();
  }

  private static String source(Alert alert) {
    Workload workload = alert.workload();
    return "/clusters/" + segment(workload.cluster()) + "/detectors/" + segment(alert.detector());
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
