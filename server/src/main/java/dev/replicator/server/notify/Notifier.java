package dev.replicator.server.notify;

import dev.replicator.config.NotificationSettings;
import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.server.history.Database;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges ended runs and silence, and puts what is to be told into the outbox, in one transaction with what was said last:
 * so nothing is said twice, by whichever server and after whatever restart. Hears of runs at once and judges them in its
 * own time ({@link #look}): no run waits for it. Thread-safe.
 */
final class Notifier implements RunObserver {
    private static final int WAITING = 1_000;
    private static final int LOOKED_BACK = 50;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** What ended before is no news. */
    private static final Duration NEWS = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Notifier.class);

    private final NotificationSettings settings;
    private final List<String> jobs;
    private final Database database;
    private final RunLog runs;
    private final NoticeTexts texts;
    private final Clock clock;
    private final BlockingQueue<RunRecord> ended = new LinkedBlockingQueue<>(WAITING);
    private volatile Instant lookedBack = Instant.MIN;

    Notifier(
            NotificationSettings settings,
            List<String> jobs,
            Database database,
            RunLog runs,
            NoticeTexts texts,
            Clock clock) {
        this.settings = settings;
        this.jobs = List.copyOf(jobs);
        this.database = database;
        this.runs = runs;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public void changed(RunRecord run) {
        if (run.state().isEnd() && !ended.offer(run)) {
            log.warn("run {} is not told of: too many wait to be judged", run.id());
        }
    }

    /**
     * Judges what ended since the last look. At first and every minute also what the history knows from others: from a server
     * that died before it got to it, from deploy hooks whose reports were read from the bucket.
     */
    void look() {
        Instant now = clock.instant();
        Instant before = lookedBack;
        if (before.isAfter(now) || !before.isAfter(now.minus(PAUSE))) {
            jobs.forEach(this::lookBack);
            lookedBack = now;
        }
        for (RunRecord run = ended.peek(); run != null; run = ended.peek()) {
            judge(run);
            ended.remove(run);
        }
        jobs.forEach(this::listenForSilence);
    }

    /** What a history holds that nobody ever judged is no news. */
    private void lookBack(String job) {
        boolean known = database.read(handle -> new Conditions(handle).find(job, Topic.SILENCE))
                .isPresent();
        List<RunRecord> past = runs.newest(Optional.of(job), Optional.empty(), LOOKED_BACK).stream()
                .filter(run -> run.state().isEnd())
                .sorted(Comparator.comparing(RunRecord::createdAt))
                .toList();
        if (known) {
            past.stream()
                    .filter(run -> endOf(run).isAfter(clock.instant().minus(NEWS)))
                    .filter(this::isUnjudged)
                    .forEach(run -> judge(runs.find(run.id()).orElse(run)));
            return;
        }
        List<RunRecord> whole =
                past.stream().map(run -> runs.find(run.id()).orElse(run)).toList();
        Instant since = past.stream()
                .filter(Notifier::isSuccess)
                .map(Notifier::endOf)
                .max(Comparator.naturalOrder())
                .orElse(clock.instant());
        database.change(handle -> {
            Conditions conditions = new Conditions(handle);
            whole.forEach(run -> conclude(conditions, run));
            return conditions.replace(job, Topic.SILENCE, Optional.empty(), new Condition(Condition.GOOD, since));
        });
    }

    private boolean isUnjudged(RunRecord run) {
        return database.read(handle -> new Conditions(handle).find(run.job(), Topic.of(run)))
                .filter(known -> !isNews(known, run))
                .isEmpty();
    }

    /**
     * Whether a run is later than what was said last. A run that was given up because its server was silent, and that this
     * server brought to another end after all, is news too.
     */
    private static boolean isNews(Condition known, RunRecord run) {
        boolean givenUp = known.since().equals(run.createdAt())
                && known.word().equals(Event.FAILED.name())
                && run.state() != RunState.FAILED
                && run.state() != RunState.INTERRUPTED;
        return givenUp || known.since().isBefore(run.createdAt());
    }

    private static Verdict conclude(Conditions conditions, RunRecord run) {
        Topic topic = Topic.of(run);
        Optional<Condition> before = conditions.find(run.job(), topic);
        if (before.filter(known -> !isNews(known, run)).isPresent()) {
            return Verdict.NOTHING;
        }
        Verdict verdict = Verdict.of(run, RunFacts.of(run), before.orElse(Condition.UNKNOWN));
        String word = verdict.word().orElse(before.orElse(Condition.UNKNOWN).word());
        return conditions.replace(run.job(), topic, before, new Condition(word, run.createdAt()))
                ? verdict
                : Verdict.NOTHING;
    }

    private void judge(RunRecord run) {
        database.change(handle -> {
            Conditions conditions = new Conditions(handle);
            List<Event> events = new ArrayList<>(conclude(conditions, run).events());
            if (isSuccess(run) && isSilenceBroken(conditions, run) && !events.contains(Event.RECOVERED)) {
                events.add(0, Event.RECOVERED);
            }
            events.forEach(event -> log.debug("run {} of job {}: {}", run.id(), run.job(), event));
            settings.channels().stream()
                    .filter(channel -> concerns(channel, run.job()))
                    .forEach(channel -> events.stream()
                            .filter(channel.on()::contains)
                            .findFirst()
                            .ifPresent(event -> tell(handle, channel, Notice.of(run, event))));
            return true;
        });
    }

    /** Notes a success; whether it ended a silence that was told. */
    private static boolean isSilenceBroken(Conditions conditions, RunRecord run) {
        Optional<Condition> before = conditions.find(run.job(), Topic.SILENCE);
        if (before.filter(known -> !known.since().isBefore(endOf(run))).isPresent()) {
            return false;
        }
        boolean replaced =
                conditions.replace(run.job(), Topic.SILENCE, before, new Condition(Condition.GOOD, endOf(run)));
        return replaced && before.filter(known -> !known.isGood()).isPresent();
    }

    private void listenForSilence(String job) {
        if (settings.silence().isZero()) {
            return;
        }
        Instant latest = clock.instant().minus(settings.silence());
        Optional<Condition> found = database.read(handle -> new Conditions(handle).find(job, Topic.SILENCE));
        if (found.filter(known -> known.isGood() && !known.since().isAfter(latest))
                .isEmpty()) {
            return;
        }
        Optional<RunRecord> elsewhere = runs.newest(Optional.of(job), Optional.empty(), LOOKED_BACK).stream()
                .filter(Notifier::isSuccess)
                .filter(run -> endOf(run).isAfter(found.get().since()))
                .findFirst();
        if (elsewhere.isPresent()) {
            judge(elsewhere.get());
            return;
        }
        database.change(handle -> {
            Condition silent = new Condition(Event.SILENT.name(), found.get().since());
            if (new Conditions(handle).replace(job, Topic.SILENCE, found, silent)) {
                Notice notice = Notice.silent(job, found.get().since(), clock.instant());
                settings.channels().stream()
                        .filter(channel ->
                                concerns(channel, job) && channel.on().contains(Event.SILENT))
                        .forEach(channel -> tell(handle, channel, notice));
            }
            return true;
        });
    }

    private void tell(Handle handle, Channel channel, Notice notice) {
        Outbox.add(handle, Delivery.of(channel.name(), notice, texts.message(notice), clock.instant()));
    }

    private static boolean concerns(Channel channel, String job) {
        return channel.jobs().isEmpty() || channel.jobs().contains(job);
    }

    /** A sync that left the destination as the source is, or a validation that found it so. */
    private static boolean isSuccess(RunRecord run) {
        Topic topic = Topic.of(run);
        return (topic == Topic.SYNC || topic == Topic.VALIDATE)
                && (run.state() == RunState.SUCCEEDED || run.state() == RunState.NOTHING_TO_DO);
    }

    private static Instant endOf(RunRecord run) {
        return run.endedAt().orElse(run.createdAt());
    }
}
