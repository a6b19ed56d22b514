package dev.replicator.testkit.contract;

import java.util.Optional;

/** How a call ended that may rightly end in more than one way. */
record Outcome<T>(Optional<T> value, Optional<Throwable> failure) {
    interface Call<T> {
        T run() throws Exception;
    }

    interface Deed {
        void run() throws Exception;
    }

    static <T> Outcome<T> of(Call<T> call) {
        try {
            return new Outcome<>(Optional.of(call.run()), Optional.empty());
        } catch (Exception e) {
            return new Outcome<>(Optional.empty(), Optional.of(e));
        }
    }

    static Outcome<Boolean> ofDeed(Deed deed) {
        return of(() -> {
            deed.run();
            return true;
        });
    }

    boolean succeeded() {
        return value.isPresent();
    }
}
