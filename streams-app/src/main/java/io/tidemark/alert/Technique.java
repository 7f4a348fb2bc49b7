package io.tidemark.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A technique of MITRE ATT&amp;CK for Enterprise that a signal may be a sign of.
 *
 * @param id such as {@code T1071.004}
 * @param name its name there
 * @param tactic short name of the tactic that fits what detectors see, such as {@code
 *     command-and-control}
 */
public record Technique(String id, String name, String tactic) {

  /** Version of ATT&amp;CK the names are from. */
  public static final String ATTACK_VERSION = "18.1";

  static final String RESOURCE = "attack.tsv";

  private static final Map<String, Technique> KNOWN = load();

  /** The technique of this id, {@code null} if {@code id} is {@code null} or not in the list. */
  public static Technique of(String id) {
    return id == null ? null : KNOWN.get(id);
  }

  private static Map<String, Technique> load() {
    Map<String, Technique> known = new TreeMap<>();
    try (InputStream in = Technique.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] fields = line.split("\t", -1);
          known.put(fields[0], new Technique(fields[0], fields[1], fields[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
    return Map.copyOf(known);
  }
}
