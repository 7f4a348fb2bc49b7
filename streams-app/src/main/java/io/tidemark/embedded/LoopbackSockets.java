package io.tidemark.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two sockets of a broker, bound before it starts: a port in use is found out before anything
 * else has happened, and the controller's port, which is always a free one, is known when the
 * configuration is written.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;

  private LoopbackSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
    this.clients = clients;
    this.controller = controller;
  }

  /**
   * @param port for clients; 0 takes a free one
   */
  static LoopbackSockets open(int port) {
    ServerSocketChannel clients = bind(port);
    try {
      return new LoopbackSockets(clients, bind(0));
    } catch (BrokerStartException e) {
      release(clients);
      throw e;
    }
  }

  private static ServerSocketChannel bind(int port) {
    ServerSocketChannel channel = null;
    try {
      // By number: a name would be looked up, and the loopback address may be ::1.
      InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      return channel.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      release(channel);
      throw new BrokerStartException(
          "cannot listen on " + BrokerSettings.HOST + ":" + port + ": " + e.getMessage(), e);
    }
  }

  int clientPort() {
    return clients.socket().getLocalPort();
  }

  int controllerPort() {
    return controller.socket().getLocalPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBuffer) {
    return listener.equals(BrokerSettings.CONTROLLER_LISTENER) ? controller : clients;
  }

  /** Once Kafka runs it closes its sockets itself; twice does no harm. */
  @Override
  public void close() {
    release(clients);
    release(controller);
  }

  private static void release(ServerSocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new BrokerStartException("socket not released: " + e.getMessage(), e);
    }
  }
}
