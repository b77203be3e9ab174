// Reads messages with Apache Kafka's own classes and writes them again: "kind name version hex" a line in,
// "hex json" a line out, or "! reason" where Kafka cannot read the bytes.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

public class MessageEcho {
    private static final String[] PACKAGES = {
        "org.apache.kafka.common.message.",
        "org.apache.kafka.common.metadata.",
        "org.apache.kafka.coordinator.group.generated.",
        "org.apache.kafka.coordinator.transaction.generated.",
        "org.apache.kafka.coordinator.share.generated.",
        "org.apache.kafka.server.log.remote.metadata.storage.generated.",
    };
    private static final Map<String, Class<?>> CLASSES = new HashMap<>();
    private static final Map<Class<?>, Method> JSON = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 4);
            try {
                byte[] bytes = HexFormat.of().parseHex(words[3]);
                out.println(echo(words[0], words[1], Short.parseShort(words[2]), bytes));
            } catch (Exception problem) {
                out.println("! " + problem.toString().replace('\n', ' '));
            }
        }
        out.flush();
    }

    private static String echo(String kind, String name, short version, byte[] bytes) throws Exception {
        Class<?> type = typeNamed(name);
        Message message = (Message) type.getDeclaredConstructor().newInstance();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] again;
        switch (kind) {
            case "coordinator-key" -> {
                if (buffer.getShort() != ((ApiMessage) message).apiKey()) throw new Exception("another type");
                message.read(new ByteBufferAccessor(buffer), version);
                again = MessageUtil.toCoordinatorTypePrefixedBytes((ApiMessage) message);
            }
            case "coordinator-value", "versioned" -> {
                if (buffer.getShort() != version) throw new Exception("another version");
                message.read(new ByteBufferAccessor(buffer), version);
                again = MessageUtil.toVersionPrefixedBytes(version, message);
            }
            case "metadata-record" -> {
                MetadataRecordSerde serde = MetadataRecordSerde.INSTANCE;
                ApiMessageAndVersion record = serde.read(new ByteBufferAccessor(buffer), bytes.length);
                message = record.message();
                ObjectSerializationCache cache = new ObjectSerializationCache();
                ByteBuffer target = ByteBuffer.allocate(serde.recordSize(record, cache));
                serde.write(record, cache, new ByteBufferAccessor(target));
                again = target.array();
            }
            default -> {
                message.read(new ByteBufferAccessor(buffer), version);
                again = MessageUtil.byteBufferToArray(MessageUtil.toByteBufferAccessor(message, version).buffer());
            }
        }
        if (buffer.hasRemaining()) throw new Exception(buffer.remaining() + " bytes left");
        return HexFormat.of().formatHex(again) + " " + json(type, message, version);
    }

    private static Class<?> typeNamed(String name) throws ClassNotFoundException {
        Class<?> known = CLASSES.get(name);
        if (known != null) return known;
        for (String prefix : PACKAGES) {
            for (String suffix : new String[] {"", "Data"}) {
                try {
                    Class<?> found = Class.forName(prefix + name + suffix);
                    CLASSES.put(name, found);
                    return found;
                } catch (ClassNotFoundException absent) {
                    // Elsewhere, then.
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static Object json(Class<?> type, Message message, short version) throws Exception {
        Method write = JSON.get(type);
        if (write == null) {
            write = Class.forName(type.getName() + "JsonConverter").getMethod("write", type, short.class);
            JSON.put(type, write);
        }
        return write.invoke(null, message, version);
    }
}
