-- What callers changed, or tried to. A row without a status: the server went away before it could say how it ended.
create table audit (
    id          varchar(64)   not null primary key,
    at          bigint        not null,
    caller      varchar(255)  not null,
    role        varchar(16)   not null,
    address     varchar(64)   not null,
    method      varchar(16)   not null,
    route       varchar(255)  not null,
    job         varchar(255)  not null,
    run         varchar(64)   not null,
    plan_digest varchar(255)  not null,
    key_hash    varchar(64)   not null,
    reason      varchar(1000) not null,
    trace_id    varchar(64)   not null,
    status      integer
);
create index audit_at on audit (at);
