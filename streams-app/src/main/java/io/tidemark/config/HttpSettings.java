package io.tidemark.config;

import io.tidemark.setting.Setting;

/** The console and the metrics. */
public record HttpSettings(
    @Setting("Address to listen on: an IP address or localhost.") String host,
    @Setting("Port to listen on, 0 to 65535; 0 takes a free one.") int port,
    @Setting("Whether host may be other than loopback, so that others on the network can connect.")
        boolean allowRemote) {

  public HttpSettings {
    Require.notBlank("host", host);
    Require.that(
        allowRemote || isLoopback(host),
        "host",
        "must be a loopback address unless http.allow-remote is true",
        host);
    Require.range("port", port, 0, 65535);
  }

  public static HttpSettings defaults() {
    return new HttpSettings("127.0.0.1", 9464, false);
  }

  /** By its text: asking a resolver could answer differently when the address is bound. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  }
}
