// Transactions as applications use them: producers that commit every so many records, or one that copies a topic together with its offsets.
//
// Modes stream and stream-plain copy a whole topic of --records records, by transactions of --interval-ms or without any.
//
// Run: java TransactionLoad --mode produce|copy|stream|stream-plain --bootstrap H:P --topic T [--source T] --size BYTES --batch RECORDS --producers N --warm-up-ms MS --measured-ms MS
// Prints BEGIN and END around what is measured, then one line of JSON.

import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

public final class TransactionLoad {
    private static final Map<String, String> options = new HashMap<>();

    /** Writes the records of one transaction; returns how many. */
    private interface Transaction {
        int write() throws Exception;
    }

    private enum Phase { WARM_UP, MEASURED, OVER }

    private static volatile Phase phase = Phase.WARM_UP;
    /** Whether a transaction has ended in the measured phase, which lasts until then at least. */
    private static volatile boolean ended;

    /** What ended in the measured phase. */
    private static final class Counts {
        boolean first = true;
        long records;
        final List<Long> nanos = new ArrayList<>();
    }

    private static String option(String name) {
        return Objects.requireNonNull(options.get(name), "--" + name + " is missing");
    }

    private static int number(String name) {
        return Integer.parseInt(option(name));
    }

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 2) options.put(args[i].substring(2), args[i + 1]);
        if (option("mode").startsWith("stream")) {
            stream(option("mode").equals("stream"));
            return;
        }
        int count = number("producers");
        List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
        for (int i = 0; i < count; i++) producers.add(producer(i));
        var started = new CountDownLatch(count);
        var pool = Executors.newFixedThreadPool(count);
        List<Future<Counts>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int partition = i;
            running.add(pool.submit(() -> {
                try (var producer = producers.get(partition)) {
                    if (option("mode").equals("produce")) return run(producer, () -> produce(producer, partition), started);
                    try (var consumer = consumer(partition)) {
                        long inputEnd = consumer.endOffsets(consumer.assignment()).values().iterator().next();
                        return run(producer, () -> copy(consumer, producer, inputEnd), started);
                    }
                }
            }));
        }
        pool.shutdown();
        double seconds = watch(started, running);
        Counts all = new Counts();
        for (var each : running) {
            Counts counts = each.get();
            all.records += counts.records;
            all.nanos.addAll(counts.nanos);
        }
        report(all, seconds);
    }

    /** Goes through the phases; returns how long the measured one was. The warm-up begins once every producer has ended a transaction. */
    private static double watch(CountDownLatch started, List<Future<Counts>> running) throws InterruptedException {
        while (!started.await(10, TimeUnit.MILLISECONDS)) {
            if (failed(running)) return 0;
        }
        Thread.sleep(number("warm-up-ms"));
        long begin = System.nanoTime();
        phase = Phase.MEASURED;
        System.out.println("BEGIN");
        Thread.sleep(number("measured-ms"));
        while (!ended && !failed(running)) Thread.sleep(1);
        phase = Phase.OVER;
        System.out.println("END");
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Whether a producer has ended before its time: then all are to end, and its error is told where its result is taken. */
    private static boolean failed(List<Future<Counts>> running) {
        if (running.stream().noneMatch(Future::isDone)) return false;
        phase = Phase.OVER;
        return true;
    }

    private static void report(Counts all, double seconds) {
        all.nanos.sort(null);
        System.out.printf(Locale.ROOT, "{\"transactions\": %d, \"records\": %d, \"seconds\": %.3f, \"p50Ms\": %.3f, \"p99Ms\": %.3f}%n",
            all.nanos.size(), all.records, seconds, percentile(all.nanos, 0.5), percentile(all.nanos, 0.99));
    }

    private static double percentile(List<Long> sorted, double fraction) {
        return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(fraction * sorted.size()) - 1)) / 1e6;
    }

    private static Counts run(KafkaProducer<byte[], byte[]> producer, Transaction transaction, CountDownLatch started) throws Exception {
        Counts counts = new Counts();
        while (phase != Phase.OVER) {
            long begun = System.nanoTime();
            producer.beginTransaction();
            int records = transaction.write();
            // Kafka's Sender looks whether batches are left before it takes the next request: where it is interrupted in between, it ends a transaction
            // whose batches it has not sent yet, and the coordinator refuses that for good. What is acknowledged by then cannot be overtaken.
            producer.flush();
            producer.commitTransaction();
            if (counts.first) started.countDown();
            counts.first = false;
            if (phase != Phase.MEASURED) continue;
            counts.records += records;
            counts.nanos.add(System.nanoTime() - begun);
            ended = true;
        }
        return counts;
    }

    private static final byte[] value = new byte[65536];

    static {
        var random = new Random(42);
        for (int i = 0; i < value.length; i++) value[i] = (byte) (32 + random.nextInt(95));
    }

    private static int produce(KafkaProducer<byte[], byte[]> producer, int partition) {
        int records = number("batch");
        byte[] sent = Arrays.copyOf(value, number("size"));
        for (int i = 0; i < records; i++) producer.send(new ProducerRecord<>(option("topic"), partition, null, sent));
        return records;
    }

    /** Takes what comes next, writes it with its first byte raised, and commits how far it is; from the first record again after the last. */
    private static int copy(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, long inputEnd) {
        var source = consumer.assignment().iterator().next();
        if (consumer.position(source) >= inputEnd) consumer.seek(source, 0);
        var records = consumer.poll(Duration.ofSeconds(10));
        if (records.isEmpty()) throw new AssertionError("nothing was read within 10 s");
        for (var record : records) {
            byte[] transformed = record.value().clone();
            transformed[0]++;
            producer.send(new ProducerRecord<>(option("topic"), source.partition(), null, transformed));
        }
        producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
        return records.count();
    }

    /** Copies a whole topic; what comes first is the warm-up. Without transactions, offsets are committed once what was written is acknowledged. */
    private static void stream(boolean transactional) throws Exception {
        long total = number("records"), warmUp = total / 3, copied = 0, from = 0, begin = 0;
        int transactions = 0;
        try (var producer = transactional ? producer(0) : plainProducer(); var consumer = consumer(0)) {
            var source = consumer.assignment().iterator().next();
            consumer.seek(source, 0);
            while (copied < total) {
                if (begin == 0 && copied >= warmUp) {
                    begin = System.nanoTime();
                    from = copied;
                    transactions = 0;
                    System.out.println("BEGIN");
                }
                long until = System.nanoTime() + number("interval-ms") * 1_000_000L;
                if (transactional) producer.beginTransaction();
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                do {
                    var records = consumer.poll(Duration.ofSeconds(10));
                    if (records.isEmpty()) throw new AssertionError("nothing was read within 10 s");
                    for (var record : records) {
                        byte[] transformed = record.value().clone();
                        transformed[0]++;
                        producer.send(new ProducerRecord<>(option("topic"), 0, null, transformed));
                    }
                    offsets.putAll(records.nextOffsets());
                    copied += records.count();
                } while (System.nanoTime() < until && copied < total);
                if (transactional) {
                    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                    producer.flush();
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    consumer.commitSync(offsets);
                }
                transactions++;
            }
            System.out.println("END");
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, "{\"transactions\": %d, \"records\": %d, \"seconds\": %.3f, \"p50Ms\": 0, \"p99Ms\": 0}%n",
                transactional ? transactions : 0, copied - from, seconds);
        }
    }

    private static KafkaProducer<byte[], byte[]> plainProducer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", option("bootstrap"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(int index) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", option("bootstrap"));
        settings.put("transactional.id", option("topic") + "-" + index);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(int partition) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", option("bootstrap"));
        settings.put("group.id", option("topic") + "-copier");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", option("batch"));
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(option("source"), partition)));
        return consumer;
    }
}
