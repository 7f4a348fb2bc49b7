package io.tidemark.load;

import java.io.IOException;

/** What every JVM that the bench starts does: it ends when the bench does. */
final class Child {

  /** Said on standard output by a subject that commits nothing, when it has read everything. */
  static final String DONE = "done";

  private static final long GRACE_MILLIS = 25_000;

  private Child() {}

  /**
   * Standard input comes from the bench and ends with it, however the bench ends, or when the bench
   * has no more use for this JVM, which then writes what it has recorded.
   */
  static void endWithParent() {
    daemon(
        "end-with-parent",
        () -> {
          try {
            while (System.in.read() >= 0) {
              // Nothing is said there.
            }
          } catch (IOException e) {
            // Ends as well.
          }
          daemon("end-at-once", Child::endAtOnce);
          System.exit(0);
        });
  }

  /** Whoever cannot end in good order must not stay. */
  private static void endAtOnce() {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      // Sooner, then.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
