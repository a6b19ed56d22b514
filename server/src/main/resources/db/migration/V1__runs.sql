-- An index over what the buckets' reports say, and what only this server knows: who asked, and how far a run has come.
create table run (
    id         varchar(64)  not null primary key,
    job        varchar(255) not null,
    action     varchar(16)  not null,
    dry_run    boolean      not null,
    state      varchar(16)  not null,
    kind       varchar(16)  not null,
    by_whom    varchar(255) not null,
    reason     varchar(1000) not null,
    created_at bigint       not null,
    started_at bigint,
    ended_at   bigint,
    message    varchar(2000) not null,
    report     text
);
create index run_newest on run (created_at desc, id desc);
create index run_of_job on run (job, created_at desc, id desc);

create table result (
    run_id   varchar(64)  not null references run (id) on delete cascade,
    number   bigint       not null,
    object   text         not null,
    action   varchar(16)  not null,
    outcome  varchar(16)  not null,
    cause    varchar(32)  not null,
    bytes    bigint       not null,
    message  varchar(2000) not null,
    primary key (run_id, number)
);
create index result_by_outcome on result (run_id, outcome, number);
