package io.tidemark.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a command that runs until it is told to stop end in good order: the first SIGINT or SIGTERM
 * interrupts its thread, the second ends the process at once. By reflection, since {@code
 * sun.misc.Signal} is the only way and the compiler warns of it; where it is missing, a signal
 * simply ends the process.
 */
final class Signals {

  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final int BY_SIGNAL = 128;

  private final AtomicBoolean asked = new AtomicBoolean();
  private final Thread thread;

  private Signals(Thread thread) {
    this.thread = thread;
  }

  /** From now on for the calling thread. */
  static Signals install() {
    Signals signals = new Signals(Thread.currentThread());
    try {
      signals.handle("INT", SIGINT);
      signals.handle("TERM", SIGTERM);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // No such class, or a JVM that was told to leave signals alone.
    }
    return signals;
  }

  /** Whether the thread was asked to stop; clears its interruption, so that it may tidy up. */
  boolean stopAsked() {
    boolean interrupted = Thread.interrupted();
    return interrupted || asked.get();
  }

  private void handle(String name, int number) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, args) -> {
              if (method.getName().equals("handle")) {
                received(number);
              }
              return null;
            });
    try {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("signal " + name + " is taken", e);
    }
  }

  private void received(int number) {
    if (asked.compareAndSet(false, true)) {
      thread.interrupt();
    } else {
      Runtime.getRuntime().halt(BY_SIGNAL + number);
    }
  }
}
