package io.tidemark.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The application layer part of a Hubble flow while it is being read. Of HTTP only a response's
 * status and latency are kept, of Kafka nothing: URLs and headers may hold secrets.
 */
final class HubbleL7 {

  private static final int MAX_ANSWERS = 16;
  // A name has 255 bytes, each of them written with up to six characters; what is longer is cut.
  private static final int MAX_QUERY = 4096;
  private static final long NO_LATENCY = -1;

  /** A day: more is a broken clock. */
  private static final long MAX_LATENCY = 86_400_000_000_000L;

  private static final String[] L7_TYPES = {null, "REQUEST", "RESPONSE", "SAMPLE"};

  /** What the compact reader knows of the fields at all levels. */
  private enum Field {
    TYPE,
    LATENCY,
    DNS,
    HTTP,
    CODE,
    QUERY,
    RCODE,
    IPS,
    QTYPES,
    IGNORED
  }

  private final FieldNames<Field> fields =
      new FieldNames<Field>()
          .with("type", Field.TYPE)
          .with("latency_ns", Field.LATENCY)
          .with("dns", Field.DNS)
          .with("http", Field.HTTP)
          .with("kafka", Field.IGNORED);
  private final FieldNames<Field> httpFields =
      new FieldNames<Field>()
          .with("code", Field.CODE)
          .with("method", Field.IGNORED)
          .with("url", Field.IGNORED)
          .with("protocol", Field.IGNORED)
          .with("headers", Field.IGNORED);
  private final FieldNames<Field> dnsFields =
      new FieldNames<Field>()
          .with("query", Field.QUERY)
          .with("rcode", Field.RCODE)
          .with("ips", Field.IPS)
          .with("qtypes", Field.QTYPES)
          .with("ttl", Field.IGNORED)
          .with("cnames", Field.IGNORED)
          .with("observation_source", Field.IGNORED)
          .with("rrtypes", Field.IGNORED);

  private final TextCache cache;
  private final List<String> answers = new ArrayList<>(MAX_ANSWERS);
  private boolean present;
  private String type;
  private boolean dns;
  private String query;
  private String queryType;
  private int rcode;
  private boolean http;
  private long code;
  private long latency;

  HubbleL7(TextCache cache) {
    this.cache = cache;
    reset();
  }

  void reset() {
    present = false;
    type = null;
    dns = false;
    query = "";
    queryType = "";
    rcode = 0;
    http = false;
    code = 0;
    latency = NO_LATENCY;
    answers.clear();
  }

  boolean isPresent() {
    return present;
  }

  boolean isRequest() {
    return "REQUEST".equals(type);
  }

  boolean isResponse() {
    return "RESPONSE".equals(type);
  }

  void read(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.object(p, "l7")) {
      return;
    }
    present = true;
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      if (field.equals("type")) {
        type = JsonFields.enumName(p, cache, "l7.type", L7_TYPES);
      } else if (field.equals("dns") && JsonFields.object(p, "l7.dns")) {
        dns = true;
        try {
          readDns(p);
        } catch (Rejection e) {
          throw e.in("l7.dns");
        }
      } else if (field.equals("latency_ns")) {
        latency = JsonFields.lenientCount(p);
        p.skipChildren();
      } else if (field.equals("http") && JsonFields.object(p, "l7.http")) {
        http = true;
        readHttp(p);
      } else {
        p.skipChildren();
      }
    }
  }

  private void readHttp(JsonParser p) throws IOException, Rejection {
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      if (field.equals("code")) {
        code = JsonFields.lenientCount(p);
      }
      p.skipChildren();
    }
  }

  private void readDns(JsonParser p) throws IOException, Rejection {
    for (String field; (field = p.nextFieldName()) != null; ) {
      p.nextToken();
      switch (field) {
        case "query" -> query = queryName(JsonFields.text(p, cache, field, MAX_QUERY));
        case "rcode" -> rcode = (int) JsonFields.unsigned(p, field, 0xffff);
        case "ips" -> readAnswers(p);
        case "qtypes" -> readQueryType(p);
        default -> p.skipChildren();
      }
    }
  }

  /** Names longer than DNS allows are cut in front: the registered domain stands at the end. */
  static String queryName(String text) {
    String name = text == null ? "" : HubbleSide.dnsName(text);
    return name.length() <= HubbleSide.MAX_NAME
        ? name
        : name.substring(name.length() - HubbleSide.MAX_NAME);
  }

  private void readAnswers(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.array(p, "ips")) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      String address = JsonFields.address(p, cache, "ips");
      if (address != null && answers.size() < MAX_ANSWERS) {
        answers.add(address);
      }
    }
  }

  private void readQueryType(JsonParser p) throws IOException, Rejection {
    if (!JsonFields.array(p, "qtypes")) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      String name = JsonFields.text(p, cache, "qtypes", 64);
      if (name != null && queryType.isEmpty()) {
        queryType = name;
      }
    }
  }

  /** As {@link #read(JsonParser)}. */
  void read(CompactJson json) {
    present = true;
    readEach(fields, json);
  }

  private void readField(Field field, CompactJson json) {
    switch (field) {
      case TYPE -> type = json.word(JsonFields.MAX_ENUM);
      case LATENCY -> latency = Math.min(json.numberOrText(Long.MAX_VALUE), JsonFields.MAX_COUNT);
      case DNS -> {
        dns = true;
        readEach(dnsFields, json);
      }
      case HTTP -> {
        http = true;
        readEach(httpFields, json);
      }
      case CODE -> code = Math.min(json.number(Long.MAX_VALUE), JsonFields.MAX_COUNT);
      case QUERY -> query = json.domainName();
      case RCODE -> rcode = (int) json.number(0xffff);
      case IPS -> readAnswers(json);
      case QTYPES -> readQueryType(json);
      case IGNORED -> json.skip();
    }
  }

  private void readEach(FieldNames<Field> names, CompactJson json) {
    for (Field field = json.first(names); field != null; field = json.next(names)) {
      readField(field, json);
    }
  }

  private void readAnswers(CompactJson json) {
    for (boolean more = json.array(); more; more = json.element()) {
      String address = json.address();
      if (answers.size() < MAX_ANSWERS) {
        answers.add(address);
      }
    }
  }

  private void readQueryType(CompactJson json) {
    for (boolean more = json.array(); more; more = json.element()) {
      String name = json.word(JsonFields.MAX_ENUM);
      if (queryType.isEmpty()) {
        queryType = name;
      }
    }
  }

  /** The HTTP response, {@code null} when it was something else or has no status. */
  HttpResponse http() {
    if (!http || !isResponse() || code < 100 || code > 599) {
      return null;
    }
    boolean measured = latency > 0 && latency <= MAX_LATENCY;
    return new HttpResponse((int) code, measured ? latency : NO_LATENCY);
  }

  /** The DNS message, {@code null} when it was something else. */
  DnsMessage dns() {
    return dns ? new DnsMessage(query, queryType, isResponse(), rcode, List.copyOf(answers)) : null;
  }
}
