package io.tidemark.load.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A build of Tidemark, and how it is started.
 *
 * @param title for people
 * @param classPath its jars and directories
 * @param heap most of it, as JVMs take it
 * @param options further options of the JVM
 * @param around the command that starts the JVM, empty for none
 */
record Product(
    String title, String classPath, String heap, List<String> options, List<String> around) {

  /** Where the launcher says what it would start. */
  static final String CLASS_PATH = "tidemark.product.class-path";

  private static final String MAIN = "io.tidemark.cli.Tidemark";
  private static final String HEAP = "256m";

  /** The build that runs here. */
  static Product current() {
    return of("this build", System.getProperty(CLASS_PATH, System.getProperty("java.class.path")));
  }

  /**
   * Another build.
   *
   * @param directory as the launcher keeps one: with a file {@code class-path}
   */
  static Product in(Path directory) throws IOException {
    return of(directory.toString(), Files.readString(directory.resolve("class-path")).strip());
  }

  private static Product of(String title, String classPath) {
    return new Product(title, classPath, HEAP, List.of(), List.of());
  }

  Product withHeap(String other) {
    return new Product(title, classPath, other, options, around);
  }

  /**
   * With classes of these tests beside its own.
   *
   * @param more options of the JVM that tell them what to do
   */
  Product with(String classes, List<String> more) {
    return new Product(title, classPath + File.pathSeparator + classes, heap, more, around);
  }

  /** Started by another command. */
  Product under(List<String> command) {
    return new Product(title, classPath, heap, options, command);
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
    return of("the same code as version 0.0.0-other", String.join(File.pathSeparator, entries));
  }

  private static Path copy(Path file, Path directory) throws IOException {
    return Files.copy(file, directory.resolve(file.getFileName()));
  }

  /** The command that runs it. */
  List<String> command(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-XX:+ExitOnOutOfMemoryError"));
    all.addAll(options);
    List<String> command = new ArrayList<>(around);
    command.addAll(Children.java(heap, classPath, all));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }
}
