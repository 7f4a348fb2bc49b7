package io.tidemark.load;

import java.io.IOException;

/** What every JVM that the bench starts does: it ends when the bench does. */
final class Child {

  /** Said on standard output by a subject that commits nothing, when it has read everything. */
  static final String DONE = "done";

  private Child() {}

  /** Standard input comes from the bench and ends with it, however the bench ends. */
  static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is said there.
                }
              } catch (IOException e) {
                // Ends as well.
              }
              Runtime.getRuntime().halt(0);
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
