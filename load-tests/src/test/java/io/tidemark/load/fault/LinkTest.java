package io.tidemark.load.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkTest {

  private static final int GENEROUS_MILLIS = 90_000;
  private static final int SOON_MILLIS = 300;

  private ServerSocket echo;
  private Link link;

  @BeforeEach
  void begin() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "echo");
    thread.setDaemon(true);
    thread.start();
    link = Link.to(echo.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void whatIsSentWhileTheLinkIsCutComesThroughWhenItIsMended() throws IOException {
    try (Socket client = client()) {
      assertEquals("a", said(client, "a"));
      link.cut();

      send(client, "b");

      client.setSoTimeout(SOON_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> heard(client, 1));
      link.mend();
      client.setSoTimeout(GENEROUS_MILLIS);
      assertEquals("b", heard(client, 1));
    }
  }

  @Test
  void whoConnectsWhileTheLinkIsCutIsConnectedWhenItIsMended() throws IOException {
    link.cut();
    try (Socket client = client()) {
      send(client, "a");

      link.mend();

      assertEquals("a", heard(client, 1));
    }
  }

  @Test
  void aForgottenConnectionIsOpenForItsClientAlone() throws IOException {
    try (Socket client = client()) {
      assertEquals("a", said(client, "a"));

      assertTrue(link.forget() >= 1);

      send(client, "b");
      client.setSoTimeout(SOON_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> heard(client, 1));
      try (Socket fresh = client()) {
        assertEquals("c", said(fresh, "c"));
      }
    }
  }

  @Test
  void aSlowLinkPassesNoMoreThanItsBytes() throws IOException {
    byte[] sent = new byte[8_000];
    link.slow(40_000);
    try (Socket client = client()) {
      long began = System.nanoTime();

      client.getOutputStream().write(sent);
      byte[] heard = client.getInputStream().readNBytes(sent.length);

      // Up and down again.
      assertTrue(System.nanoTime() - began >= 2 * sent.length / 40_000.0 * 1e9);
      assertArrayEquals(sent, heard);
    }
  }

  private Socket client() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
    socket.setSoTimeout(GENEROUS_MILLIS);
    return socket;
  }

  private static String said(Socket client, String text) throws IOException {
    send(client, text);
    return heard(client, text.length());
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String heard(Socket client, int length) throws IOException {
    return new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread thread =
            new Thread(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException e) {
                    // The link is gone.
                  }
                },
                "echo-one");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }
}
