package io.tidemark.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips the tests of a class where no Docker answers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnabledIfDockerAnswers.Condition.class)
public @interface EnabledIfDockerAnswers {

  /** Asked once per class. */
  final class Condition implements ExecutionCondition {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      // Without either, Testcontainers would search long and complain loudly.
      if (System.getenv("DOCKER_HOST") == null && !Files.exists(SOCKET)) {
        return ConditionEvaluationResult.disabled("no Docker: no DOCKER_HOST and no " + SOCKET);
      }
      return DockerClientFactory.instance().isDockerAvailable()
          ? ConditionEvaluationResult.enabled("Docker answers")
          : ConditionEvaluationResult.disabled("Docker does not answer");
    }
  }
}
