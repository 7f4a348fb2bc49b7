package io.tidemark.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The company that every fleet is built after: one platform and one tenant, which larger fleets
 * repeat. A fleet of n workloads takes the first n lines, so what everything leans on comes first.
 */
final class Blueprint {
  /** As many workloads as the core needs that every fleet has. */
  static final int SMALLEST = 12;

  /** Namespaces that larger fleets repeat under numbered names; the others exist once. */
  static final Set<String> TENANT = Set.of("shop", "payments", "orders", "data");

  /** Namespace, kind, name, replicas (a range is autoscaled), then settings. */
  private static final String WORKLOADS =
      """
      kube-system  Deployment  coredns                  2    port=53    metrics=9153  probe=8080
      ingress      Deployment  ingress-nginx-controller 2    port=443   metrics=10254 probe=10254
      monitoring   StatefulSet prometheus               1    port=9090  probe=9090
      shop         Deployment  storefront               2-5  port=8080  metrics=8080  probe=8080
      shop         Deployment  catalog                  3    port=8080  metrics=8080  probe=8080
      shop         StatefulSet catalog-db               1    port=5432  metrics=9187
      shop         Deployment  cart                     2    port=8080  metrics=8080  probe=8080
      shop         StatefulSet cart-redis               1    port=6379  metrics=9121  probe=6379
      shop         Deployment  checkout                 2    port=8080  metrics=8080  probe=8080
      payments     Deployment  payment-api              2    port=8443  metrics=8080  probe=8081
      shop         StatefulSet opensearch               2    port=9200  probe=9200
      shop         Deployment  accounts                 2    port=8080  metrics=8080  probe=8080
      kube-system  DaemonSet   fluent-bit               1    port=2020  metrics=2020
      monitoring   StatefulSet loki                     1    port=3100  metrics=3100  probe=3100
      monitoring   Deployment  grafana                  1    port=3000  probe=3000
      monitoring   StatefulSet alertmanager             1    port=9093  probe=9093
      monitoring   Deployment  kube-state-metrics       1    port=8080  metrics=8080
      argocd       StatefulSet argocd-application-controller 1 port=8082 metrics=8082
      argocd       Deployment  argocd-repo-server       1    port=8081  probe=8084
      argocd       Deployment  argocd-server            1    port=8080  probe=8080
      cert-manager Deployment  cert-manager             1    port=9402  metrics=9402
      platform     Deployment  external-dns             1    port=7979
      shop         Deployment  search                   2    port=8080  metrics=8080  probe=8080
      shop         Deployment  recommender              2    port=50051 metrics=9090  probe=50051
      shop         Deployment  media                    1    port=8080  probe=8080
      payments     Deployment  fraud-check              1    port=50051 probe=50051
      payments     Deployment  ledger                   1    port=8080  metrics=8080
      payments     StatefulSet ledger-db                1    port=5432
      payments     CronJob     reconcile                0    period=60  at=7   for=4
      orders       Deployment  order-api                2    port=8080  metrics=8080  probe=8080
      orders       Deployment  order-worker             2    metrics=9000
      orders       StatefulSet orders-db                1    port=5432
      orders       StatefulSet rabbitmq                 2    port=5672  metrics=15692 probe=15672
      orders       Deployment  fulfilment               1    port=8080  probe=8080
      orders       Deployment  notifier                 1    port=8080
      orders       CronJob     backup                   0    period=1440 at=135 for=18
      data         StatefulSet clickhouse               1    port=9000  metrics=9363
      data         Deployment  collector                2    port=8080  probe=8080
      data         Deployment  reports                  1    port=8080
      data         CronJob     etl                      0    period=60  at=22  for=6
      """;

