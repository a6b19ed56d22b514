package dev.replicator.hook.example;

import java.util.Map;
import java.util.TreeMap;

/** The shop's database: what it sells, by name, in cents. */
final class Catalogue {
    private final Map<String, Integer> prices;

    private Catalogue(Map<String, Integer> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** With the articles every new shop begins with. */
    static Catalogue seeded() {
        return new Catalogue(Map.of("mug", 990, "shirt", 1990, "poster", 1490));
    }

    /** One line an article. */
    String page() {
        StringBuilder page = new StringBuilder();
        new TreeMap<>(prices)
                .forEach((name, cents) -> page.append(String.format("%s %d.%02d%n", name, cents / 100, cents % 100)));
        return page.toString();
    }
}
