package dev.replicator.server.description;

import com.networknt.schema.Schema;
import dev.replicator.config.Role;
import java.util.List;
import java.util.Optional;

/**
 * One method of one path.
 *
 * @param path with its parameters in braces
 * @param role that the caller must have at least; empty: open to everybody
 * @param body what a body must look like; empty: it takes none
 */
public record Operation(
        String method,
        String path,
        String id,
        Optional<Role> role,
        List<Parameter> parameters,
        Optional<Schema> body,
        boolean bodyRequired) {
    public Operation {
        parameters = List.copyOf(parameters);
    }

    /** Whether it may change something. */
    public boolean changes() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    /** Whether it knows such a header. */
    public boolean takesHeader(String name) {
        return parameters.stream()
                .anyMatch(parameter ->
                        parameter.in().equals("header") && parameter.name().equalsIgnoreCase(name));
    }

    /**
     * A value that a request may have.
     *
     * @param in path, query, header or cookie
     */
    public record Parameter(String name, String in, boolean required, Schema schema) {}
}
