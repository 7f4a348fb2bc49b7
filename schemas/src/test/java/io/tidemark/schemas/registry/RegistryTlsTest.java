package io.tidemark.schemas.registry;

import static io.tidemark.schemas.registry.TestSchemas.READING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static RegistryServer server;

  @BeforeAll
  static void serveWithAKeyOfOurOwn() throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-dname",
        "CN=registry",
        "-keyalg",
        "EC",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "30");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        store.toString(),
        "-file",
        folder.resolve("server.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = new RegistryServer(context);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String binary = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(binary));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "r", "-storetype", "PKCS12", "-storepass", PASSWORD));
    File log = folder.resolve("keytool.log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool failed: " + Files.readString(log.toPath()));
    }
  }

  private static SchemaRegistry registry(Map<String, String> tls) {
    Map<String, String> settings = new HashMap<>(tls);
    settings.put("schema.registry.url", server.url());
    settings.put("max.retries", "0");
    return SchemaRegistry.connect(settings);
  }

  @Test
  void aServerIsTrustedByAPkcs12Store() {
    SchemaRegistry registry =
        registry(
            Map.of(
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.location",
                folder.resolve("server.p12").toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD));

    assertEquals(1, registry.register("tls", READING));
  }

  @Test
  void aServerIsTrustedByAPemFile() {
    SchemaRegistry registry =
        registry(
            Map.of(
                "schema.registry.ssl.truststore.type",
                "PEM",
                "schema.registry.ssl.truststore.location",
                folder.resolve("server.pem").toString()));

    assertEquals(1, registry.register("tls", READING));
  }

  @Test
  void aServerThatNobodyVouchesForIsNotTrusted() {
    SchemaRegistry registry = registry(Map.of());

    assertThrows(RegistryUnavailableException.class, () -> registry.register("tls", READING));
  }
}
