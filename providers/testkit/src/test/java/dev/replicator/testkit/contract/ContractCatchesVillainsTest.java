package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import dev.replicator.store.ObjectStore;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A contract that can't fail is none: each broken store is caught by the test that guards against its fault. */
class ContractCatchesVillainsTest {
    @ParameterizedTest(name = "{0} is caught by {2}")
    @MethodSource("villains")
    void catches(String fault, UnaryOperator<ObjectStore> villain, String test) {
        catches(Suspect.class, fault, villain, test);
    }

    /** What only a store can do that numbers the states of metadata. */
    @ParameterizedTest(name = "{0} is caught by {2}")
    @MethodSource("villainsOfCloudStorage")
    void catchesOnCloudStorage(String fault, UnaryOperator<ObjectStore> villain, String test) {
        catches(SuspectOfCloudStorage.class, fault, villain, test);
    }

    private static void catches(Class<?> suspect, String fault, UnaryOperator<ObjectStore> villain, String test) {
        assertThat(run(suspect, UnaryOperator.identity(), test).getTestsSucceededCount())
                .as("an honest store passes")
                .isEqualTo(1);

        TestExecutionSummary summary = run(suspect, villain, test);

        assertThat(summary.getTestsFailedCount()).as("a store %s", fault).isEqualTo(1);
        assertThat(summary.getFailures())
                .as("it fails by an assertion or by the store's own failure, not by a slip of the test")
                .noneMatch(failure -> failure.getException() instanceof NullPointerException
                        || failure.getException() instanceof ClassCastException);
    }

    static Stream<Arguments> villainsOfCloudStorage() {
        return Stream.of(
                villain(
                        "minding content alone",
                        MetadataVillains::mindingContentAlone,
                        "overwritesOnlyTheStateOfMetadataSeen"),
                villain(
                        "minding content alone",
                        MetadataVillains::mindingContentAlone,
                        "copiesOnlyOverTheStateOfMetadataSeen"),
                villain(
                        "minding content alone",
                        MetadataVillains::mindingContentAlone,
                        "deletesOnlyTheStateOfMetadataSeen"),
                villain(
                        "wanting always a state",
                        MetadataVillains::wantingAlwaysAState,
                        "doesNotMindMetadataWhoseStateIsNotAskedFor"));
    }

