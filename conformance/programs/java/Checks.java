// Counts the checks of a conformance program and prints them as lines that the harness reads.

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

final class Checks {
    interface Body {
        void run() throws Exception;
    }

    static final String BOOTSTRAP = Objects.requireNonNull(System.getenv("BOOTSTRAP"), "BOOTSTRAP names no broker");

    private static int count;
    private static int failed;

    private Checks() {
    }

    /** Makes one check; a failure is printed and the program goes on. */
    static void check(String name, Body body) {
        count++;
        long started = System.nanoTime();
        try {
            body.run();
            System.out.printf("PASS\t%d\t%s%n", (System.nanoTime() - started) / 1_000_000, name);
        } catch (Throwable error) {
            failed++;
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            String why = text.toString().strip().replace("\t", "  ").replace("\n", "\\n");
            System.out.printf("FAIL\t%d\t%s\t%s%n", (System.nanoTime() - started) / 1_000_000, name, why);
        }
    }

    static void done() {
        System.out.printf("DONE\t%d%n", count);
        System.exit(failed == 0 ? 0 : 1);
    }

    static void equal(String what, Object got, Object want) {
        if (!Objects.equals(got, want)) throw new AssertionError(what + ": got " + got + ", want " + want);
    }

    static void isTrue(String what, boolean so) {
        if (!so) throw new AssertionError(what);
    }

    /** The body must fail, and at the root with this exception. */
    static <T extends Throwable> T fails(Class<T> kind, Body body) throws Exception {
        try {
            body.run();
        } catch (Throwable error) {
            Throwable cause = error instanceof ExecutionException ? error.getCause() : error;
            if (kind.isInstance(cause)) return kind.cast(cause);
            throw new AssertionError("failed with " + cause + ", want " + kind.getSimpleName(), cause);
        }
        throw new AssertionError("did not fail, want " + kind.getSimpleName());
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until something is so; Apache Kafka tells of changes a moment before all of it knows them. */
    static void until(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) throw new AssertionError(what + ": not after 30 s");
            Thread.sleep(20);
        }
    }
}
