package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that Helm refuses before anything is sent to a cluster, and what it says of them. */
class RefusedValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hook | mode: sometimes                                                       | /mode
                    hook | imagee: {}                                                            | imagee
                    hook | image: { tag: latest }                                                | /image/tag
                    hook | image: { digest: "sha256:12" }                                        | /image/digest
                    hook | runAsUser: 0                                                          | /runAsUser
                    hook | env: { DB_PASSWORD: x }                                               | DB_PASSWORD
                    hook | env: { AWS_SECRET_ACCESS_KEY: x }                                     | AWS_SECRET_ACCESS_KEY
                    hook | secretEnv: [ { name: A, value: x } ]                                  | /secretEnv/0
                    hook | config: { jobs: null }                                                | config.jobs: name at least one job
                    hook | hook: { onFailure: ignore }                                           | /hook/onFailure
                    hook | hook: { events: [ pre-delete ] }                                      | /hook/events/0
                    hook | hook: { weight: -10 }                                                 | /hook/weight
                    hook | hook: { timeoutSeconds: 30m }                                         | /hook/timeoutSeconds
                    hook | hook: { activeDeadlineSeconds: 2100 }                                 | is the least, 2220
                    hook | hook: { job: photos }                                                 | no job photos in config.jobs, which has media
                    hook | hook: { environment: "" }                                             | hook.environment: say production
                    hook | hook: { deploymentId: "" }                                            | hook.deploymentId: say what changes
                    hook | config: { jobs: { photos: { source: dev, destination: "s3://p" } } }  | hook.job: which one? config.jobs has media, photos
                    cron | cron: { schedules: [] }                                               | cron.schedules: name at least one
                    cron | cron: { schedules: [ { name: a, schedule: 1 2 3 4 5 }, { name: a, schedule: 1 2 3 4 5 } ] } | two are called a
                    cron | cron: { schedules: [ { name: Look, schedule: 1 2 3 4 5 } ] }          | /cron/schedules/0/name
                    cron | cron: { schedules: [ { name: look, schedule: "@daily" } ] }           | /cron/schedules/0/schedule
                    cron | cron: { schedules: [ { name: look } ] }                               | schedule
                    cron | cron: { schedules: [ { name: a, schedule: 1 2 3 4 5, action: rm } ] } | /cron/schedules/0/action
                    cron | cron: { schedules: [ { name: a, schedule: 1 2 3 4 5, job: photos } ] } | no job photos
                    server | config: { server: { tokens: [] } }                                  | config.server.tokens: others reach this server
                    server | server: { replicas: 2 }                                             | share their history in PostgreSQL
                    server | { server: { replicas: 2 }, config: { server: { database: "jdbc:sqlite:/x" } } } | share their history in PostgreSQL
                    server | server: { replicas: 0 }                                             | /server/replicas
                    server | server: { port: 80 }                                                | /server/port
                    server | server: { ingress: { enabled: true } }                              | server.ingress.host: say
                    server | server: { serviceMonitor: { enabled: true } }                       | server.serviceMonitor.tokenSecret
                    server | config: { server: { base-path: replicator } }                       | /config/server/base-path
                    """)
    void areRefused(String example, String values, String why) throws IOException {
        assertThatThrownBy(() -> Chart.OURS.rendered(Chart.example(example + ".yaml"), values))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    server: { database-password: hunter2 }                                    | /database-password
                    notifications: { channels: { x: { webhook: { secret: hunter2 } } } }      | /webhook/secret
                    notifications: { channels: { x: { slack: { url: "https://hooks/T0" } } } } | /slack/url
                    notifications: { channels: { x: { email: { password: hunter2 } } } }      | /email/password
                    """)
    void secretsInTheConfigurationAreRefused(String configuration, String where) throws IOException {
        assertThatThrownBy(() -> Chart.OURS.rendered(Chart.example("server.yaml"), "config: { " + configuration + " }"))
                .hasMessageContaining(where);
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.infra.kubernetes.ChartTest#examples")
    void whatTheExamplesSayIsNot(String example) {
        assertThatCode(() -> Chart.OURS.rendered(Chart.example(example))).doesNotThrowAnyException();
    }
}