    static Stream<Arguments> villains() {
        return Stream.of(
                villain("sorting by UTF-16", ListingVillains::sortingByUtf16, "listsInUnsignedUtf8Order"),
                villain(
                        "sorting by segments",
                        ListingVillains::sortingBySegments,
                        "sortsASlashAmongTheCharactersAroundIt"),
                villain("including lo", ListingVillains::includingTheLowerBound, "keepsToARangeAtEveryEdge"),
                villain("including lo", ListingVillains::includingTheLowerBound, "resumesAfterEachKey"),
                villain("including lo", ListingVillains::includingTheLowerBound, "losesNoKeyBetweenTwoHalvesOfARange"),
                villain("excluding hi", ListingVillains::excludingTheUpperBound, "keepsToARangeAtEveryEdge"),
                villain("excluding hi", ListingVillains::excludingTheUpperBound, "losesNoKeyBetweenTwoHalvesOfARange"),
                villain("excluding hi", ListingVillains::excludingTheUpperBound, "listsAnyPartOfAnyBucketAsAModelDoes"),
                villain(
                        "dropping the last key of a page",
                        ListingVillains::droppingTheLastKeyOfFullPages,
                        "listsTheSameInPagesOfAnySize"),
                villain(
                        "dropping the last key of a page",
                        ListingVillains::droppingTheLastKeyOfFullPages,
                        "listsBucketsAroundTheLargestPage"),
                villain(
                        "ending after one page",
                        ListingVillains::endingAfterTheFirstPage,
                        "listsBucketsAroundTheLargestPage"),
                villain(
                        "taking prefixes for folders",
                        ListingVillains::takingPrefixesForFolders,
                        "tellsAPrefixFromALongerName"),
                villain("cutting prefixes", ListingVillains::cuttingPrefixesToFolders, "tellsAPrefixFromALongerName"),
                villain(
                        "showing other times",
                        ListingVillains::showingOtherTimesThanAHead,
                        "saysOfAnEntryWhatAHeadSays"),
                villain(
                        "listing a missing bucket as empty",
                        ListingVillains::listingAMissingBucketAsEmpty,
                        "failsForAMissingBucketAndOnlyWhenAskedForAPage"),
                villain(
                        "paging by offset",
                        ListingVillains::pagingByOffset,
                        "showsEveryKeyThatIsThereThroughoutWhileOthersComeAndGo"),
                villain(
                        "reading the current version",
                        BodyVillains::readingTheCurrentVersion,
                        "doesNotGoOnWithABodyOfAnotherVersion"),
                villain(
                        "losing the operation's id",
                        StoreVillains::losingOperations,
                        "recognisesItsOwnWriteWhenTheAnswerWasLost"),
                villain("creating in two steps", StoreVillains::creatingInTwoSteps, "letsOneOfManyRacingCreatorsWin"),
                villain("ignoring Absent", StoreVillains::ignoringPreconditionsOfWrites, "createsOnlyWhatIsAbsent"),
                villain(
                        "ignoring Absent",
                        StoreVillains::ignoringPreconditionsOfWrites,
                        "createsLargeObjectsOnlyWhereAbsent"),
                villain(
                        "ignoring Unchanged",
                        StoreVillains::ignoringPreconditionsOfWrites,
                        "overwritesOnlyTheVersionSeen"),
                villain("resurrecting", StoreVillains::resurrectingWhatVanished, "doesNotOverwriteWhatVanished"),
                villain("copying over", StoreVillains::ignoringPreconditionsOfCopies, "copiesOnlyToWhatIsAbsent"),
                villain("copying over", StoreVillains::ignoringPreconditionsOfCopies, "copiesOnlyOverTheVersionSeen"),
                villain("deleting blindly", StoreVillains::ignoringPreconditionsOfDeletes, "deletesOnlyTheVersionSeen"),
                villain("ending bodies early", BodyVillains::endingBodiesEarly, "readsBytesOfEverySize"),
                villain("shifting ranges", BodyVillains::shiftingRanges, "readsRangesAtEveryEdge"),
                villain(
                        "reading the current version",
                        BodyVillains::readingTheCurrentVersion,
                        "failsStaleWhenTheObjectWasReplacedSinceItWasSeen"),
                villain(
                        "reading the current version",
                        BodyVillains::readingTheCurrentVersion,
                        "neverGivesMoreOrLessThanWasAnnounced"),
                villain("keeping short uploads", BodyVillains::keepingWhatCame, "leavesNoTraceOfABodyThatEndsEarly"),
                villain("keeping long uploads", BodyVillains::keepingWhatCame, "leavesNoTraceOfABodyThatRunsOver"),
                villain("cutting long uploads", BodyVillains::cuttingLongUploads, "leavesNoTraceOfABodyThatRunsOver"),
                villain("writing in place", BodyVillains::writingInPlace, "leavesNoTraceOfABodyThatBreaks"),
                villain("writing in place", BodyVillains::writingInPlace, "showsReadersOneWholeObjectOrTheOther"),
                villain(
                        "leaving streams open",
                        BodyVillains::leavingStreamsOpen,
                        "writesBytesOfEverySizeAroundTheLimitsOfParts"),
                villain("losing tags", StoreVillains::losingTags, "carriesTagsAsDeclared"),
                villain("losing tags of copies", StoreVillains::losingTagsOfCopies, "copiesMetadataAndTagsAsDeclared"),
                villain(
                        "losing a header",
                        StoreVillains::losingCacheControl,
                        "carriesHeadersAndUserMetadataAsDeclared"),
                villain(
                        "updating whatever is there",
                        MetadataVillains::updatingWhateverIsThere,
                        "updatesOnlyTheVersionSeen"),
                villain("merging metadata", MetadataVillains::merging, "replacesHeadersAndUserMetadataAndKeepsTheRest"),
                villain(
                        "losing tags with an update",
                        MetadataVillains::losingTags,
                        "replacesHeadersAndUserMetadataAndKeepsTheRest"),
                villain("promising too much", MetadataVillains::promisingTooMuch, "holdsWhatItsRulesSayThatItHolds"),
                villain("hiding losses", MetadataVillains::hidingLosses, "tellsEveryLossAndNothingElse"),
                villain(
                        "collapsing slashes",
                        StoreVillains::collapsingSlashes,
                        "carriesEveryKeyItCanHoldAndRefusesTheOthersUnwritten"),
                villain("collapsing slashes", StoreVillains::collapsingSlashes, "doesNotTakeOneKeyForAnother"),
                villain("deleting folders", StoreVillains::deletingWholeFolders, "deletesOneObjectAndNoOther"),
                villain("minding absent keys", StoreVillains::complainingOfAbsentKeys, "doesNotMindAnAbsentKey"),
                villain("working on after close", StoreVillains::workingOnAfterClose, "failsClearlyOnceClosed"),
                villain("closing only once", StoreVillains::closingOnlyOnce, "closesTwiceWithoutComplaint"),
                villain("naming no key", BodyVillains::namingNoKeyInErrors, "namesVerbBucketAndKeyInEveryMessage"),
                villain(
                        "showing raw keys",
                        BodyVillains::showingRawKeysInErrors,
                        "showsHostileKeysHarmlesslyInMessages"),
                villain(
                        "deleting from nowhere",
                        StoreVillains::takingAMissingBucketForAMissingKey,
                        "saysThatABucketIsMissing"),
                villain(
                        "forgetting its roles",
                        StoreVillains::forgettingItsRoles,
                        "declaresCapabilitiesThatGoTogether"));
    }

    private static Arguments villain(String fault, UnaryOperator<ObjectStore> villain, String test) {
        return arguments(fault, villain, test);
    }

    @Test
    void everyTestOfTheContractIsRunForAProvider() {
        List<String> tests = Arrays.stream(ObjectStoreContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .toList();

        assertThat(tests).hasSizeGreaterThan(70);
        assertThat(tests.stream().map(name -> name.substring(name.indexOf('.') + 1)))
                .as("no theme hides another's test by its name")
                .doesNotHaveDuplicates();
    }

    private static TestExecutionSummary run(Class<?> suspect, UnaryOperator<ObjectStore> villain, String test) {
        Suspect.wrapping = villain;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(suspect, methodNamed(test), StoreHarness.class.getName()))
                .filters(includeEngines("junit-jupiter"))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    private static String methodNamed(String test) {
        assertThat(ObjectStoreContract.class.getMethods())
                .as("the contract has %s", test)
                .anyMatch(method -> method.getName().equals(test));
        return test;
    }
}
