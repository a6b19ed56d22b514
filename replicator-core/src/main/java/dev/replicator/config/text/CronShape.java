package dev.replicator.config.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cron expression of five fields looks like; which times it means is for the server's calendar. */
public final class CronShape {
    private record Field(String name, int least, int most, List<String> names) {}

    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of the month", 1, 31, List.of()),
            new Field(
                    "month",
                    1,
                    12,
                    List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Field("day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));
    private static final Pattern PART =
            Pattern.compile("(\\*|([0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?)(?:/([0-9]{1,2}))?");

    private CronShape() {}

    /**
     * The expression with single spaces between its fields.
     *
     * @throws IllegalArgumentException naming the field that can't be, without repeating {@code text}
     */
    public static String checked(String text) {
        if (text.startsWith("@")) {
            throw new IllegalArgumentException(
                    "is a name; write its five fields, such as 0 2 * * * for every night at two");
        }
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != FIELDS.size()) {
            throw new IllegalArgumentException("has " + fields.length + (fields.length == 1 ? " field" : " fields")
                    + "; expected are five: minute, hour, day of the month, month, day of the week");
        }
        for (int i = 0; i < fields.length; i++) {
            check(FIELDS.get(i), fields[i].toLowerCase(Locale.ROOT));
        }
        return String.join(" ", fields);
    }

    private static void check(Field field, String text) {
        for (String part : text.split(",", -1)) {
            Matcher form = PART.matcher(part);
            if (!form.matches()) {
                throw malformed(field);
            }
            int first = form.group(2) == null ? field.least : number(field, form.group(2));
            int last = form.group(3) == null ? first : number(field, form.group(3));
            boolean noStep = form.group(4) != null && Integer.parseInt(form.group(4)) == 0;
            boolean loneStep = form.group(4) != null && form.group(2) != null && form.group(3) == null;
            if (first > last || noStep || loneStep) {
                throw malformed(field);
            }
        }
    }

    private static int number(Field field, String text) {
        if (Character.isLetter(text.charAt(0))) {
            int index = field.names.indexOf(text);
            if (index < 0) {
                throw malformed(field);
            }
            return field.least + index;
        }
        int number = Integer.parseInt(text);
        if (number < field.least || number > field.most) {
            throw malformed(field);
        }
        return number;
    }

    private static IllegalArgumentException malformed(Field field) {
        return new IllegalArgumentException(
                "has no " + field.name + " that can be: it is *, a number from " + field.least
                        + " to " + field.most + ", a range such as " + field.least + "-" + (field.least + 4)
                        + ", steps such as */5, or a list of these");
    }
}
