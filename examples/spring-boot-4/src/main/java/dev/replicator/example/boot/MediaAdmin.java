package dev.replicator.example.boot;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.ManualSync;
import dev.replicator.hook.Validation;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the site's administrators may do; a real application guards these routes. */
@RestController
@RequestMapping("/admin/media")
class MediaAdmin {
    private final DeployHook media;

    MediaAdmin(DeployHook media) {
        this.media = media;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    String status() {
        return media.status().toJson();
    }

    @PostMapping("/sync")
    ResponseEntity<String> sync() {
        ManualSync sync = media.triggerManualSync();
        return ResponseEntity.status(sync.success() ? 200 : 500).body(sync.message());
    }

    @PostMapping("/validate")
    Map<String, Object> validate() {
        Validation found = media.validate();
        return Map.of("valid", found.valid(), "missing", found.missing(), "mismatched", found.mismatched());
    }
}
