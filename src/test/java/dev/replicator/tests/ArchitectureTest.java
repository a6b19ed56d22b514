package dev.replicator.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The rules of docs/architecture.md that bytecode shows. */
@AnalyzeClasses(
        packages = "dev.replicator",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestkit.class})
class ArchitectureTest {
    /** The testkit is a test library: it may know everything. */
    static final class NoTestkit implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("testkit");
        }
    }

    @ArchTest
    static final ArchRule AWS_ONLY_IN_ITS_PROVIDER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.replicator.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule GOOGLE_ONLY_IN_ITS_PROVIDER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.replicator.gcs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.api..", "com.google.auth..", "com.google.cloud..", "com.google.gson..");

    @ArchTest
    static final ArchRule SPRING_ONLY_IN_ITS_STARTER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.replicator.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule WHAT_SPRING_MOVED_ONLY_IN_ITS_ADAPTERS = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("BootThreeHealth")
            .and()
            .haveSimpleNameNotStartingWith("BootFourHealth")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot.actuate.health..", "org.springframework.boot.health..");

    @ArchTest
    static final ArchRule NO_WEB_LAYER_IN_THE_HOOK_AND_ITS_STARTER = noClasses()
            .that()
            .resideInAnyPackage("dev.replicator.spring..", "dev.replicator.hook..")
            .and()
            .resideOutsideOfPackage("dev.replicator.hook.example..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.web..",
                    "org.springframework.http..",
                    "org.springframework.boot.web..",
                    "jakarta.servlet..",
                    "com.sun.net.httpserver..",
                    "io.javalin..",
                    "dev.replicator.server..");

    @ArchTest
    static final ArchRule THE_STARTER_WORKS_WITH_ANY_JACKSON = noClasses()
            .that()
            .resideInAPackage("dev.replicator.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..");

    @ArchTest
    static final ArchRule THE_STARTER_IS_THERE = classes()
            .that()
            .resideInAPackage("dev.replicator.spring")
            .and()
            .haveSimpleName("ReplicatorAutoConfiguration")
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule NOTHING_ON_THE_RIGHT_IS_IMPORTED_FROM_THE_LEFT = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(
                    "dev.replicator",
                    "dev.replicator.store..",
                    "dev.replicator.job..",
                    "dev.replicator.baseline..",
                    "dev.replicator.diff..",
                    "dev.replicator.plan..",
                    "dev.replicator.execute..",
                    "dev.replicator.report..",
                    "dev.replicator.config..")
            .layer("store")
            .definedBy("dev.replicator.store", "dev.replicator.store.digest..", "dev.replicator.store.remote..")
            .layer("wrap")
            .definedBy("dev.replicator.store.wrap..")
            .layer("job")
            .definedBy("dev.replicator.job..")
            .layer("baseline")
            .definedBy("dev.replicator.baseline..")
            .layer("diff")
            .definedBy("dev.replicator.diff..")
            .layer("plan")
            .definedBy("dev.replicator.plan..")
            .layer("execute")
            .definedBy("dev.replicator.execute..")
            .layer("report")
            .definedBy("dev.replicator.report..")
            .layer("config")
            .definedBy("dev.replicator.config..")
            .layer("façade")
            .definedBy("dev.replicator")
            .whereLayer("façade")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("config")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("façade")
            .whereLayer("execute")
            .mayOnlyBeAccessedByLayers("report", "façade")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("execute", "report", "façade")
            .whereLayer("diff")
            .mayOnlyBeAccessedByLayers("plan", "execute", "report", "façade")
            .whereLayer("baseline")
            .mayOnlyBeAccessedByLayers("diff", "report", "façade")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("diff", "plan", "execute", "report", "config", "façade")
            .whereLayer("wrap")
            .mayOnlyBeAccessedByLayers("execute", "façade");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.replicator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_PROVIDER_AND_NO_FRONT_DOOR = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.replicator",
                    "dev.replicator.store..",
                    "dev.replicator.job..",
                    "dev.replicator.baseline..",
                    "dev.replicator.diff..",
                    "dev.replicator.plan..",
                    "dev.replicator.execute..",
                    "dev.replicator.report..",
                    "dev.replicator.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.replicator.s3..",
                    "dev.replicator.gcs..",
                    "dev.replicator.filesystem..",
                    "dev.replicator.hook..",
                    "dev.replicator.spring..",
                    "dev.replicator.server..",
                    "dev.replicator.cli..");

    @ArchTest
    static final ArchRule PROVIDERS_KNOW_ONLY_THE_SPI = noClasses()
            .that()
            .resideInAnyPackage("dev.replicator.s3..", "dev.replicator.gcs..", "dev.replicator.filesystem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.replicator",
                    "dev.replicator.job..",
                    "dev.replicator.baseline..",
                    "dev.replicator.diff..",
                    "dev.replicator.plan..",
                    "dev.replicator.execute..",
                    "dev.replicator.report..",
                    "dev.replicator.config..",
                    "dev.replicator.hook..",
                    "dev.replicator.server..",
                    "dev.replicator.cli..");

    @ArchTest
    static final ArchRule WEB_AND_DATABASES_ONLY_IN_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.replicator.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "jakarta.servlet..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "org.sqlite..",
                    "org.postgresql..",
                    "com.zaxxer.hikari..",
                    "java.sql..",
                    "javax.sql..");

    @ArchTest
    static final ArchRule RUNS_HISTORY_AND_ACCESS_KNOW_NO_WEB = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.replicator.server.run..",
                    "dev.replicator.server.event..",
                    "dev.replicator.server.history..",
                    "dev.replicator.server.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule RUNS_KNOW_NEITHER_THE_API_NOR_A_DATABASE = noClasses()
            .that()
            .resideInAnyPackage("dev.replicator.server.run..", "dev.replicator.server.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.replicator.server",
                    "dev.replicator.server.api..",
                    "dev.replicator.server.history..",
                    "java.sql..",
                    "org.jdbi..");

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NO_COMMAND_AND_NO_PROVIDER = noClasses()
            .that()
            .resideInAPackage("dev.replicator.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.replicator.cli..",
                    "dev.replicator.spring..",
                    "dev.replicator.s3..",
                    "dev.replicator.gcs..",
                    "dev.replicator.filesystem..");

    /** So that no other command loads it: of the server's classes the command knows these two places. */
    @ArchTest
    static final ArchRule THE_COMMAND_STARTS_THE_SERVER_IN_ONE_PLACE = noClasses()
            .that()
            .resideInAPackage("dev.replicator.cli..")
            .and()
            .haveSimpleNameNotStartingWith("Serving")
            .and()
            .haveSimpleNameNotStartingWith("Tokens")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.replicator.server..");

    @ArchTest
    static final ArchRule THE_HOOK_DOES_NOT_KNOW_THE_COMMAND = noClasses()
            .that()
            .resideInAnyPackage("dev.replicator.hook..", "dev.replicator.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.replicator.cli..",
                    "dev.replicator.s3..",
                    "dev.replicator.gcs..",
                    "dev.replicator.filesystem..");

    @ArchTest
    static final ArchRule DECORATORS_ARE_FINAL = classes()
            .that()
            .implement(dev.replicator.store.ObjectStore.class)
            .and()
            .resideInAPackage("dev.replicator.store.wrap..")
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

    @ArchTest
    static final ArchRule NOBODY_PRINTS_BUT_THE_COMMAND = noClasses()
            .that()
            .resideOutsideOfPackages("dev.replicator.cli..", "dev.replicator.hook.example..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
