-- When schedules are due next; servers that share this database agree here on who lets one go.
create table schedule (
    job           varchar(255) not null,
    name          varchar(400) not null,
    planned       bigint       not null,
    due           bigint       not null,
    last_planned  bigint,
    waiting       bigint,
    claimed_until bigint       not null,
    primary key (job, name)
);
