package dev.replicator.hook.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildIdentityTest {
    @TempDir
    Path directory;

    @Test
    void theCommitOfTheOnlyGitPropertiesNamesTheBuild() throws IOException {
        write("one", "git.properties", "git.commit.id=4f2a91\ngit.dirty=false\ngit.build.time=noon\n");

        assertThat(id("one")).contains("4f2a91");
    }

    @Test
    void aDirtyTreeNeedsTheBuildsTime() throws IOException {
        write("one", "git.properties", "git.commit.id=4f2a91\ngit.dirty=true\ngit.build.time=noon\n");
        write("two", "git.properties", "git.commit.id=4f2a91\ngit.dirty=true\n");

        assertThat(id("one")).contains("4f2a91@noon");
        assertThat(id("two")).isEmpty();
    }

    @Test
    void severalGitPropertiesSayNothing() throws IOException {
        write("one", "git.properties", "git.commit.id=4f2a91\n");
        write("two", "git.properties", "git.commit.id=bbbbbb\n");

        assertThat(id("one", "two")).isEmpty();
    }

    @Test
    void versionAndTimeOfTheBuildNameItButAVersionAloneDoesNot() throws IOException {
        write("one", "META-INF/build-info.properties", "build.version=1.2\nbuild.time=noon\n");
        write("two", "META-INF/build-info.properties", "build.version=1.2-SNAPSHOT\n");

        assertThat(id("one")).contains("1.2@noon");
        assertThat(id("two")).isEmpty();
    }

    @Test
    void brokenPropertiesSayNothing() throws IOException {
        write("one", "git.properties", "git.commit.id=\\uZZZZ\n");

        assertThat(id("one")).isEmpty();
    }

    private void write(String root, String name, String text) throws IOException {
        Path file = directory.resolve(root).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Optional<String> id(String... roots) throws IOException {
        URL[] urls = new URL[roots.length];
        for (int i = 0; i < roots.length; i++) {
            urls[i] = directory.resolve(roots[i]).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return BuildIdentity.onClassPath(loader).find().map(BuildIdentity.Found::id);
        }
    }
}
