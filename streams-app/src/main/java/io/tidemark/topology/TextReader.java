package io.tidemark.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads text, the same text as the same string: names of workloads, pods and topics come again in
 * every fact, and a string that is the same need not be made, hashed or compared anew. Holds at
 * most {@value #ROOM} strings of {@value #LONGEST} bytes, of two that want one place the later.
 */
final class TextReader {

  /** A power of two. */
  private static final int ROOM = 4096;

  private static final int LONGEST = 128;

  private final byte[][] forms = new byte[ROOM][];
  private final String[] strings = new String[ROOM];
  private Utf8 form = new Utf8();

  String read(Decoder in) throws IOException {
    form = in.readString(form);
    int length = form.getByteLength();
    if (length > LONGEST) {
      String text = form.toString();
      form = new Utf8();
      return text;
    }
    byte[] bytes = form.getBytes();
    int place = place(bytes, length);
    byte[] known = forms[place];
    if (known != null && Arrays.equals(known, 0, known.length, bytes, 0, length)) {
      return strings[place];
    }
    forms[place] = Arrays.copyOf(bytes, length);
    strings[place] = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return strings[place];
  }

  private static int place(byte[] bytes, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return (hash ^ hash >>> 12 ^ hash >>> 24) & ROOM - 1;
  }
}
