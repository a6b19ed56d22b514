package dev.replicator.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean that initialises something the hook has to come after, such as one that seeds the database. All singletons do
 * so without it, unless a bean {@linkplain DependsOnStorageSync depends} on the hook, which then runs among them: this one
 * still goes first. Stands on the bean's class or on its {@code @Bean} method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface BeforeStorageSync {}
