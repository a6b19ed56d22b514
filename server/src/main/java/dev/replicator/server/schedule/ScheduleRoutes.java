package dev.replicator.server.schedule;

import dev.replicator.config.Role;
import dev.replicator.server.api.Caller;
import dev.replicator.server.api.Router;
import dev.replicator.server.api.run.JobJson;
import io.javalin.http.Context;

/** Pauses of a job's schedules. */
public final class ScheduleRoutes implements Router.Routes {
    private final Scheduler scheduler;
    private final JobJson jobs;

    public ScheduleRoutes(Scheduler scheduler, JobJson jobs) {
        this.scheduler = scheduler;
        this.jobs = jobs;
    }

    @Override
    public void addTo(Router router) {
        router.post("/api/v1/jobs/{job}/pause", Role.OPERATOR, this::pause);
        router.post("/api/v1/jobs/{job}/resume", Role.OPERATOR, this::resume);
    }

    private void pause(Context context) {
        String job = known(context);
        scheduler.pause(job, Caller.of(context).name());
        answer(context, job);
    }

    private void resume(Context context) {
        String job = known(context);
        scheduler.resume(job);
        answer(context, job);
    }

    /** Asked before anything is changed. */
    private String known(Context context) {
        String job = context.pathParam("job");
        jobs.of(job);
        return job;
    }

    private void answer(Context context, String job) {
        context.contentType("application/json").result(jobs.of(job).toString());
    }
}
