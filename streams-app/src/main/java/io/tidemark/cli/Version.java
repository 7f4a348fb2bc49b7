package io.tidemark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
final class Version implements IVersionProvider {
  private static final String WRITTEN =
      "/META-INF/maven/io.tidemark/tidemark-streams-app/pom.properties";

  @Override
  public String[] getVersion() {
    return new String[] {
      "tidemark " + ofBuild(), "Java " + System.getProperty("java.version"),
    };
  }

  /** {@code development} when run from a directory of classes. */
  static String ofBuild() {
    try (InputStream in = Version.class.getResourceAsStream(WRITTEN)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
