package io.tidemark.config;

import io.tidemark.setting.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a setting's Java type asks of the text in the configuration. Binding, overriding, printing
 * and the reference page all follow the same shape, so that none knows a key the others do not.
 */
sealed interface Shape {

  /** The type in a reader's words. */
  String typeName();

  /**
   * A value that is one piece of text.
   *
   * @param text whether the value is free text, and so may be secret
   * @param parse throws IllegalArgumentException whose message begins with "must be"
   */
  record Scalar(
      String typeName, boolean text, Function<String, Object> parse, Function<Object, String> print)
      implements Shape {}

  /** A list of texts. */
  record Items() implements Shape {
    @Override
    public String typeName() {
      return "list of text";
    }
  }

  /** Keys of the user's own choice. */
  record Entries(Shape value) implements Shape {
    @Override
    public String typeName() {
      return "map to " + value.typeName();
    }
  }

  record Section(List<Field> fields, Function<List<Object>, Object> construct) implements Shape {
    @Override
    public String typeName() {
      return "section";
    }

    List<String> keys() {
      return fields.stream().map(Field::key).toList();
    }
  }

  record Field(String key, String meaning, Shape shape, Function<Object, Object> get) {}

  /**
   * The shape of a type.
   *
   * @throws IllegalStateException when the type is none a setting may have, or a component says
   *     nothing of itself
   */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Switched.class) {
        return switched((Section) of(arguments[0]));
      }
      if (generic.getRawType() == List.class && arguments[0] == String.class) {
        return new Items();
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Entries(of(arguments[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return plain.isRecord() ? section(plain) : Scalars.of(plain);
    }
    throw new IllegalStateException("no setting can be a " + type);
  }

  private static Section section(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : components) {
      fields.add(field(type, component));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Section(fields, values -> invoke(() -> constructor.newInstance(values.toArray())));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  private static Field field(Class<?> type, RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(
          type.getName() + "." + component.getName() + " has no @Setting");
    }
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new Field(
        Keys.kebab(component.getName()),
        setting.value(),
        of(component.getGenericType()),
        instance -> invoke(() -> accessor.invoke(instance)));
  }

  /** {@code enabled}, then the parameters' own fields. */
  private static Section switched(Section parameters) {
    Field enabled = field(Switched.class, Switched.class.getRecordComponents()[0]);
    List<Field> fields = new ArrayList<>(List.of(enabled));
    for (Field field : parameters.fields()) {
      fields.add(
          new Field(
              field.key(),
              field.meaning(),
              field.shape(),
              instance -> field.get().apply(((Switched<?>) instance).settings())));
    }
    return new Section(
        fields,
        values ->
            new Switched<>(
                (boolean) values.get(0),
                (Record) parameters.construct().apply(values.subList(1, values.size()))));
  }

  /** A reflective call. */
  interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private static Object invoke(Call call) {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
