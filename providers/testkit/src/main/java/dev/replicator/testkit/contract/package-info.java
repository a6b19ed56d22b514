/**
 * The contract that every provider passes, as JUnit 5 tests to inherit.
 *
 * <p>If you write a provider, do this:
 *
 * <ol>
 *   <li>Depend on {@code replicator-testkit} in test scope.
 *   <li>Write a {@link dev.replicator.testkit.contract.StoreHarness} that opens your store on fresh, empty buckets and can
 *       reach behind its back.
 *   <li>Write a test class that implements {@link dev.replicator.testkit.contract.ObjectStoreContract} and returns your
 *       harness from {@code openHarness()}; it is called once per test, and the harness is closed after it:
 *       <pre>{@code
 * class TapeStoreContractTest implements ObjectStoreContract {
 *     @Override
 *     public StoreHarness openHarness() {
 *         return new TapeHarness();
 *     }
 * }
 * }</pre>
 *   <li>Where your tests can make the wire fail, implement {@link dev.replicator.testkit.contract.WireFaultContract} too.
 * </ol>
 *
 * <p>State in the harness which capabilities your store declares and which keys it can hold. The contract holds the store
 * to both: what is declared must work to the letter, what is not declared must fail or be ignored in the way documented at
 * {@link dev.replicator.store.ObjectStore}; a key that is held must come back byte by byte, any other must be refused with
 * {@link dev.replicator.store.InvalidRequestException} before anything is written. No test is skipped for a weak store.
 *
 * <p>Pass the contract once per kind of service that your provider talks to, and once through every decorator. Set
 * {@link dev.replicator.testkit.contract.StoreHarness#sizes() small multipart sizes}: the contract writes objects of two
 * and a half parts.
 */
@NullMarked
package dev.replicator.testkit.contract;

import org.jspecify.annotations.NullMarked;
