package dev.replicator.testkit.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands each test the harness of its class, one per test. */
final class HarnessExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(HarnessExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StoreHarness.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(SPACE)
                .getOrComputeIfAbsent(StoreHarness.class, type -> Held.by(context), Held.class)
                .harness();
    }

    /** Closed by JUnit when the test is over. */
    @SuppressWarnings("deprecation") // Its successor is not in every JUnit 5 that providers use.
    private record Held(StoreHarness harness) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        static Held by(ExtensionContext context) {
            try {
                return new Held(((StoreContract) context.getRequiredTestInstance()).openHarness());
            } catch (Exception e) {
                throw new ParameterResolutionException("the harness could not be opened", e);
            }
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
