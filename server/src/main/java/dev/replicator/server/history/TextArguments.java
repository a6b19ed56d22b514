package dev.replicator.server.history;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Every text that is bound to a statement, as {@link Texts} has it: whoever asks for a U+0000 finds nothing. */
final class TextArguments extends AbstractArgumentFactory<String> {
    TextArguments() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String text, ConfigRegistry config) {
        String storable = Texts.storable(text);
        return (position, statement, context) -> statement.setString(position, storable);
    }
}
