package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;

/**
 * Who else may use an object, as the fields that give a copy the same grants. Where the store's settings name an ACL
 * that rules; where the server has none, none is sent. Where ACLs are off (buckets made since April 2023, S3 user guide,
 * "Controlling ownership of objects") the answer names the owner alone. Thread-safe.
 */
final class Grants {
    private static final Map<Set<String>, String> CANNED = Map.of(
            Set.of("GrantRead uri=\"http://acs.amazonaws.com/groups/global/AllUsers\""), "public-read",
            Set.of("GrantRead uri=\"http://acs.amazonaws.com/groups/global/AuthenticatedUsers\""),
                    "authenticated-read");

    private final S3Settings settings;
    private final S3Clients clients;

    Grants(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /**
     * Fields of a request that makes an object; empty when only the owner has a grant.
     *
     * @throws AccessDeniedException when the grants may not be read: they would be lost
     */
    Map<String, String> of(Call call, String key) {
        Optional<String> acl = settings.write().acl().filter(value -> !value.isBlank());
        if (acl.isPresent()) {
            return Map.of("ACL", acl.get());
        }
        try {
            GetObjectAclRequest request = GetObjectAclRequest.builder()
                    .bucket(settings.bucket())
                    .key(key)
                    .build();
            return fields(S3Calls.call(call, () -> clients.single().getObjectAcl(request)));
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(
                    call + ": who else may use the object can't be read, and a copy without it would take that away:"
                            + " allow s3:GetObjectAcl, or set the store's write.acl",
                    e);
        } catch (InvalidRequestException e) {
            if (S3Errors.isWithoutAcls(e)) {
                return Map.of();
            }
            throw e;
        }
    }

    private static Map<String, String> fields(GetObjectAclResponse acl) {
        String owner = acl.owner() == null ? "" : String.valueOf(acl.owner().id());
        Map<String, String> fields = new TreeMap<>();
        Set<String> others = new TreeSet<>();
        for (Grant grant : acl.grants()) {
            Optional<String> name = field(String.valueOf(grant.permissionAsString()));
            if (name.isEmpty() || grant.grantee() == null) {
                continue;
            }
            fields.merge(name.get(), text(grant.grantee()), (one, other) -> one + ", " + other);
            if (!name.get().equals("GrantFullControl")
                    || !owner.equals(grant.grantee().id())) {
                others.add(name.get() + " " + text(grant.grantee()));
            }
        }
        if (others.isEmpty()) {
            return Map.of();
        }
        return Optional.ofNullable(CANNED.get(others))
                .map(canned -> Map.of("ACL", canned))
                .orElse(fields);
    }

    private static Optional<String> field(String permission) {
        return switch (permission) {
            case "FULL_CONTROL" -> Optional.of("GrantFullControl");
            case "READ" -> Optional.of("GrantRead");
            case "READ_ACP" -> Optional.of("GrantReadACP");
            case "WRITE_ACP" -> Optional.of("GrantWriteACP");
            default -> Optional.empty();
        };
    }

    private static String text(Grantee grantee) {
        return grantee.uri() != null ? "uri=\"" + grantee.uri() + "\"" : "id=\"" + grantee.id() + "\"";
    }
}
