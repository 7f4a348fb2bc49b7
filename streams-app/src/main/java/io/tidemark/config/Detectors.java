package io.tidemark.config;

import io.tidemark.detect.Beacon;
import io.tidemark.detect.Blind;
import io.tidemark.detect.Denied;
import io.tidemark.detect.Detector;
import io.tidemark.detect.DnsDga;
import io.tidemark.detect.DnsTunnel;
import io.tidemark.detect.Exfiltration;
import io.tidemark.detect.Flood;
import io.tidemark.detect.HostSweep;
import io.tidemark.detect.HttpErrors;
import io.tidemark.detect.Latency;
import io.tidemark.detect.NewPeer;
import io.tidemark.detect.PortScan;
import io.tidemark.detect.PortUse;
import io.tidemark.detect.Rollout;
import io.tidemark.detect.Volume;
import io.tidemark.setting.Setting;
import java.util.List;
import java.util.stream.Stream;

/** The detectors; each component's name in kebab-case is the detector's. */
public record Detectors(
    @Setting("A workload meets a peer it never met.") Switched<NewPeer> newPeer,
    @Setting("A workload serves or calls a port it never served or called.")
        Switched<PortUse> portUse,
    @Setting("A workload tries many ports of one peer.") Switched<PortScan> portScan,
    @Setting("A workload tries one port on many peers.") Switched<HostSweep> hostSweep,
    @Setting("A workload says far more than it does at this hour, or nothing.")
        Switched<Volume> volume,
    @Setting("A workload moves data in the names it asks DNS for.") Switched<DnsTunnel> dnsTunnel,
    @Setting("A workload asks DNS for generated domains that do not exist.")
        Switched<DnsDga> dnsDga,
    @Setting("Policy stops a workload where it never went before, or far more often than usual.")
        Switched<Denied> denied,
    @Setting("A server fails more requests than usual, or one client is refused over and over.")
        Switched<HttpErrors> httpErrors,
    @Setting("A server answers far more slowly than it does at this hour.")
        Switched<Latency> latency,
    @Setting("A source loses events, falls silent, or tells less or more of the same traffic.")
        Switched<Blind> blind,
    @Setting("A new version of a workload comes into service: information, no alarm.")
        Switched<Rollout> rollout,
    @Setting("A workload calls a server outside in a rhythm that is new for it.")
        Switched<Beacon> beacon,
    @Setting("A workload sends a server outside far more than it ever sent anybody there.")
        Switched<Exfiltration> exfiltration,
    @Setting(
            "A server is opened far more connections than it is used to, or a workload floods one.")
        Switched<Flood> flood) {

  public static Detectors defaults() {
    return new Detectors(
        Switched.on(NewPeer.defaults()),
        Switched.on(PortUse.defaults()),
        Switched.on(PortScan.defaults()),
        Switched.on(HostSweep.defaults()),
        Switched.on(Volume.defaults()),
        Switched.on(DnsTunnel.defaults()),
        Switched.on(DnsDga.defaults()),
        Switched.on(Denied.defaults()),
        Switched.on(HttpErrors.defaults()),
        Switched.on(Latency.defaults()),
        Switched.on(Blind.defaults()),
        Switched.on(Rollout.defaults()),
        Switched.on(Beacon.defaults()),
        Switched.on(Exfiltration.defaults()),
        Switched.on(Flood.defaults()));
  }

  /** Those that are switched on. */
  public List<Detector<?>> inService() {
    return Stream.of(
            newPeer,
            portUse,
            portScan,
            hostSweep,
            volume,
            dnsTunnel,
            dnsDga,
            denied,
            httpErrors,
            latency,
            blind,
            rollout,
            beacon,
            exfiltration,
            flood)
        .filter(Switched::enabled)
        .<Detector<?>>map(detector -> (Detector<?>) detector.settings())
        .toList();
  }
}
