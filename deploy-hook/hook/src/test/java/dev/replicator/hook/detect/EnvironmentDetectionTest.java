package dev.replicator.hook.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentDetectionTest {
    @ParameterizedTest(name = "{0} => production: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "REPLICATOR_ENV=production                              | true",
                "REPLICATOR_ENV=prod                                    | true",
                "REPLICATOR_ENV=PROD                                    | true",
                "REPLICATOR_ENV=staging                                 | false",
                "REPLICATOR_ENV=staging APP_ENV=production              | false",
                "REPLICATOR_ENV=production NODE_ENV=development         | true",
                "REPLICATOR_ENV=production VERCEL_ENV=preview           | true",
                "APP_ENV=production                                     | true",
                "NODE_ENV=production                                    | true",
                "NODE_ENV=prod                                          | true",
                "NODE_ENV=development                                   | false",
                "NODE_ENV=producti                                      | false",
                "SPRING_PROFILES_ACTIVE=prod                            | true",
                "SPRING_PROFILES_ACTIVE=metrics,production              | true",
                "SPRING_PROFILES_ACTIVE=preprod                         | false",
                "RAILS_ENV=production                                   | true",
                "ENVIRONMENT=Production                                 | true",
                "APP_ENV=staging NODE_ENV=production                    | false",
                "NODE_ENV=development REPLIT_DEPLOYMENT=1               | false",
                "REPLIT_DEPLOYMENT=1                                    | true",
                "REPLIT_DEPLOYMENT=0                                    | false",
                "VERCEL_ENV=production                                  | true",
                "VERCEL_ENV=preview NODE_ENV=production                 | false",
                "VERCEL_ENV=development NODE_ENV=production             | false",
                "RAILWAY_ENVIRONMENT_NAME=production                    | true",
                "RAILWAY_ENVIRONMENT_NAME=staging                       | false",
                "PLATFORM_ENVIRONMENT_TYPE=production                   | true",
                "PLATFORM_ENVIRONMENT_TYPE=staging APP_ENV=prod         | false",
                "PLATFORM_ENVIRONMENT_TYPE=development APP_ENV=prod     | false",
                "IS_PULL_REQUEST=true NODE_ENV=production               | false",
                "IS_PULL_REQUEST=false NODE_ENV=production              | true",
                "HEROKU_PR_NUMBER=12 RAILS_ENV=production               | false",
                "KUBERNETES_SERVICE_HOST=10.0.0.1                       | false",
                "DYNO=web.1                                             | false",
                "RENDER=true                                            | false",
                "K_SERVICE=site                                         | false",
                "FLY_APP_NAME=site                                      | false",
                "AWS_EXECUTION_ENV=AWS_ECS_FARGATE                      | false",
                "REPLICATOR_ENV=                                        | false",
                "REPLICATOR_ENV= NODE_ENV=production                    | true",
                "UNRELATED=production                                   | false"
            })
    void everyRowOfTheTable(String variables, boolean production) {
        DetectedEnvironment found =
                new EnvironmentDetection(parse(variables)).detect(Optional.empty(), Optional.empty());

        assertThat(found.production()).as(found.reason()).isEqualTo(production);
    }

    @Test
    void anEnvironmentGivenByTheCallerRulesOverEveryVariable() {
        EnvironmentDetection detection = new EnvironmentDetection(parse("REPLICATOR_ENV=staging"));

        assertThat(detection.detect(Optional.of("production"), Optional.empty()).production())
                .isTrue();
    }

    @Test
    void theJobsEnvironmentIsBelowOurVariableAndAboveAllOthers() {
        Optional<String> configured = Optional.of("production");

        assertThat(new EnvironmentDetection(parse("REPLICATOR_ENV=staging"))
                        .detect(Optional.empty(), configured)
                        .production())
                .isFalse();
        assertThat(new EnvironmentDetection(parse("NODE_ENV=development VERCEL_ENV=preview"))
                        .detect(Optional.empty(), configured)
                        .production())
                .isTrue();
    }

    @Test
    void theReasonNamesTheVariableThatDecided() {
        assertThat(new EnvironmentDetection(parse("NODE_ENV=production"))
                        .detect(Optional.empty(), Optional.empty())
                        .reason())
                .isEqualTo("NODE_ENV=production");
        assertThat(new EnvironmentDetection(Map.of())
                        .detect(Optional.empty(), Optional.empty())
                        .reason())
                .contains("REPLICATOR_ENV=production");
    }

    @Test
    void hostileValuesAreEscaped() {
        DetectedEnvironment found = new EnvironmentDetection(Map.of("REPLICATOR_ENV", "a\u001b[31mb"))
                .detect(Optional.empty(), Optional.empty());

        assertThat(found.name() + found.reason()).doesNotContain("\u001b");
    }

    static Map<String, String> parse(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.trim().split(" +", -1)) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }
}
