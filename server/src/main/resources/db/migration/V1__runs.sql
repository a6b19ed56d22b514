-- An index over what the buckets' reports say, and what only this server knows: who asked, and how far a run has come.
-- ids begin with their time, so their order is that of time.
create table run (
    id               varchar(64)   not null primary key,
    job              varchar(255)  not null,
    action           varchar(16)   not null,
    dry_run          boolean       not null,
    state            varchar(16)   not null,
    kind             varchar(16)   not null,
    by_whom          varchar(255)  not null,
    reason           varchar(1000) not null,
    overrides        text          not null,
    created_at       bigint        not null,
    started_at       bigint,
    ended_at         bigint,
    message          varchar(2000) not null,
    report           text,
    -- the server that carries it out, and who asked it from another one to stop
    owner            varchar(64),
    cancelled_by     varchar(255),
    -- the engine's name for the run, under which the bucket keeps its report
    engine_id        varchar(64)   unique,
    copied           bigint        not null,
    overwritten      bigint        not null,
    deleted          bigint        not null,
    metadata_updated bigint        not null,
    unchanged        bigint        not null,
    skipped          bigint        not null,
    stale            bigint        not null,
    failed           bigint        not null,
    found            bigint        not null,
    bytes            bigint        not null,
    requests         bigint        not null,
    duration_millis  bigint        not null,
    results_lost     varchar(2000) not null,
    plan_digest      varchar(64),
    plan_changes     boolean
);
create index run_of_job on run (job, id);
create index run_by_state on run (state, id);

-- What became of objects. Keys are bytes: their order is that of bytes. object holds the first 2,000 of them, what an
-- index can hold for sure; object_rest the others.
create table result (
    run_id      varchar(64)   not null references run (id) on delete cascade,
    number      bigint        not null,
    object      ${bytes}      not null,
    object_rest ${bytes},
    action      varchar(16)   not null,
    outcome     varchar(16)   not null,
    cause       varchar(32)   not null,
    bytes       bigint        not null,
    message     varchar(2000) not null,
    primary key (run_id, number)
) ${clustered};
create index result_by_outcome on result (run_id, outcome, cause, object, number);

-- A plan stays, without its parts, when its run is forgotten: who asks for it hears that it was there.
create table plan (
    run_id      varchar(64)   not null primary key,
    job         varchar(255)  not null,
    digest      varchar(64)   not null,
    state       varchar(16)   not null,
    changes     boolean       not null,
    created_at  bigint        not null,
    decided_by  varchar(255),
    decided_at  bigint,
    comment     varchar(1000) not null,
    applied_run varchar(64)
);
create table plan_part (
    run_id  varchar(64) not null references plan (run_id) on delete cascade,
    number  integer     not null,
    content ${bytes}    not null,
    primary key (run_id, number)
);

-- Servers, and when they were last heard of, by the database's own time.
create table server_instance (
    id      varchar(64) not null primary key,
    seen_at bigint      not null
);
