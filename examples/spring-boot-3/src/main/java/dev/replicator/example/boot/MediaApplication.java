package dev.replicator.example.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A site whose production bucket follows the development bucket with every deployment. */
@SpringBootApplication
public class MediaApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(MediaApplication.class, arguments);
    }
}
