package io.tidemark.schemas;

import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/** What a process has to say before it uses the generated classes of this package. */
public final class Contracts {

  private static boolean trusted;

  private Contracts() {}

  /**
   * Lets Avro make instances of this package's generated classes, and of nothing else that it would
   * not make already. Since 1.12.2 it refuses every class that nobody vouched for, even in a
   * generated class's own builder. The permission holds for the JVM; asking again does nothing.
   *
   * <p>{@link io.tidemark.schemas.registry.AvroSerde} asks by itself. Whoever uses the builders
   * without it has to.
   */
  public static synchronized void trust() {
    if (trusted) {
      return;
    }
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate ours =
        type ->
            type.isAnnotationPresent(AvroGenerated.class)
                && type.getPackageName().equals(Contracts.class.getPackageName());
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, ours));
    trusted = true;
  }
}
