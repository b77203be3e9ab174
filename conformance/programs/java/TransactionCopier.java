// Copies records exactly once while its broker is killed: how far it is stands in the file that PROGRESS names.

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

public final class TransactionCopier {
    private static final int total = 4000;

    public static void main(String[] args) throws Exception {
        Path progress = Path.of(Objects.requireNonNull(System.getenv("PROGRESS"), "PROGRESS names no file"));
        TransactionConformance.create("killed-input", 3);
        TransactionConformance.create("killed-output", 3);
        TransactionConformance.fill("killed-input", total);
        Checks.check("every record is copied once, though the broker was killed in the middle of transactions", () ->
            TransactionConformance.copyAll("killed-input", "killed-output", total, 150, copied -> {
                try {
                    Files.writeString(progress, String.valueOf(100 * copied / total));
                } catch (java.io.IOException error) {
                    throw new AssertionError(error);
                }
            }));
        Checks.done();
    }
}
