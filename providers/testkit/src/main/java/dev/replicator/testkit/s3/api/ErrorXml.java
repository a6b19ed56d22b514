package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.xml.XmlWriter;

/** Writes refusals as S3 does: an Error document, or no body at all to a HEAD and with a 304. */
final class ErrorXml {
    private ErrorXml() {}

    static HttpResponse answer(S3Call call, S3Refusal refusal, int status, String requestId) {
        HttpResponse head = HttpResponse.of(status).withAll(refusal.headers());
        if (call.method().equals("HEAD") || status == 304) {
            return head.with("Content-Type", "application/xml");
        }
        return head.with("Content-Type", "application/xml").withBody(Payload.of(document(call, refusal, requestId)));
    }

    static byte[] document(S3Call call, S3Refusal refusal, String requestId) {
        XmlWriter xml = new XmlWriter()
                .open("Error")
                .element("Code", refusal.code().code())
                .element("Message", refusal.message());
        refusal.details().forEach(xml::element);
        if (refusal.code() == ErrorCode.NO_SUCH_KEY) {
            xml.element("Key", call.key());
        }
        return xml.element("Resource", "/" + call.bucket() + (call.key().isEmpty() ? "" : "/" + call.key()))
                .element("RequestId", requestId)
                .element("HostId", "fake")
                .close("Error")
                .toBytes();
    }
}
