package dev.replicator.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts applications with the starter, over two directories. */
public final class TestApplication {
    private final Path directory;
    private final List<String> arguments = new ArrayList<>();
    private final SpringApplication application;

    private TestApplication(Path directory, WebApplicationType type, Class<?>... sources) {
        this.directory = directory;
        application = new SpringApplication(sources);
        application.setWebApplicationType(type);
        application.setRegisterShutdownHook(false);
        with("spring.main.banner-mode=off");
        with("server.port=0");
        with("server.address=127.0.0.1");
        with("test.directory=" + directory);
    }

    /** All that Boot configures by itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Auto {}

    public static TestApplication web(Path directory, Class<?>... sources) {
        return new TestApplication(directory, WebApplicationType.SERVLET, sources);
    }

    public static TestApplication plain(Path directory, Class<?>... sources) {
        return new TestApplication(directory, WebApplicationType.NONE, sources);
    }

    /** A job from dev to prod that is to run as deployment {@code release-1} in production. */
    public TestApplication withJob() {
        write(directory.resolve("dev/public/logo.svg"), "logo");
        return with("replicator.jobs.media.source=" + directory.resolve("dev"))
                .with("replicator.jobs.media.destination=" + directory.resolve("prod"))
                .with("replicator.jobs.media.hook.environment=production")
                .with("replicator.jobs.media.hook.deployment-id=release-1");
    }

    public TestApplication with(String property) {
        arguments.add("--" + property);
        return this;
    }

    public ConfigurableApplicationContext start() {
        return application.run(arguments.toArray(String[]::new));
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
