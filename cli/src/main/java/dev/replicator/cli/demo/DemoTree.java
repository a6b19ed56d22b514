package dev.replicator.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small web shop's public bucket as a directory, the same bytes every time; with the names that break scripts. */
final class DemoTree {
    private static final long SEED = 20_170_917;
    private static final int LARGE_BYTES = 5 << 20;

    /** Names that real buckets have. */
    private static final List<String> AWKWARD = List.of(
            "uploads/summer sale (final).png",
            "uploads/Grüße aus Köln.txt",
            "uploads/日本語/カタログ.pdf",
            "uploads/emoji-🚀-launch.png",
            "uploads/100% wool & \"quotes\" 'n' $dollars.txt",
            "uploads/plus+and;semi=colon,comma.txt",
            "uploads/.hidden",
            "uploads/-dash.txt",
            "uploads/a",
            "uploads/a.txt",
            "uploads/UPPER.txt",
            "uploads/percent%20encoded.txt",
            "uploads/trailing space ",
            "uploads/deep/er/and/deep/er/and/deep/er/still/here.json");

    private final Path root;
    private final Random random = new Random(SEED);
    private final List<String> written = new ArrayList<>();

    private DemoTree(Path root) {
        this.root = root;
    }

    /** Writes the tree where files are missing, and returns how many there are. */
    static int writeTo(Path root) throws IOException {
        DemoTree tree = new DemoTree(root);
        tree.site();
        tree.images();
        tree.documents();
        for (String name : AWKWARD) {
            tree.text(name, "This is " + name + "\n");
        }
        tree.file("public/empty.txt", new byte[0]);
        return tree.written.size();
    }

    private void site() throws IOException {
        for (String page : List.of("index", "shop", "cart", "about", "contact", "404")) {
            text("public/" + page + ".html", """
                    <!doctype html>
                    <html lang="en">
                      <head><title>%s</title><link rel="stylesheet" href="css/app.css"></head>
                      <body><h1>%s</h1><script src="js/app.js"></script></body>
                    </html>
                    """.formatted(page, page));
        }
        text("public/css/app.css", "body { font: 16px/1.5 sans-serif; margin: 2rem; }\n".repeat(40));
        text("public/css/print.css", "nav { display: none; }\n");
        text("public/js/app.js", "console.log('ready');\n".repeat(60));
        text("public/js/vendor.js", "/* vendor */ void 0;\n".repeat(900));
        text("public/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"8\"/></svg>\n");
        text("public/robots.txt", "User-agent: *\nAllow: /\n");
        text("public/manifest.json", "{\"name\": \"Demo shop\", \"start_url\": \"/\"}\n");
    }

    private void images() throws IOException {
        for (int i = 1; i <= 18; i++) {
            bytes("public/img/products/%04d.webp".formatted(i), 4_000 + random.nextInt(60_000));
        }
        for (String banner : List.of("spring", "summer", "autumn", "winter")) {
            bytes("public/img/banners/" + banner + ".jpg", 80_000 + random.nextInt(200_000));
        }
        bytes("public/video/intro.mp4", LARGE_BYTES);
    }

    private void documents() throws IOException {
        for (String name : List.of("terms", "privacy", "returns", "imprint")) {
            bytes("public/docs/" + name + ".pdf", 12_000 + random.nextInt(30_000));
        }
        for (int i = 1; i <= 6; i++) {
            text(
                    "private/invoices/2026-%03d.json".formatted(i),
                    "{\"invoice\": %d, \"total\": %d}\n".formatted(i, 100 * i));
        }
    }

    private void text(String name, String content) throws IOException {
        file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        file(name, content);
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        written.add(name);
        if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }
}
