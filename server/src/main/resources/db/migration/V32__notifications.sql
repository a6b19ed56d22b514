-- What was said last of each job, so that what goes on is not said again.
create table job_condition (
    job   varchar(255)  not null,
    topic varchar(16)   not null,
    word  varchar(500)  not null,
    since bigint        not null,
    primary key (job, topic)
);

-- What is still to be delivered, and what was.
create table delivery (
    id         varchar(128)  not null,
    channel    varchar(255)  not null,
    event      varchar(32)   not null,
    job        varchar(255)  not null,
    message    text          not null,
    created_at bigint        not null,
    state      varchar(16)   not null,
    attempts   integer       not null,
    next_try   bigint        not null,
    last_try   bigint,
    code       integer       not null,
    problem    varchar(500)  not null,
    primary key (id, channel)
);
create index delivery_due on delivery (channel, state, next_try);
create index delivery_age on delivery (created_at);
