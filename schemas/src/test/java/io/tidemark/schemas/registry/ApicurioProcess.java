package io.tidemark.schemas.registry;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Apicurio Registry, unpacked by the build, in a JVM of its own with its storage in memory. It ends
 * with {@link #close}, and at the latest with this JVM, which holds its standard input.
 */
final class ApicurioProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final String url;
  private final Path log;

  private ApicurioProcess(Process process, String url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  static ApicurioProcess start() throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    Path log = target.resolve("apicurio-registry.log");
    Path jar = jar(target.resolve("apicurio-registry"));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                "-cp",
                jar + File.pathSeparator + target.resolve("test-classes"),
                EndsWithParent.class.getName(),
                mainClass(jar))
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioProcess started =
        new ApicurioProcess(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7", log);
    try {
      started.awaitAnswer();
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  String url() {
    return url;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path jar(Path folder) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*-runner.jar")) {
      return jars.iterator().next();
    }
  }

  private static String mainClass(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
  }

  /** Polls for as long as the process lives, which is waited for instead of sleeping. */
  private void awaitAnswer() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST_START.toNanos()) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException("the registry ended with " + process.exitValue() + ", see " + log);
      }
    }
    throw new IOException("the registry did not answer within " + LONGEST_START + ", see " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
