package dev.replicator.gcs.list;

/** Why an answer is not accepted as the listing that was asked for; a phrase to follow "not proven:". */
final class NotProven extends Exception {
    private static final long serialVersionUID = 1L;

    NotProven(String why) {
        super(why, null, false, false);
    }
}
