package io.tidemark.schemas.registry;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class until standard input ends, which it does when the process holding its
 * other end is gone, however that came about.
 */
final class EndsWithParent {

  private EndsWithParent() {}

  /** The first argument names the class, the others are its own. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(EndsWithParent::haltAtEnd, "ends-with-parent");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void haltAtEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end counts.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }
}
