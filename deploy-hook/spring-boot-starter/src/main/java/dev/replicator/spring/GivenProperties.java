package dev.replicator.spring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * All of {@code replicator.*} as maps, lists and single values, whatever file, variable or argument it stands in, with
 * Spring's precedence, relaxed names and placeholders. Of environment variables only those below {@link #OVERRIDABLE}
 * count: {@code REPLICATOR_ENV} and its like have a meaning of their own.
 */
final class GivenProperties {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("replicator");
    private static final List<String> OVERRIDABLE = List.of("stores", "jobs");

    /** A value, and whether it comes from an environment variable, which can't spell names exactly. */
    private record Given(Object value, boolean variable) {}

    private final ConfigurableEnvironment environment;
    private final Map<ConfigurationPropertyName, Given> values = new LinkedHashMap<>();
    private final Map<ConfigurationPropertyName, ConfigurationPropertySource> lists = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private GivenProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * What was found.
     *
     * @param problems lines for people
     */
    record Tree(Map<String, Object> values, List<String> problems) {}

    static Tree of(ConfigurableEnvironment environment) {
        GivenProperties given = new GivenProperties(environment);
        ConfigurationPropertySources.from(environment.getPropertySources()).forEach(given::collect);
        return new Tree(given.tree(), given.problems);
    }

    private void collect(ConfigurationPropertySource source) {
        if (!(source instanceof IterableConfigurationPropertySource iterable)) {
            return;
        }
        boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        iterable.stream()
                .filter(name -> ROOT.isAncestorOf(name) && (!variable || overridable(name)))
                .filter(name -> belongs(name, source))
                .forEach(name -> Optional.ofNullable(source.getConfigurationProperty(name))
                        .ifPresent(property -> add(name, new Given(resolved(name, property.getValue()), variable))));
    }

    private static boolean overridable(ConfigurationPropertyName name) {
        return name.getNumberOfElements() > 2 && OVERRIDABLE.contains(name.getElement(1, Form.UNIFORM));
    }

    /** The source of highest precedence that has an item of a list has the whole list. */
    private boolean belongs(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (name.isNumericIndex(i) && lists.computeIfAbsent(name.chop(i), list -> source) != source) {
                return false;
            }
        }
        return true;
    }

    /** The first value counts; the spelling of a file counts more than that of a variable. */
    private void add(ConfigurationPropertyName name, Given given) {
        Given first = values.putIfAbsent(name, given);
        if (first != null && first.variable() && !given.variable()) {
            values.remove(name);
            values.put(name, new Given(first.value(), false));
        }
    }

    private Object resolved(ConfigurationPropertyName name, Object value) {
        if (!(value instanceof CharSequence text)) {
            return value;
        }
        if (text.toString().contains("${env:") || text.toString().contains("${file:")) {
            problems.add(name + ": here placeholders are Spring's: write ${NAME} or ${NAME:default}"
                    + " in place of ${env:NAME}, and spring.config.import=configtree:… in place of ${file:…}");
            return "";
        }
        return environment.resolvePlaceholders(text.toString());
    }

    private Map<String, Object> tree() {
        Map<Object, Object> root = new LinkedHashMap<>();
        values.forEach((name, given) -> insertIf(!given.variable(), root, name, given));
        values.forEach((name, given) -> insertIf(given.variable(), root, name, given));
        Map<String, Object> result = new LinkedHashMap<>();
        root.forEach((key, value) -> result.put(String.valueOf(key), listed(value)));
        return result;
    }

    private static void insertIf(
            boolean wanted, Map<Object, Object> root, ConfigurationPropertyName name, Given given) {
        if (wanted) {
            insert(root, name, 1, given.value());
        }
    }

    @SuppressWarnings("unchecked")
    private static void insert(Map<Object, Object> map, ConfigurationPropertyName name, int at, Object value) {
        Object key = key(map, name, at);
        if (at == name.getNumberOfElements() - 1) {
            map.putIfAbsent(key, value);
            return;
        }
        Object inner = map.get(key);
        if (!(inner instanceof Map<?, ?>)) {
            inner = new LinkedHashMap<Object, Object>();
            map.put(key, inner);
        }
        insert((Map<Object, Object>) inner, name, at + 1, value);
    }

    private static Object key(Map<Object, Object> map, ConfigurationPropertyName name, int at) {
        String element = name.getElement(at, Form.ORIGINAL);
        if (name.isNumericIndex(at)) {
            return Integer.valueOf(element);
        }
        return map.keySet().stream()
                .filter(known -> known instanceof String text && uniform(text).equals(uniform(element)))
                .findFirst()
                .orElse(element);
    }

    static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Object listed(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.keySet().stream().allMatch(Integer.class::isInstance)) {
            TreeMap<Integer, Object> items = new TreeMap<>();
            map.forEach((index, item) -> items.put((Integer) index, listed(item)));
            return List.copyOf(items.values());
        }
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, inner) -> result.put(String.valueOf(key), listed(inner)));
        return result;
    }
}
