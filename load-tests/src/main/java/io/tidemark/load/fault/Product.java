package io.tidemark.load.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A build of Tidemark.
 *
 * @param title for people
 * @param classPath its jars and directories
 */
record Product(String title, String classPath) {

  /** Where the launcher says what it would start. */
  static final String CLASS_PATH = "tidemark.product.class-path";

  private static final String MAIN = "io.tidemark.cli.Tidemark";
  private static final String HEAP = "256m";

  /** The build that runs here. */
  static Product current() {
    return new Product(
        "this build", System.getProperty(CLASS_PATH, System.getProperty("java.class.path")));
  }

  /**
   * Another build.
   *
   * @param directory as the launcher keeps one: with a file {@code class-path}
   */
  static Product in(Path directory) throws IOException {
    return new Product(
        directory.toString(), Files.readString(directory.resolve("class-path")).strip());
  }

  /** The same code from other files, under another version. */
  Product copied(Path directory) throws IOException {
    Path version =
        directory.resolve("META-INF/maven/io.tidemark/tidemark-streams-app/pom.properties");
    Files.createDirectories(version.getParent());
    Files.writeString(version, "version=0.0.0-other\n");
    List<String> entries = new ArrayList<>(List.of(directory.toString()));
    for (String entry : Arrays.asList(classPath.split(File.pathSeparator, -1))) {
      Path file = Path.of(entry);
      boolean own = Files.isRegularFile(file) && file.getFileName().toString().contains("tidemark");
      entries.add(own ? copy(file, directory).toString() : entry);
    }
    return new Product(
        "the same code as version 0.0.0-other", String.join(File.pathSeparator, entries));
  }

  private static Path copy(Path file, Path directory) throws IOException {
    return Files.copy(file, directory.resolve(file.getFileName()));
  }

  /** The command that runs it. */
  List<String> command(List<String> arguments) {
    List<String> command = Children.java(HEAP, classPath, List.of("-XX:+ExitOnOutOfMemoryError"));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }
}
