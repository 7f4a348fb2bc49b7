package io.tidemark.determinism;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance as a user runs it: {@code tidemark run -c FILE}, in a process of its own. */
final class OwnProcess implements Instance {

  private static final Pattern HTTP = Pattern.compile("metrics and health at (\\S+)");

  private final Process process;
  private final Path output;

  /**
   * @param settings {@code key=value}, written to a file
   * @param directory for that file, the state and what the process says
   */
  OwnProcess(List<String> settings, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("tidemark.yaml");
    List<String> all = new ArrayList<>(settings);
    all.add("state.dir=" + directory.resolve("state"));
    Files.writeString(file, yaml(all));
    output = Files.createTempFile(directory, "said", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of("io.tidemark.cli.Tidemark", "run", "-c", file.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS), "not dead after kill -9");
  }

  @Override
  public String httpUrl() {
    Matcher found = HTTP.matcher(said());
    return process.isAlive() && found.find() ? found.group(1) : null;
  }

  @Override
  public boolean ended() {
    return !process.isAlive();
  }

  @Override
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not stop on SIGTERM within 90 s: " + said());
    }
  }

  @Override
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON is YAML. Below {@code kafka} and {@code serde.settings} names have dots of their own. */
  private static String yaml(List<String> settings) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String key = setting.substring(0, equals);
      int depth = key.startsWith("kafka.") ? 2 : key.startsWith("serde.settings.") ? 3 : 9;
      String[] path = key.split("\\.", depth);
      put(root, path, setting.substring(equals + 1));
    }
    return new ObjectMapper().writeValueAsString(root);
  }

  @SuppressWarnings("unchecked") // Only maps are put there.
  private static void put(Map<String, Object> root, String[] path, String value) {
    Map<String, Object> at = root;
    for (int i = 0; i < path.length - 1; i++) {
      at = (Map<String, Object>) at.computeIfAbsent(path[i], name -> new LinkedHashMap<>());
    }
    at.put(path[path.length - 1], value);
  }
}
