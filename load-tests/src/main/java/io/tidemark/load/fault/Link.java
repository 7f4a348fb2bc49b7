package io.tidemark.load.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that passes on what it is told to another port, until something happens to the way between
 * them. At most {@value #MOST} connections, and 16 KiB held of each direction of one.
 */
final class Link implements AutoCloseable {

  private static final int MOST = 256;
  private static final int CHUNK = 1 << 14;
  private static final int CONNECT_MILLIS = 5_000;

  private final ServerSocket server;
  private final int target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean cut;
  private double bytesPerSecond = Double.POSITIVE_INFINITY;
  private long free = System.nanoTime();
  private volatile boolean closed;

  private Link(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, MOST, loopback());
    daemon("link-" + target, this::accept);
  }

  /** A way to a port of this host. */
  static Link to(int target) throws IOException {
    return new Link(target);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Nothing passes from now on, in neither direction, and nobody is told. */
  void cut() {
    synchronized (gate) {
      cut = true;
    }
  }

  /** All passes again, as fast as it comes; what was held on the way goes on. */
  void mend() {
    synchronized (gate) {
      cut = false;
      bytesPerSecond = Double.POSITIVE_INFINITY;
      gate.notifyAll();
    }
  }

  /** From now on so many bytes a second, both directions of all connections together. */
  void slow(double bytes) {
    synchronized (gate) {
      bytesPerSecond = bytes;
    }
  }

  /**
   * Whoever is connected is so no longer for the other side, and is not told: what it sends is
   * swallowed. New connections are as before.
   *
   * @return how many
   */
  int forget() {
    int forgotten = 0;
    for (Connection each : connections) {
      if (each.forget()) {
        forgotten++;
      }
    }
    return forgotten;
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = server.accept();
        if (connections.size() >= MOST) {
          near.close();
          continue;
        }
        Connection connection = new Connection(near);
        connections.add(connection);
        daemon("link-" + target + "-up", connection::connect);
      } catch (IOException e) {
        // Closed, or out of descriptors: who wanted to connect tries again.
      }
    }
  }

  /** Waits for as long as nothing passes, and as long as so many bytes take. */
  private void pass(int bytes) throws InterruptedException {
    long until;
    synchronized (gate) {
      while (cut && !closed) {
        gate.wait();
      }
      free = Math.max(free, System.nanoTime()) + (long) (bytes / bytesPerSecond * 1e9);
      until = free;
    }
    long pause = until - System.nanoTime();
    if (pause > 0) {
      Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      // Nobody connects any more, one way or the other.
    }
    mend();
    connections.forEach(Connection::close);
  }

  private final class Connection {

    private final Socket near;
    private final Socket far = new Socket();
    private volatile boolean forgotten;

    Connection(Socket near) {
      this.near = near;
    }

    /** In a thread of its own: the way there may be cut. */
    void connect() {
      try {
        pass(0);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        far.connect(new InetSocketAddress(loopback(), target), CONNECT_MILLIS);
        daemon("link-" + target + "-down", () -> pump(far, near));
      } catch (IOException e) {
        close();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pump(near, far);
    }

    boolean forget() {
      boolean was = forgotten;
      forgotten = true;
      Link.close(far);
      return !was;
    }

    private void pump(Socket from, Socket to) {
      byte[] buffer = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        while (true) {
          int count = in.read(buffer);
          if (count < 0) {
            break;
          }
          pass(count);
          if (!forgotten) {
            OutputStream out = to.getOutputStream();
            out.write(buffer, 0, count);
          }
        }
      } catch (IOException e) {
        if (forgotten && from == near && !near.isClosed()) {
          // The write failed while it was being forgotten: what follows is swallowed.
          swallow(buffer);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!forgotten || from == near) {
        close();
      }
    }

    private void swallow(byte[] buffer) {
      try {
        InputStream in = near.getInputStream();
        while (in.read(buffer) >= 0) {
          // Nobody is there to hear it.
        }
      } catch (IOException e) {
        // It has given up.
      }
    }

    private void close() {
      connections.remove(this);
      Link.close(near);
      Link.close(far);
    }
  }
}