  /** Client, server and port, manner, rate a minute, curve. A {@code #} becomes four hex digits. */
  private static final String CALLS =
      """
      world -> ingress-nginx-controller:443 connect 6 users
      ingress-nginx-controller -> storefront:8080 connect 4 users
      ingress-nginx-controller -> order-api:8080 connect 1 users
      ingress-nginx-controller -> accounts:8080 connect 0.8 users
      ingress-nginx-controller -> media:8080 connect 0.8 users
      ingress-nginx-controller -> collector:8080 connect 1.5 users
      ingress-nginx-controller -> grafana:3000 connect 0.3 office
      ingress-nginx-controller -> argocd-server:8080 connect 0.2 office
      coredns -> resolver:53 connect 0.5 steady
      coredns -> apiserver:6443 pool 0.5 steady
      storefront -> catalog:8080 connect 22 steady
      storefront -> cart:8080 connect 1.5 users
      storefront -> search:8080 connect 1 users
      storefront -> recommender:50051 pool 1.5 users
      storefront -> accounts:8080 connect 0.6 users
      storefront -> checkout:8080 connect 0.4 users
      catalog -> catalog-db:5432 pool 2 steady
      catalog -> cdn-assets.fastly-edge.net:443 connect 0.05 users
      cart -> cart-redis:6379 pool 1.5 users
      search -> opensearch:9200 pool 1.5 users
      opensearch -> opensearch:9300 pool 0.6 steady
      recommender -> opensearch:9200 connect 0.3 users
      recommender -> models-#.s3.eu-west-1.amazonaws.com:443 connect 0.05 steady
      media -> media-assets-prod-#.s3.eu-west-1.amazonaws.com:443 connect 0.2 users
      media -> img.imgix-delivery.net:443 connect 0.1 users
      accounts -> catalog-db:5432 pool 0.6 steady
      accounts -> login.microsoftonline.com:443 connect 0.12 users
      checkout -> payment-api:8443 connect 0.5 users
      checkout -> order-api:8080 connect 0.5 users
      checkout -> cart:8080 connect 0.5 users
      payment-api -> api.stripe.com:443 connect 0.25 users
      payment-api -> fraud-check:50051 pool 0.8 users
      payment-api -> ledger:8080 connect 0.5 users
      fraud-check -> cart-redis:6379 pool 0.4 steady
      fraud-check -> minfraud.maxmind.com:443 connect 0.1 users
      ledger -> ledger-db:5432 pool 1 steady
      reconcile -> ledger-db:5432 connect 4 steady
      reconcile -> api.stripe.com:443 connect 1 steady
      order-api -> orders-db:5432 pool 1.5 steady
      order-api -> rabbitmq:5672 pool 0.8 users
      order-worker -> rabbitmq:5672 pool 0.8 users
      order-worker -> orders-db:5432 pool 0.8 steady
      order-worker -> fulfilment:8080 connect 0.3 users
      order-worker -> notifier:8080 connect 0.3 users
      fulfilment -> api.dhl.com:443 connect 0.1 office
      notifier -> api.sendgrid.com:443 connect 0.12 users
      notifier -> email.eu-west-1.amazonaws.com:443 connect 0.06 users
      rabbitmq -> rabbitmq:25672 pool 0.4 steady
      backup -> orders-db:5432 connect 2 steady
      backup -> ledger-db:5432 connect 1 steady
      backup -> backups-prod-#.s3.eu-central-1.amazonaws.com:443 connect 3 steady
      collector -> clickhouse:9000 pool 1 users
      reports -> clickhouse:9000 connect 0.2 office
      reports -> hooks.slack.com:443 connect 0.05 office
      etl -> orders-db:5432 connect 2 steady
      etl -> clickhouse:9000 connect 3 steady
      fluent-bit -> loki:3100 pool 2 steady
      loki -> logs-chunks-#.s3.eu-west-1.amazonaws.com:443 connect 0.12 steady
      prometheus -> apiserver:6443 pool 0.5 steady
      prometheus -> alertmanager:9093 pool 0.4 steady
      prometheus -> nodes:9100 pool 2 steady
      kube-state-metrics -> apiserver:6443 pool 0.4 steady
      grafana -> prometheus:9090 connect 0.3 office
      grafana -> loki:3100 connect 0.1 office
      alertmanager -> events.pagerduty.com:443 connect 0.02 steady
      argocd-application-controller -> apiserver:6443 pool 0.6 steady
      argocd-application-controller -> argocd-repo-server:8081 connect 0.3 steady
      argocd-repo-server -> github.com:443 connect 0.15 steady
      argocd-server -> argocd-repo-server:8081 connect 0.1 office
      cert-manager -> apiserver:6443 pool 0.3 steady
      cert-manager -> acme-v02.api.letsencrypt.org:443 connect 0.02 steady
      external-dns -> apiserver:6443 pool 0.3 steady
      external-dns -> route53.amazonaws.com:443 connect 0.1 steady
      """;

  /** One line of {@link #WORKLOADS}; settings are 0 when absent. */
  record WorkloadLine(
      String namespace, String kind, String name, String replicas, List<String> words) {
    int setting(String key) {
      for (String word : words) {
        if (word.startsWith(key + "=")) {
          return Integer.parseInt(word.substring(key.length() + 1));
        }
      }
      return 0;
    }

    boolean tenant() {
      return TENANT.contains(namespace);
    }
  }

  /** One line of {@link #CALLS}. */
  record CallLine(
      String client, String server, int port, boolean pooled, double perMinute, Curve curve) {}

  private Blueprint() {}

  static List<WorkloadLine> workloads() {
    return workloads(WORKLOADS);
  }

  static List<WorkloadLine> workloads(String text) {
    List<WorkloadLine> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.split(" +", -1));
      lines.add(new WorkloadLine(words.get(0), words.get(1), words.get(2), words.get(3), words));
    }
    return lines;
  }

  static List<CallLine> calls() {
    return calls(CALLS);
  }

  static List<CallLine> calls(String text) {
    List<CallLine> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" +", -1);
      int colon = words[2].lastIndexOf(':');
      lines.add(
          new CallLine(
              words[0],
              words[2].substring(0, colon),
              Integer.parseInt(words[2].substring(colon + 1)),
              words[3].equals("pool"),
              Double.parseDouble(words[4]),
              Curve.named(words[5])));
    }
    return lines;
  }
}
