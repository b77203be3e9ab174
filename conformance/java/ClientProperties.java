// The properties of the clients in kafka-clients: kind of client, name, type and default, one a line.
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

public class ClientProperties {
    public static void main(String[] arguments) {
        print("producer", ProducerConfig.configDef());
        print("consumer", ConsumerConfig.configDef());
        print("admin", AdminClientConfig.configDef());
    }

    private static void print(String kind, ConfigDef properties) {
        for (ConfigDef.ConfigKey key : new TreeMap<>(properties.configKeys()).values()) {
            String value = key.defaultValue == ConfigDef.NO_DEFAULT_VALUE ? "(none)" : String.valueOf(key.defaultValue);
            System.out.println(String.join("\t", kind, key.name, key.type.toString(), value));
        }
    }
}
