package io.tidemark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** Which package may know which, and that the pure ones know neither Kafka nor a clock. */
@AnalyzeClasses(packages = "io.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String[] PURE = {
    "io.tidemark.setting..",
    "io.tidemark.state..",
    "io.tidemark.stats..",
    "io.tidemark.flow..",
    "io.tidemark.window..",
    "io.tidemark.detect..",
    "io.tidemark.alert..",
    "io.tidemark.control..",
    "io.tidemark.compare..",
    "io.tidemark.publish..",
    "io.tidemark.pipeline..",
    "io.tidemark.evaluate..",
    "io.tidemark.explain..",
    "io.tidemark.fleet.."
  };

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("setting")
          .definedBy("io.tidemark.setting..")
          .layer("state")
          .definedBy("io.tidemark.state..")
          .layer("stats")
          .definedBy("io.tidemark.stats..")
          .layer("flow")
          .definedBy("io.tidemark.flow..")
          .layer("window")
          .definedBy("io.tidemark.window..")
          .layer("detect")
          .definedBy("io.tidemark.detect..")
          .layer("alert")
          .definedBy("io.tidemark.alert..")
          .layer("control")
          .definedBy("io.tidemark.control..")
          .layer("compare")
          .definedBy("io.tidemark.compare..")
          .layer("publish")
          .definedBy("io.tidemark.publish..")
          .layer("pipeline")
          .definedBy("io.tidemark.pipeline..")
          .layer("evaluate")
          .definedBy("io.tidemark.evaluate..")
          .layer("fleet")
          .definedBy("io.tidemark.fleet..")
          .layer("config")
          .definedBy("io.tidemark.config..")
          .layer("topology")
          .definedBy("io.tidemark.topology..")
          .layer("explain")
          .definedBy("io.tidemark.explain..")
          .layer("history")
          .definedBy("io.tidemark.history..")
          .layer("embedded")
          .definedBy("io.tidemark.embedded..")
          .layer("service")
          .definedBy("io.tidemark.service..")
          .layer("replay")
          .definedBy("io.tidemark.replay..")
          .layer("demo")
          .definedBy("io.tidemark.demo..")
          .layer("cli")
          .definedBy("io.tidemark.cli..")
          .whereLayer("setting")
          .mayNotAccessAnyLayer()
          .whereLayer("state")
          .mayNotAccessAnyLayer()
          .whereLayer("stats")
          .mayOnlyAccessLayers("state")
          .whereLayer("flow")
          .mayOnlyAccessLayers("setting", "state")
          .whereLayer("window")
          .mayOnlyAccessLayers("setting", "state", "stats", "flow")
          .whereLayer("detect")
          .mayOnlyAccessLayers("setting", "state", "stats", "flow", "window")
          .whereLayer("alert")
          .mayOnlyAccessLayers("setting", "state", "stats", "flow", "window", "detect")
          .whereLayer("control")
          .mayOnlyAccessLayers("flow")
          .whereLayer("compare")
          .mayOnlyAccessLayers("flow", "detect", "alert")
          .whereLayer("publish")
          .mayOnlyAccessLayers("state", "flow", "detect", "alert")
          .whereLayer("pipeline")
          .mayOnlyAccessLayers(
              "setting", "state", "flow", "window", "detect", "alert", "control", "publish")
          .whereLayer("evaluate")
          .mayOnlyAccessLayers("setting", "stats", "flow", "window", "detect", "alert", "pipeline")
          .whereLayer("fleet")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("setting", "flow", "window", "detect", "alert")
          .whereLayer("topology")
          .mayOnlyAccessLayers(
              "state", "flow", "window", "detect", "alert", "control", "publish", "pipeline")
          .whereLayer("explain")
          .mayOnlyAccessLayers(
              "state",
              "flow",
              "window",
              "detect",
              "alert",
              "control",
              "publish",
              "pipeline",
              "config")
          .whereLayer("history")
          .mayOnlyAccessLayers(
              "state", "flow", "window", "detect", "alert", "pipeline", "config", "topology")
          .whereLayer("embedded")
          .mayNotAccessAnyLayer()
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers("replay", "demo", "cli")
          .whereLayer("replay")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule pureMeansNoKafkaNoAvroNoLogger =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.kafka..",
                  "org.apache.avro..",
                  "io.tidemark.schemas..",
                  "org.slf4j..",
                  "java.util.logging.."));

  @ArchTest
  static final ArchRule pureMeansNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random");
}
