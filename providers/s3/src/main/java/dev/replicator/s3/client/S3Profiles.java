package dev.replicator.s3.client;

import dev.replicator.store.Displays;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * The SDK's profile files with the profile in force: the store's, else {@code AWS_PROFILE}, else {@code default}. Files
 * that {@code AWS_CONFIG_FILE} and {@code AWS_SHARED_CREDENTIALS_FILE} of the context name come before the usual ones.
 */
public final class S3Profiles {
    private final ProfileFile files;
    private final String name;
    private final boolean asked;

    /** @param asked whether somebody named the profile */
    private S3Profiles(ProfileFile files, String name, boolean asked) {
        this.files = files;
        this.name = name;
        this.asked = asked;
    }

    public static S3Profiles of(StoreSettings store, StoreContext context) {
        Map<String, String> environment = context.environment();
        Optional<String> asked = store.profile()
                .or(() -> Optional.ofNullable(environment.get("AWS_PROFILE")).filter(value -> !value.isBlank()));
        String name = asked.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
        return new S3Profiles(files(environment), name, asked.isPresent());
    }

    private static ProfileFile files(Map<String, String> environment) {
        String config = environment.get("AWS_CONFIG_FILE");
        String credentials = environment.get("AWS_SHARED_CREDENTIALS_FILE");
        if (config == null && credentials == null) {
            return ProfileFile.defaultProfileFile();
        }
        ProfileFile.Aggregator files = ProfileFile.aggregator();
        add(files, credentials, ProfileFile.Type.CREDENTIALS);
        add(files, config, ProfileFile.Type.CONFIGURATION);
        return files.build();
    }

    private static void add(ProfileFile.Aggregator files, @Nullable String path, ProfileFile.Type type) {
        if (path != null && Files.isReadable(Path.of(path))) {
            files.addFile(
                    ProfileFile.builder().content(Path.of(path)).type(type).build());
        }
    }

    Supplier<ProfileFile> files() {
        return () -> files;
    }

    String name() {
        return name;
    }

    /** The sentence that the named profile is in none of the files; empty when it is, or when none was named. */
    Optional<String> missing() {
        return asked && files.profile(name).isEmpty()
                ? Optional.of("the profile '" + Displays.escaped(name)
                        + "' is not found in the AWS configuration and credentials files")
                : Optional.empty();
    }

    Optional<String> region() {
        return property("region");
    }

    /** {@code endpoint_url} of the profile's services section for s3, else of the profile. */
    Optional<String> endpoint() {
        return property("services")
                .flatMap(section -> files.getSection("services", section))
                .flatMap(section -> section.property("s3"))
                .flatMap(S3Profiles::nestedEndpoint)
                .or(() -> property("endpoint_url"));
    }

    private static Optional<String> nestedEndpoint(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> line.matches("endpoint_url\\s*=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst();
    }

    private Optional<String> property(String key) {
        Optional<Profile> profile = files.profile(name);
        return profile.flatMap(known -> known.property(key)).filter(value -> !value.isBlank());
    }
}
