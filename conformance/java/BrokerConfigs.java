// What a broker says of each of its settings, and what becomes of an attempt to set it for one broker and for all: one line a setting.
// Arguments: bootstrap address, then name=value for attempts beside those with the settings' own values.
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;

public class BrokerConfigs {
    private static final String ONE = "1";
    private static final String ALL = "";

    public static void main(String[] arguments) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, ONE);
            var options = new DescribeConfigsOptions().includeSynonyms(true);
            var described = admin.describeConfigs(List.of(broker), options).all().get(30, TimeUnit.SECONDS);
            List<ConfigEntry> entries = new ArrayList<>(described.get(broker).entries());
            entries.sort(Comparator.comparing(ConfigEntry::name));
            for (ConfigEntry entry : entries) {
                String value = entry.value() == null ? exampleOf(entry.type()) : entry.value();
                print(entry.name(), entry.type().toString(), entry.isReadOnly() ? "fixed" : "live",
                    entry.isSensitive() ? "secret" : "open", defaultOf(entry),
                    alter(admin, ONE, entry.name(), value), alter(admin, ALL, entry.name(), value));
            }
            for (int i = 1; i < arguments.length; i++) {
                String[] attempt = arguments[i].split("=", 2);
                print(arguments[i], "attempt", alter(admin, ONE, attempt[0], attempt[1]), alter(admin, ALL, attempt[0], attempt[1]));
            }
        }
    }

    private static void print(String... cells) {
        System.out.println(String.join("\t", cells));
    }

    private static String exampleOf(ConfigEntry.ConfigType type) {
        return switch (type) {
            case INT, LONG, SHORT -> "1";
            case DOUBLE -> "0.5";
            case BOOLEAN -> "true";
            default -> "x";
        };
    }

    private static String defaultOf(ConfigEntry entry) {
        return entry.synonyms().stream()
            .filter(synonym -> synonym.source() == ConfigEntry.ConfigSource.DEFAULT_CONFIG)
            .map(ConfigEntry.ConfigSynonym::value)
            .map(String::valueOf)
            .reduce((first, last) -> last)
            .orElse("none");
    }

    private static String alter(Admin admin, String broker, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set)), new AlterConfigsOptions().validateOnly(true))
                .all().get(30, TimeUnit.SECONDS);
            return "taken";
        } catch (ExecutionException error) {
            return error.getCause().getClass().getSimpleName();
        }
    }
}
