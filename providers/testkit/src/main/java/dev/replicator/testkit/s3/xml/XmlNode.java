package dev.replicator.testkit.s3.xml;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a request's document: its local name, its text, its child elements. */
public record XmlNode(String name, String text, List<XmlNode> children) {
    private static final XMLInputFactory FACTORY = factory();

    public XmlNode {
        children = List.copyOf(children);
    }

    /** Parses a document; refuses it as MalformedXML when it is none or its root has another name. */
    public static XmlNode parse(byte[] document, String root) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document), "UTF-8");
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw S3Refusal.of(ErrorCode.MALFORMED_XML);
                }
            }
            XmlNode node = element(reader);
            while (reader.hasNext()) {
                reader.next();
            }
            if (node.name.equals(root)) {
                return node;
            }
        } catch (XMLStreamException e) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        throw S3Refusal.of(ErrorCode.MALFORMED_XML);
    }

    /** The text of the first child of this name. */
    public Optional<String> child(String childName) {
        return all(childName).stream().map(XmlNode::text).findFirst();
    }

    /** The text of a child that must be there. */
    public String required(String childName) {
        return child(childName).orElseThrow(() -> S3Refusal.of(ErrorCode.MALFORMED_XML));
    }

    /** All children of this name. */
    public List<XmlNode> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    private static XmlNode element(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        List<XmlNode> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader));
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlNode(name, children.isEmpty() ? text.toString() : "", children);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.SPACE, XMLStreamConstants.COMMENT -> {
                    // says nothing
                }
                default -> throw S3Refusal.of(ErrorCode.MALFORMED_XML);
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
