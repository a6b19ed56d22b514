package dev.replicator.server.notify;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was said last of each job, within a transaction. For one thread. */
record Conditions(Handle handle) {
    Optional<Condition> find(String job, Topic topic) {
        return handle.createQuery("select word, since from job_condition where job = :job and topic = :topic")
                .bind("job", job)
                .bind("topic", topic.name())
                .map((row, context) -> new Condition(row.getString("word"), Instant.ofEpochMilli(row.getLong("since"))))
                .findFirst();
    }

    /** Puts the next one in the place of the one that was found; false where another server was first. */
    boolean replace(String job, Topic topic, Optional<Condition> seen, Condition next) {
        if (seen.isEmpty()) {
            return handle.createUpdate("""
                                    insert into job_condition (job, topic, word, since)
                                    values (:job, :topic, :word, :since)
                                    on conflict (job, topic) do nothing
                                    """)
                            .bind("job", job)
                            .bind("topic", topic.name())
                            .bind("word", shortened(next.word()))
                            .bind("since", next.since().toEpochMilli())
                            .execute()
                    == 1;
        }
        return handle.createUpdate("""
                                update job_condition set word = :word, since = :since
                                where job = :job and topic = :topic and word = :seenWord and since = :seenSince
                                """)
                        .bind("job", job)
                        .bind("topic", topic.name())
                        .bind("word", shortened(next.word()))
                        .bind("since", next.since().toEpochMilli())
                        .bind("seenWord", seen.get().word())
                        .bind("seenSince", seen.get().since().toEpochMilli())
                        .execute()
                == 1;
    }

    private static String shortened(String word) {
        return word.length() > 500 ? word.substring(0, 500) : word;
    }
}
