package io.tidemark.service;

import io.tidemark.config.Config;
import io.tidemark.config.SourceSettings;
import io.tidemark.config.StateBackend;
import io.tidemark.config.Topic;
import io.tidemark.control.Control;
import io.tidemark.flow.AddressBook;
import io.tidemark.flow.DomainNames;
import io.tidemark.flow.FlowParsers;
import io.tidemark.flow.Identity;
import io.tidemark.flow.IdentitySettings;
import io.tidemark.flow.ParserSettings;
import io.tidemark.flow.Source;
import io.tidemark.pipeline.LocalJudge;
import io.tidemark.pipeline.LocalPipeline;
import io.tidemark.pipeline.LocalPublish;
import io.tidemark.pipeline.Panel;
import io.tidemark.topology.InputLag;
import io.tidemark.topology.Telemetry;
import io.tidemark.topology.TidemarkTopology;
import io.tidemark.window.Fact;
import io.tidemark.window.Fold;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The configured pipeline as parts of its topology. */
public final class Pipeline {

  private Pipeline() {}

  /**
   * The parts.
   *
   * @param partitions how many partitions the raw topic of each enabled source has
   * @param activityPartitions how many the activity topic has
   */
  public static TidemarkTopology.Parts parts(
      Config config,
      Map<Source, Integer> partitions,
      int activityPartitions,
      InputLag lag,
      Telemetry telemetry) {
    ParserSettings parsing = config.sources().parsing();
    Map<Source, TidemarkTopology.SourceInput> inputs = new EnumMap<>(Source.class);
    for (Source source : Source.values()) {
      SourceSettings settings = config.sources().of(source);
      if (settings.enabled()) {
        inputs.put(
            source,
            new TidemarkTopology.SourceInput(
                config.topic(Config.rawTopic(source)),
                partitions.get(source),
                settings.lateness(),
                settings.idleTimeout(),
                () -> FlowParsers.of(source, parsing)));
      }
    }
    return new TidemarkTopology.Parts(
        new TidemarkTopology.TopicNames(
            config.topic(Topic.WORKLOADS),
            config.topic(Topic.CONTROL),
            config.topic(Topic.ACTIVITY),
            config.topic(Topic.FINDINGS),
            config.topic(Topic.ALERTS),
            config.topic(Topic.SHADOW),
            config.topic(Topic.BASELINES),
            config.topic(Topic.DLQ)),
        inputs,
        activityPartitions,
        config.windows(),
        config.identity(),
        config.alerts(),
        new Panel(config.detectors().inService()),
        config.state().backend() == StateBackend.ROCKSDB,
        new Serdes(config.serde()),
        lag,
        telemetry);
  }

  /** The third stage alone, in memory. */
  public static LocalPublish publish(Config config, Control control) {
    return new LocalPublish(config.windows().length(), config.alerts(), control);
  }

  /**
   * The second stage alone, in memory, for facts that were folded before.
   *
   * @param publish is told what it finds
   * @param place which part of the facts it is given
   */
  public static LocalJudge judge(
      Config config, Control control, LocalPublish publish, LocalJudge.Place place) {
    IdentitySettings identity = config.identity();
    return new LocalJudge(
        config.windows(),
        config.alerts(),
        new Panel(config.detectors().inService()),
        new DomainNames(identity),
        identity.ranges(),
        control,
        publish,
        place);
  }

  /** The same pipeline in memory, for a finite input. */
  public static LocalPipeline local(Config config, AddressBook addresses) {
    return local(config, addresses, Control.NONE);
  }

  /** The same, with what operators said. */
  public static LocalPipeline local(Config config, AddressBook addresses, Control control) {
    return local(config, addresses, control, publish(config, control));
  }

  /** The same, with what decides about what it finds. */
  public static LocalPipeline local(
      Config config, AddressBook addresses, Control control, LocalPublish publish) {
    IdentitySettings identity = config.identity();
    DomainNames domains = new DomainNames(identity);
    return new LocalPipeline(
        config.windows(),
        config.alerts(),
        new Panel(config.detectors().inService()),
        new Fold.Names(new Identity(identity), domains, addresses, identity.cluster()),
        domains,
        identity.ranges(),
        control,
        publish);
  }

  /** OBSERVE alone, in memory: the facts of a finite input. */
  public static LocalPipeline observing(
      Config config, AddressBook addresses, Consumer<Fact> facts) {
    IdentitySettings identity = config.identity();
    return LocalPipeline.observing(
        config.windows(),
        new Fold.Names(
            new Identity(identity), new DomainNames(identity), addresses, identity.cluster()),
        facts);
  }
}
