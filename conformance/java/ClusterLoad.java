// A load of Java's own clients at a steady rate, for scripts that take brokers away under it: a producer with acks=all and a consumer of a group, with their defaults.
// java -cp <jars> ClusterLoad.java <bootstrap> <topic> <partitions> <records a second>
// Prints "A partition number milliseconds" for each record that is acknowledged, "E partition number error" for each that is given up, and "C partition number
// milliseconds" for each that is consumed, milliseconds since the epoch; when its input ends it stops sending, consumes the rest, and prints "DONE".

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public final class ClusterLoad {
    private static final long restMs = 60_000;

    public static void main(String[] args) throws Exception {
        String bootstrap = args[0];
        String topic = args[1];
        int partitions = Integer.parseInt(args[2]);
        long pauseNanos = 1_000_000_000L / Integer.parseInt(args[3]);
        AtomicBoolean sending = new AtomicBoolean(true);
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong consumed = new AtomicLong();
        AtomicLong stopAtMs = new AtomicLong(Long.MAX_VALUE);
        AtomicBoolean closed = new AtomicBoolean();

        Thread consumer = new Thread(() -> {
            boolean[][] seen = new boolean[partitions][1 << 20];
            Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap, "group.id", topic + "-readers", "auto.offset.reset", "earliest");
            try (var reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                reader.subscribe(List.of(topic));
                while (!closed.get() || (consumed.get() < acknowledged.get() && System.currentTimeMillis() < stopAtMs.get())) {
                    StringBuilder lines = new StringBuilder();
                    for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
                        int number = Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
                        if (!seen[record.partition()][number]) consumed.incrementAndGet();
                        seen[record.partition()][number] = true;
                        lines.append(line('C', record.partition(), number));
                    }
                    print(lines);
                }
            }
        });
        consumer.start();

        Thread input = new Thread(() -> {
            try {
                while (System.in.read() >= 0) continue;
            } catch (java.io.IOException error) {
                // The same as its end.
            }
            sending.set(false);
        });
        input.setDaemon(true);
        input.start();

        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long next = System.nanoTime();
            for (int sent = 0; sending.get(); sent++) {
                int partition = sent % partitions;
                int number = sent / partitions;
                byte[] value = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, error) -> {
                    if (error == null) acknowledged.incrementAndGet();
                    print(error == null ? line('A', partition, number) : "E " + partition + ' ' + number + ' ' + error + '\n');
                });
                next += pauseNanos;
                long left = next - System.nanoTime();
                if (left > 0) Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
        stopAtMs.set(System.currentTimeMillis() + restMs);
        closed.set(true);
        consumer.join();
        print("DONE\n");
    }

    private static String line(char kind, int partition, int number) {
        return kind + " " + partition + ' ' + number + ' ' + System.currentTimeMillis() + '\n';
    }

    private static synchronized void print(CharSequence text) {
        System.out.print(text);
        System.out.flush();
    }
}
