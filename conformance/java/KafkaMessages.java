// Reads and writes messages with Apache Kafka's own classes. Run from source: `java -cp 'libs/*' KafkaMessages.java MODE`.
// echo:   "kind name version hex" a line in, "hex json" a line out, or "! reason" where Kafka cannot read the bytes.
// golden: golden-messages.txt in, the golden bytes of the protocol's tests out.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.server.common.ApiMessageAndVersion;

public class KafkaMessages {
    private static final String[] PACKAGES = {
        "org.apache.kafka.common.message.",
        "org.apache.kafka.common.metadata.",
        "org.apache.kafka.coordinator.group.generated.",
        "org.apache.kafka.coordinator.transaction.generated.",
        "org.apache.kafka.coordinator.share.generated.",
        "org.apache.kafka.server.log.remote.metadata.storage.generated.",
    };
    private static final int LINE_BYTES = 32;
    private static final Map<String, Class<?>> TYPES = new HashMap<>();
    private static final Map<Class<?>, Method> JSON_WRITERS = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        switch (arguments[0]) {
            case "echo" -> echo(in, out);
            case "golden" -> golden(in, out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        out.flush();
    }

    private static void echo(BufferedReader in, PrintStream out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 4);
            short version = Short.parseShort(words[2]);
            byte[] bytes = HexFormat.of().parseHex(words[3]);
            try {
                Message message = read(words[0], typeNamed(words[1]), version, bytes);
                String again = HexFormat.of().formatHex(write(words[0], message, version));
                out.println(again + " " + json(message, version));
            } catch (Exception problem) {
                out.println("! " + problem.toString().replace('\n', ' '));
            }
        }
    }

    private static void golden(BufferedReader in, PrintStream out) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        out.println("# Bytes that the message classes of Apache Kafka 4.3.1 write, made by conformance/java/KafkaMessages.java:");
        out.println("# a value in the JSON of Kafka's converters, and its bytes in some versions. A field that a version lacks is not there.");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.split(" ");
            String value = in.readLine();
            out.printf("%n%s %s%n%s%n", words[0], words[1], value);
            for (int index = 2; index < words.length; index++) {
                short version = Short.parseShort(words[index]);
                byte[] bytes;
                try {
                    bytes = write(words[0], fromJson(typeNamed(words[1]), mapper.readTree(value), version), version);
                } catch (Exception problem) {
                    throw new Exception(words[1] + " version " + version, problem);
                }
                out.println("version " + version);
                for (int at = 0; at < bytes.length; at += LINE_BYTES) {
                    int end = Math.min(bytes.length, at + LINE_BYTES);
                    out.println("  " + HexFormat.ofDelimiter(" ").formatHex(bytes, at, end));
                }
            }
        }
    }

    private static Message read(String kind, Class<?> type, short version, byte[] bytes) throws Exception {
        Message message = (Message) type.getDeclaredConstructor().newInstance();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        ByteBufferAccessor readable = new ByteBufferAccessor(buffer);
        switch (kind) {
            case "metadata-record" -> message = MetadataRecordSerde.INSTANCE.read(readable, bytes.length).message();
            case "coordinator-key" -> {
                if (buffer.getShort() != ((ApiMessage) message).apiKey()) throw new IOException("another type");
                message.read(readable, version);
            }
            case "coordinator-value", "versioned" -> {
                if (buffer.getShort() != version) throw new IOException("another version");
                message.read(readable, version);
            }
            default -> message.read(readable, version);
        }
        if (buffer.hasRemaining()) throw new IOException(buffer.remaining() + " bytes left");
        return message;
    }

    private static byte[] write(String kind, Message message, short version) {
        return switch (kind) {
            case "metadata-record" -> {
                ApiMessageAndVersion record = new ApiMessageAndVersion((ApiMessage) message, version);
                ObjectSerializationCache cache = new ObjectSerializationCache();
                ByteBuffer target = ByteBuffer.allocate(MetadataRecordSerde.INSTANCE.recordSize(record, cache));
                MetadataRecordSerde.INSTANCE.write(record, cache, new ByteBufferAccessor(target));
                yield target.array();
            }
            case "coordinator-key" -> MessageUtil.toCoordinatorTypePrefixedBytes((ApiMessage) message);
            case "coordinator-value", "versioned" -> MessageUtil.toVersionPrefixedBytes(version, message);
            default -> MessageUtil.byteBufferToArray(MessageUtil.toByteBufferAccessor(message, version).buffer());
        };
    }

    private static Class<?> typeNamed(String name) throws ClassNotFoundException {
        Class<?> known = TYPES.get(name);
        if (known != null) return known;
        for (String prefix : PACKAGES) {
            for (String suffix : new String[] {"", "Data"}) {
                try {
                    Class<?> found = Class.forName(prefix + name + suffix);
                    TYPES.put(name, found);
                    return found;
                } catch (ClassNotFoundException absent) {
                    // Elsewhere, then.
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static Object json(Message message, short version) throws Exception {
        Class<?> type = message.getClass();
        Method writer = JSON_WRITERS.get(type);
        if (writer == null) {
            writer = converterOf(type).getMethod("write", type, short.class);
            JSON_WRITERS.put(type, writer);
        }
        return writer.invoke(null, message, version);
    }

    private static Message fromJson(Class<?> type, JsonNode value, short version) throws Exception {
        return (Message) converterOf(type).getMethod("read", JsonNode.class, short.class).invoke(null, value, version);
    }

    private static Class<?> converterOf(Class<?> type) throws ClassNotFoundException {
        return Class.forName(type.getName() + "JsonConverter");
    }
}
