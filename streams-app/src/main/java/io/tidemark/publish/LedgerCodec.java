package io.tidemark.publish;

import io.tidemark.detect.Signal.Contribution;
import io.tidemark.detect.Signal.Evidence;
import io.tidemark.flow.Workload;
import io.tidemark.state.Codec;
import io.tidemark.state.StateFormatException;
import io.tidemark.state.StateReader;
import io.tidemark.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Written form of a {@link Ledger}; outcomes by their place, a missing one never written. */
final class LedgerCodec implements Codec<Ledger> {

  private static final int VERSION = 2;

  /** Without what detectors said together, and whether what this stage raised was ever told. */
  private static final int EACH_ALONE = 1;

  @Override
  public void write(Ledger ledger, StateWriter out) {
    out.u8(VERSION).varlong(ledger.moved).varint(ledger.populations.size());
    ledger.populations.forEach(
        (namespace, population) -> {
          out.string(namespace).varint(population.parts.size());
          population.parts.forEach((part, count) -> out.varint(part).varint(count));
          hours(population.peaks, out);
        });
    out.varint(ledger.kinds.size());
    ledger.kinds.forEach(
        (form, kind) -> {
          out.string(form.detector()).string(form.subjectKind()).string(form.form());
          out.varint(kind.fates.size());
          kind.fates.forEach((id, fate) -> fate(id, fate, out));
          out.bool(kind.event != null);
          if (kind.event != null) {
            event(kind.event, out);
          }
        });
    out.varint(ledger.spendings.size());
    ledger.spendings.forEach(
        (key, spending) -> {
          out.string(key.namespace()).string(key.detector()).varlong(spending.since);
          out.bool(spending.told);
          hours(spending.hours, out);
          out.varint(spending.names.size());
          spending.names.forEach(out::string);
        });
    out.varint(ledger.corroboration.said.size());
    ledger.corroboration.said.forEach(
        (workload, sides) -> {
          out.string(workload.key()).varint(sides.size());
          sides.forEach(
              (side, each) ->
                  out.string(side).string(each.detector()).varlong(each.start()).f64(each.score()));
        });
    out.varint(ledger.rollouts.told.size());
    ledger.rollouts.told.forEach((workload, at) -> out.string(workload.key()).varlong(at));
  }

  @Override
  public Ledger read(StateReader in) {
    boolean alone = in.expectVersion(EACH_ALONE, VERSION, "ledger") == EACH_ALONE;
    Ledger ledger = new Ledger();
    ledger.moved = in.varlong();
    for (int left = in.count(); left > 0; left--) {
      Population population = new Population();
      ledger.populations.put(in.text(), population);
      for (int parts = in.count(); parts > 0; parts--) {
        population.parts.put(in.varint(), in.varint());
      }
      hours(population.peaks, in);
    }
    for (int left = in.count(); left > 0; left--) {
      Kind kind = new Kind();
      ledger.kinds.put(new AlertKind(in.text(), in.text(), in.text()), kind);
      for (int fates = in.count(); fates > 0; fates--) {
        kind.fates.put(in.text(), fate(in, alone));
      }
      kind.event = in.bool() ? event(in) : null;
    }
    for (int left = in.count(); left > 0; left--) {
      Spending spending = new Spending();
      ledger.spendings.put(new Spending.Key(in.text(), in.text()), spending);
      spending.since = in.varlong();
      spending.told = alone ? spending.isOver() : in.bool();
      hours(spending.hours, in);
      for (int names = in.count(); names > 0; names--) {
        spending.names.add(in.text());
      }
    }
    for (int left = alone ? 0 : in.count(); left > 0; left--) {
      TreeMap<String, Corroboration.Said> sides = new TreeMap<>();
      ledger.corroboration.said.put(workload(in.text()), sides);
      for (int each = in.count(); each > 0; each--) {
        sides.put(in.text(), new Corroboration.Said(in.text(), in.varlong(), score(in)));
      }
    }
    for (int left = alone ? 0 : in.count(); left > 0; left--) {
      ledger.rollouts.told.put(workload(in.text()), in.varlong());
    }
    return ledger;
  }

  private static void hours(Map<Long, Integer> hours, StateWriter out) {
    out.varint(hours.size());
    hours.forEach((hour, count) -> out.varlong(hour).varint(count));
  }

  private static void hours(Map<Long, Integer> hours, StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      hours.put(in.varlong(), in.varint());
    }
  }

  private static void fate(String id, Fate fate, StateWriter out) {
    out.string(id).string(fate.workload().key()).string(fate.subject()).varlong(fate.opened());
    out.f64(fate.score()).u8(fate.outcome().ordinal()).bool(fate.closed());
    out.bool(fate.lift() != null);
    if (fate.lift() != null) {
      out.f64(fate.lift().points()).string(fate.lift().detail());
    }
  }

  private static Fate fate(StateReader in, boolean alone) {
    return new Fate(
        workload(in.text()),
        in.text(),
        in.varlong(),
        score(in),
        in.constant(Outcome.values()),
        in.bool(),
        alone || !in.bool() ? null : new Contribution(Corroboration.TERM, score(in), in.text()));
  }

  private static void event(MassEvent event, StateWriter out) {
    out.varlong(event.since()).varlong(event.last()).varint(event.windows());
    out.varint(event.most()).varint(event.told()).varint(event.active()).f64(event.score());
    out.varint(event.examples().size());
    event.examples().forEach(seen -> out.string(seen.peer()).string(seen.detail()));
    out.string(event.common());
  }

  private static MassEvent event(StateReader in) {
    long since = in.varlong();
    long last = in.varlong();
    int windows = in.varint();
    int most = in.varint();
    int told = in.varint();
    int active = in.varint();
    double score = score(in);
    List<Evidence> examples = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      examples.add(new Evidence(in.text(), -1, "", in.text(), 0, 0, 0, List.of()));
    }
    if (windows < 1 || last < since || most < 1 || active < most) {
      throw new StateFormatException("ledger: impossible mass event");
    }
    return new MassEvent(
        since, last, windows, most, told, active, score, List.copyOf(examples), in.text());
  }

  private static double score(StateReader in) {
    double score = in.f64();
    if (!(score >= 0 && score <= 100)) {
      throw new StateFormatException("ledger: score " + score);
    }
    return score;
  }

  private static Workload workload(String key) {
    try {
      return Workload.ofKey(key);
    } catch (IllegalArgumentException e) {
      throw new StateFormatException("ledger: " + e.getMessage());
    }
  }
}
