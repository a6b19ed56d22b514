package dev.replicator.config;

/**
 * A token that the server takes. The token itself is nowhere in the configuration.
 *
 * @param name who bears it, for the audit and for people; unique
 * @param sha256 SHA-256 of the token's UTF-8 bytes, 64 hexadecimal digits in lower case
 */
public record AccessToken(String name, Role role, String sha256) {
    /** The digest is left out: it is of use to whoever tries to guess. */
    @Override
    public String toString() {
        return "AccessToken[" + name + ", " + role + "]";
    }
}
