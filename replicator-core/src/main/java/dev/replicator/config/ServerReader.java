package dev.replicator.config;

import dev.replicator.config.binding.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns the server's section into settings. */
final class ServerReader {
    private ServerReader() {}

    static ServerSettings read(Section server) {
        ServerSettings byDefault = ServerSettings.DEFAULT;
        ListenAddress listen = server.get(ServerKeys.LISTEN, new ListenAddress(byDefault.host(), byDefault.port()));
        Optional<String> database = server.get(ServerKeys.DATABASE_URL);
        Optional<String> user = server.get(ServerKeys.DATABASE_USER);
        Optional<String> password = server.get(ServerKeys.DATABASE_PASSWORD);
        boolean asks =
                database.filter(url -> url.startsWith("jdbc:postgresql:")).isPresent();
        if (user.isPresent() && !asks && !server.broken(ServerKeys.DATABASE_URL)) {
            server.problem(ServerKeys.DATABASE_USER, "goes with a database jdbc:postgresql:… only");
        }
        if (password.isPresent() && !asks && !server.broken(ServerKeys.DATABASE_URL)) {
            server.problem(ServerKeys.DATABASE_PASSWORD, "goes with a database jdbc:postgresql:… only");
        }
        Optional<URI> publicUrl = server.get(ServerKeys.PUBLIC_URL);
        return new ServerSettings(
                listen.host(),
                listen.port(),
                server.get(ServerKeys.BASE_PATH, byDefault.basePath()),
                hosts(server.get(ServerKeys.HOSTS).orElse(List.of()), publicUrl),
                server.get(ServerKeys.TRUSTED_PROXIES).orElse(List.of()),
                tokens(server),
                database,
                user.orElse(""),
                password.orElse(""),
                server.get(ServerKeys.KEEP_RUNS, byDefault.keepRuns()),
                Math.toIntExact(server.get(ServerKeys.MAX_RUNS, (long) byDefault.maxRuns())),
                server.get(ServerKeys.TITLE, byDefault.title()),
                publicUrl);
    }

    private static List<String> hosts(List<String> named, Optional<URI> publicUrl) {
        List<String> hosts = new ArrayList<>(named);
        publicUrl
                .map(url -> url.getHost().toLowerCase(Locale.ROOT))
                .filter(host -> !hosts.contains(host))
                .ifPresent(hosts::add);
        return hosts;
    }

    private static List<AccessToken> tokens(Section server) {
        List<AccessToken> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> digests = new HashSet<>();
        for (Section section : server.get(ServerKeys.TOKENS).orElse(List.of())) {
            Optional<String> name = section.get(ServerKeys.TOKEN_NAME);
            Optional<String> digest = section.get(ServerKeys.TOKEN_SHA256);
            Role role = section.get(ServerKeys.TOKEN_ROLE, Role.VIEWER);
            if (name.isPresent() && !names.add(name.get())) {
                section.problem(ServerKeys.TOKEN_NAME, "another token has this name");
            } else if (digest.isPresent() && !digests.add(digest.get())) {
                section.problem(ServerKeys.TOKEN_SHA256, "another token has this digest");
            } else if (name.isPresent() && digest.isPresent()) {
                tokens.add(new AccessToken(name.get(), role, digest.get()));
            }
        }
        return tokens;
    }
}
