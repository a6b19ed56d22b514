package dev.replicator.server.api;

import dev.replicator.server.http.BareProblem;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.RunLogException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a handler throws into a problem; nothing of the inside is in it. */
final class ProblemMapping {
    private static final Logger log = LoggerFactory.getLogger(ProblemMapping.class);

    private ProblemMapping() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(
                Problem.ProblemException.class, (e, context) -> e.problem().answer(context));
        routes.exception(RunLogException.class, (e, context) -> {
            log.error("{} {}: {}", context.method(), context.path(), e.getMessage(), e);
            Problem.of(ProblemCode.HISTORY_UNAVAILABLE, "the server's log says why")
                    .answer(context);
        });
        routes.exception(MethodNotAllowedResponse.class, (e, context) -> {
            context.header("Allow", allowed(e));
            Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "there is " + allowed(e)).answer(context);
        });
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, e.getStatus()));
        routes.exception(Exception.class, (e, context) -> {
            HttpException bad = badMessage(e);
            if (bad != null) {
                answer(context, bad.getCode());
            } else {
                internal(context, e);
            }
        });
    }

    static void internal(Context context, Throwable e) {
        log.error("{} {}", context.method(), context.path(), e);
        Problem.of(ProblemCode.INTERNAL, "the server's log has it under the trace id")
                .answer(context);
    }

    /** An error of the virtual machine, of which nothing but a word can be expected. */
    static void fatal(HttpServletResponse response, Error e) {
        log.error("an error that no request should cause", e);
        response.setStatus(500);
        response.setContentType(Problem.MEDIA_TYPE);
        try {
            response.getOutputStream().print(BareProblem.of(500));
        } catch (IOException | IllegalStateException gone) {
            log.debug("there is nobody to tell", gone);
        }
    }

    private static void answer(Context context, int status) {
        ProblemCode code = ProblemCode.ofStatus(status);
        Problem.of(code, code.title()).answer(context);
    }

    private static @Nullable HttpException badMessage(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException bad) {
                return bad;
            }
        }
        return null;
    }

    private static String allowed(MethodNotAllowedResponse e) {
        Set<String> methods = new TreeSet<>();
        for (String method : e.getDetails().getOrDefault("availableMethods", "").split(",", -1)) {
            methods.add(method.strip());
        }
        return methods.stream().filter(method -> !method.isEmpty()).collect(Collectors.joining(", "));
    }
}
