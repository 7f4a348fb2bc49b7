package io.tidemark.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.AddressHistory;
import io.tidemark.flow.Intervals;
import io.tidemark.flow.IpText;
import io.tidemark.flow.PodName;
import io.tidemark.flow.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads who has which address: JSON objects one after another, or what {@code kubectl get pods -A
 * -o json} prints.
 */
final class WorkloadsFile {

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

  private final Path file;
  private final String cluster;
  private final Intervals addresses = new Intervals();
  private int entry;

  private WorkloadsFile(Path file, String cluster) {
    this.file = file;
    this.cluster = cluster;
  }

  /**
   * Reads a file.
   *
   * @param cluster name of the cluster for entries that name none
   */
  static AddressBook read(Path file, String cluster) throws IOException {
    WorkloadsFile reader = new WorkloadsFile(file, cluster);
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<JsonNode> entries = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (entries.hasNextValue()) {
        reader.take(entries.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw reader.wrong("is not JSON: " + e.getOriginalMessage());
    }
    return reader.addresses;
  }

  private void take(JsonNode node) {
    if (node.isArray()) {
      node.forEach(this::take);
    } else if (node.path("items").isArray()) {
      node.path("items").forEach(this::pod);
    } else {
      entry(node);
    }
  }

  private void entry(JsonNode node) {
    entry++;
    Workload workload =
        new Workload(
            text(node, "cluster", cluster), text(node, "namespace", ""), required(node, "name"));
    String kind = node.path("kind").isMissingNode() ? null : node.path("kind").asText();
    add(
        required(node, "address"),
        new AddressBook.Owner(workload, kind, pod(text(node, "pod", ""), node.path("template"))),
        time(node, "validFrom", Long.MIN_VALUE),
        time(node, "validTo", AddressHistory.OPEN));
  }

  private void pod(JsonNode pod) {
    entry++;
    JsonNode metadata = pod.path("metadata");
    boolean hostNetwork = pod.path("spec").path("hostNetwork").asBoolean(false);
    if (hostNetwork || !pod.path("kind").asText("Pod").equals("Pod")) {
      return;
    }
    PodName name = PodName.of(required(metadata, "name"));
    Workload workload =
        new Workload(cluster, text(metadata, "namespace", "default"), name.controller());
    JsonNode owner = metadata.path("ownerReferences").path(0).path("kind");
    // A pod's owner is the ReplicaSet or Job; the name tells what stands behind it.
    String kind = name.kind() != null || owner.isMissingNode() ? name.kind() : owner.asText();
    JsonNode labels = metadata.path("labels");
    JsonNode revision = labels.path("controller-revision-hash");
    String itself =
        pod(
            required(metadata, "name"),
            revision.isMissingNode() ? labels.path("pod-template-hash") : revision);
    long from = time(pod.path("status"), "startTime", Long.MIN_VALUE);
    for (JsonNode address : pod.path("status").path("podIPs")) {
      add(
          required(address, "ip"),
          new AddressBook.Owner(workload, kind, itself),
          from,
          AddressHistory.OPEN);
    }
  }

  private static String pod(String name, JsonNode template) {
    return name.isEmpty() ? null : PodName.labelled(name, template.asText(""));
  }

  private void add(String address, AddressBook.Owner owner, long from, long to) {
    String canonical = IpText.canonical(address);
    if (canonical == null) {
      throw wrong("address is not an IP address: " + address);
    }
    if (to <= from) {
      throw wrong("validTo must be after validFrom");
    }
    addresses.add(canonical, owner, from, to, AddressHistory.ALWAYS);
  }

  private String required(JsonNode node, String field) {
    String value = node.path(field).asText("");
    if (value.isEmpty()) {
      throw wrong(field + " is missing");
    }
    return value;
  }

  private static String text(JsonNode node, String field, String otherwise) {
    String value = node.path(field).asText("");
    return value.isEmpty() ? otherwise : value;
  }

  private long time(JsonNode node, String field, long otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (value.isIntegralNumber()) {
      return value.asLong();
    }
    try {
      return Instant.parse(value.asText()).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw wrong(field + " is neither ISO-8601 nor milliseconds since the epoch: " + value);
    }
  }

  private CommandException wrong(String what) {
    return new CommandException(ExitCode.CONFIG, file + ": entry " + entry + ": " + what);
  }
}
