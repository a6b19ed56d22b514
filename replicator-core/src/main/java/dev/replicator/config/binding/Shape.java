package dev.replicator.config.binding;

import java.util.List;
import java.util.Optional;

/** The keys that a mapping may have, in the order of the reference. */
public record Shape(List<Slot> slots) {
    public Shape {
        slots = List.copyOf(slots);
    }

    public static Shape of(Slot... slots) {
        return new Shape(List.of(slots));
    }

    List<String> names() {
        return slots.stream().map(Slot::name).toList();
    }

    Optional<Slot> slot(String name) {
        return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
    }
}
