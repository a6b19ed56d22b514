package dev.replicator.cli.terminal;

import dev.replicator.execute.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Asks on the terminal; only {@code yes} or {@code y} is consent. */
public final class Question {
    private final Console console;
    private final Cancellation cancellation;

    /** @param cancellation while it waits for the answer, a signal counts as no */
    public Question(Console console, Cancellation cancellation) {
        this.console = console;
        this.cancellation = cancellation;
    }

    public boolean yes(String question) {
        InputStream in = console.ask(question + " Type 'yes' to go on:");
        BlockingQueue<Optional<String>> answers = new ArrayBlockingQueue<>(1);
        Thread reader = new Thread(() -> answers.offer(line(in)), "answer");
        reader.setDaemon(true);
        reader.start();
        Optional<String> answer = waitFor(answers);
        console.answered();
        String word = answer.orElse("").strip().toLowerCase(Locale.ROOT);
        return word.equals("yes") || word.equals("y");
    }

    private Optional<String> waitFor(BlockingQueue<Optional<String>> answers) {
        try {
            while (!cancellation.isStopped()) {
                Optional<String> answer = answers.poll(100, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answer;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static Optional<String> line(InputStream in) {
        try {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
