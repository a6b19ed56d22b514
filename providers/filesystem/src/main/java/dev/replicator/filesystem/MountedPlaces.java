package dev.replicator.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where directories really are: links resolved, and mounts (Linux: {@code /proc/self/mountinfo}, see proc(5)) traced to
 * the filesystem and the place in it. Where mounts can't be read, links alone are resolved.
 */
final class MountedPlaces {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final List<Mount> mounts;

    /** One mount: {@code inside} of filesystem {@code device} is seen at {@code point}. */
    private record Mount(String device, Path inside, Path point) {}

    /** A place as its filesystem knows it. */
    private record Place(String device, Path path) {
        boolean nests(Place other) {
            return device.equals(other.device) && (path.startsWith(other.path) || other.path.startsWith(path));
        }
    }

    private MountedPlaces(List<Mount> mounts) {
        this.mounts = mounts;
    }

    static MountedPlaces now() {
        List<Mount> mounts = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(" ", 6);
                mounts.add(new Mount(fields[2], path(fields[3]), path(fields[4])));
            }
        } catch (IOException | RuntimeException e) {
            return new MountedPlaces(List.of());
        }
        return new MountedPlaces(mounts);
    }

    private static Path path(String escaped) {
        StringBuilder plain = new StringBuilder();
        Matcher octal = OCTAL.matcher(escaped);
        while (octal.find()) {
            octal.appendReplacement(
                    plain, Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(octal.group(1), 8))));
        }
        octal.appendTail(plain);
        return Path.of(new String(plain.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** Whether one directory is the other or lies inside it, on whatever way. Either may be missing still. */
    boolean nested(Path one, Path other) {
        List<Place> ones = places(real(one));
        List<Place> others = places(real(other));
        return ones.stream().anyMatch(place -> others.stream().anyMatch(place::nests));
    }

    /** The directory with links resolved, as far as it exists. */
    private static Path real(Path directory) {
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null
                    ? directory
                    : existing.toRealPath()
                            .resolve(existing.relativize(directory))
                            .normalize();
        } catch (IOException e) {
            return directory;
        }
    }

    /** The directory's own place, and those of what is mounted below it. */
    private List<Place> places(Path directory) {
        List<Place> places = new ArrayList<>();
        places.add(placeOf(directory));
        mounts.stream()
                .filter(mount ->
                        mount.point().startsWith(directory) && !mount.point().equals(directory))
                .forEach(mount -> places.add(new Place(mount.device(), mount.inside())));
        return places;
    }

    private Place placeOf(Path directory) {
        return mounts.stream()
                .filter(mount -> directory.startsWith(mount.point()))
                .reduce((first, later) ->
                        Comparator.<Mount>comparingInt(mount -> mount.point().getNameCount())
                                                .compare(first, later)
                                        <= 0
                                ? later
                                : first)
                .map(mount -> new Place(
                        mount.device(),
                        mount.inside()
                                .resolve(mount.point().relativize(directory))
                                .normalize()))
                .orElseGet(() -> new Place("", directory));
    }
}
