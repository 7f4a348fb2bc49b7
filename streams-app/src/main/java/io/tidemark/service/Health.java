package io.tidemark.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers to whoever asks after the service.
 *
 * @param healthy whether it works, or can be expected to without help
 * @param ready whether it processes records
 * @param why what it is doing, in a few words
 * @param inputs what is read here
 * @param waits whom the windows judged here wait for
 */
record Health(
    BooleanSupplier healthy,
    BooleanSupplier ready,
    Supplier<String> why,
    Inputs inputs,
    Waits waits) {

  /**
   * One answer.
   *
   * @param good whether nothing needs to be done
   * @param json one line
   */
  record Answer(boolean good, String json) {}

  Answer live() {
    return answer(healthy.getAsBoolean(), "live", "dead");
  }

  /**
   * A stalled input partition is named but does not make the instance unready: to take it out of
   * service would not help.
   */
  Answer readiness() {
    return answer(ready.getAsBoolean(), "ready", "not ready");
  }

  private Answer answer(boolean good, String yes, String no) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("status", good ? yes : no).put("why", why.get());
    ArrayNode stalled = json.putArray("stalled");
    stalled()
        .forEach(
            (key, through) -> {
              ObjectNode each =
                  stalled
                      .addObject()
                      .put("source", key.source().id())
                      .put("partition", key.partition());
              if (through != Inputs.NO_WATERMARK) {
                each.put("watermark", Instant.ofEpochMilli(through).toString());
              }
            });
    return new Answer(good, json.toString());
  }

  private SortedMap<Inputs.Key, Long> stalled() {
    TreeMap<Inputs.Key, Long> stalled = new TreeMap<>();
    waits.stalled().forEach(each -> stalled.put(each.key(), each.through()));
    inputs.stalled().forEach(each -> stalled.put(each.key(), each.through()));
    return stalled;
  }
}
