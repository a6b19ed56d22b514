package dev.replicator.infra.docs;

import dev.replicator.infra.Anchors;
import dev.replicator.infra.Tree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Links of a page that lead into the source tree. */
record Links(Path page, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *(```+|~~~+).*?^ *\\1 *$");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^[a-z][a-z0-9+.-]*:.*|^//.*");

    /** What is wrong with them, one sentence each. */
    Stream<String> faults() {
        String prose = CODE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .flatMap(target -> fault(target).stream())
                .map(fault -> page + ": " + fault);
    }

    private Optional<String> fault(String target) {
        int hash = target.indexOf('#');
        String path = URLDecoder.decode(hash < 0 ? target : target.substring(0, hash), StandardCharsets.UTF_8);
        String anchor = hash < 0 ? "" : target.substring(hash + 1);
        Path file = path.isEmpty() ? page : page.resolveSibling(path);
        if (!path.isEmpty() && !Files.exists(file)) {
            return Optional.of(target + " is not there");
        }
        if (!anchor.isEmpty()
                && file.toString().endsWith(".md")
                && !Anchors.of(path.isEmpty() ? text : Tree.text(file)).contains(anchor)) {
            return Optional.of(target + " has no such heading");
        }
        return Optional.empty();
    }
}
