package dev.replicator.spring;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Turns {@link DependsOnStorageSync} and {@link BeforeStorageSync} into what {@code @DependsOn} says. */
final class StorageSyncOrder implements BeanFactoryPostProcessor {
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        if (!factory.containsBeanDefinition(StorageSync.BEAN)) {
            return;
        }
        for (String name : factory.getBeanNamesForAnnotation(DependsOnStorageSync.class)) {
            dependOn(factory, name, StorageSync.BEAN);
        }
        for (String name : factory.getBeanNamesForAnnotation(BeforeStorageSync.class)) {
            dependOn(factory, StorageSync.BEAN, name);
        }
    }

    private static void dependOn(ConfigurableListableBeanFactory factory, String bean, String other) {
        if (!factory.containsBeanDefinition(bean)) {
            return;
        }
        BeanDefinition definition = factory.getBeanDefinition(bean);
        Set<String> all = new LinkedHashSet<>();
        Optional.ofNullable(definition.getDependsOn()).map(Arrays::asList).ifPresent(all::addAll);
        all.add(other);
        definition.setDependsOn(all.toArray(String[]::new));
    }
}
