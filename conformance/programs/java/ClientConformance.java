// Conformance of Java's producer and consumer: every codec, idempotence, groups with each assignor, offsets, limits.

import java.time.Duration;
import java.util.*;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.errors.*;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.*;

public final class ClientConformance {
    private static final Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", Checks.BOOTSTRAP));
    private static final Duration tick = Duration.ofMillis(100);

    private static void create(String name, int partitions, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs))).all().get();
        Checks.until("leaders of " + name, () -> {
            try {
                var topics = admin.describeTopics(List.of(name)).allTopicNames().get();
                return topics.get(name).partitions().stream().allMatch(each -> each.leader() != null);
            } catch (java.util.concurrent.ExecutionException error) {
                return false;
            }
        });
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", Checks.BOOTSTRAP);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String group, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", Checks.BOOTSTRAP);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.put("session.timeout.ms", "6000");
        all.put("heartbeat.interval.ms", "300");
        if (group != null) all.put("group.id", group);
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < count; i++) all.add(new TopicPartition(topic, i));
        return all;
    }

    private static List<ConsumerRecord<String, String>> read(Consumer<String, String> consumer, int total) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (records.size() < total) {
            if (System.nanoTime() > deadline) throw new AssertionError(records.size() + " of " + total + " records after 30 s");
            consumer.poll(tick).forEach(records::add);
        }
        return records;
    }

    /** The default producer is idempotent with five requests in flight; small batches make many of them. */
    private static void codec(String name) throws Exception {
        String topic = "java-" + name;
        create(topic, 3, Map.of());
        Map<String, String> placed = new HashMap<>();
        long before = System.currentTimeMillis();
        try (var producer = producer(Map.of("compression.type", name, "batch.size", 2000, "linger.ms", 1))) {
            List<Future<RecordMetadata>> results = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                var record = new ProducerRecord<>(topic, "key-" + i % 20, "value-" + i + " compressible compressible");
                record.headers().add("index", String.valueOf(i).getBytes()).add("null", null);
                results.add(producer.send(record));
            }
            for (int i = 0; i < results.size(); i++) {
                RecordMetadata at = results.get(i).get();
                placed.put(at.partition() + "@" + at.offset(), "value-" + i + " compressible compressible");
            }
        }
        Checks.equal("places", placed.size(), 3000);
        try (var consumer = consumer(null, Map.of())) {
            consumer.assign(partitions(topic, 3));
            Map<String, Integer> last = new HashMap<>();
            for (var record : read(consumer, 3000)) {
                Checks.equal("value", record.value(), placed.remove(record.partition() + "@" + record.offset()));
                Header[] headers = record.headers().toArray();
                int index = Integer.parseInt(new String(headers[0].value()));
                Checks.isTrue("null header", headers.length == 2 && headers[1].value() == null);
                Checks.isTrue("order of " + record.key(), last.getOrDefault(record.key(), index - 20) == index - 20);
                last.put(record.key(), index);
                Checks.isTrue("time", record.timestamp() >= before && record.timestamp() <= System.currentTimeMillis());
                Checks.equal("time type", record.timestampType(), TimestampType.CREATE_TIME);
                Checks.equal("leader epoch", record.leaderEpoch(), Optional.of(0));
            }
            Checks.equal("end offsets", consumer.endOffsets(partitions(topic, 3)).values().stream().mapToLong(each -> each).sum(), 3000L);
        }
    }

    private static void nulls() throws Exception {
        create("java-nulls", 1, Map.of());
        try (var producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("java-nulls", 0, 1_700_000_000_123L, "gone", (String) null)).get();
            producer.send(new ProducerRecord<>("java-nulls", 0, 1_700_000_000_456L, null, "")).get();
        }
        try (var consumer = consumer(null, Map.of())) {
            consumer.assign(partitions("java-nulls", 1));
            var records = read(consumer, 2);
            Checks.isTrue("tombstone", records.get(0).value() == null && records.get(0).key().equals("gone"));
            Checks.isTrue("empty value", records.get(1).key() == null && records.get(1).value().isEmpty());
            Checks.equal("time", records.get(0).timestamp(), 1_700_000_000_123L);
            TopicPartition partition = partitions("java-nulls", 1).get(0);
            Checks.equal("by time", consumer.offsetsForTimes(Map.of(partition, 1_700_000_000_200L)).get(partition).offset(), 1L);
            Checks.equal("none so late", consumer.offsetsForTimes(Map.of(partition, 1_800_000_000_000L)).get(partition), null);
        }
    }

    /** What the broker refuses comes out of the producer as the right exception, and harms no other record. */
    private static void limits() throws Exception {
        create("java-small", 1, Map.of("max.message.bytes", "1000"));
        create("java-compact", 1, Map.of("cleanup.policy", "compact"));
        create("java-late", 1, Map.of("message.timestamp.after.max.ms", "60000"));
        try (var producer = producer(Map.of())) {
            Checks.fails(RecordTooLargeException.class, () -> producer.send(new ProducerRecord<>("java-small", "x".repeat(5000))).get());
            Checks.equal("next offset", producer.send(new ProducerRecord<>("java-small", "small")).get().offset(), 0L);
            Checks.fails(InvalidRecordException.class, () -> producer.send(new ProducerRecord<>("java-compact", "no key")).get());
            Checks.equal("next offset", producer.send(new ProducerRecord<>("java-compact", "key", "value")).get().offset(), 0L);
            long tomorrow = System.currentTimeMillis() + 86_400_000L;
            Checks.fails(InvalidTimestampException.class, () -> producer.send(new ProducerRecord<>("java-late", 0, tomorrow, "k", "v")).get());
        }
    }

    private static void appendTime() throws Exception {
        create("java-append-time", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        long before = System.currentTimeMillis();
        try (var producer = producer(Map.of("compression.type", "lz4"))) {
            RecordMetadata at = producer.send(new ProducerRecord<>("java-append-time", 0, 5L, "k", "v")).get();
            Checks.isTrue("acknowledged time " + at.timestamp(), at.timestamp() >= before);
        }
        try (var consumer = consumer(null, Map.of())) {
            consumer.assign(partitions("java-append-time", 1));
            var record = read(consumer, 1).get(0);
            Checks.equal("type", record.timestampType(), TimestampType.LOG_APPEND_TIME);
            Checks.isTrue("time " + record.timestamp(), record.timestamp() >= before);
        }
    }

    private static void brokerCodec() throws Exception {
        create("java-recompressed", 1, Map.of("compression.type", "zstd"));
        try (var producer = producer(Map.of("compression.type", "gzip"))) {
            for (int i = 0; i < 100; i++) producer.send(new ProducerRecord<>("java-recompressed", "k" + i, "v" + i));
        }
        try (var consumer = consumer(null, Map.of("check.crcs", "true"))) {
            consumer.assign(partitions("java-recompressed", 1));
            var records = read(consumer, 100);
            for (int i = 0; i < 100; i++) Checks.equal("value", records.get(i).value(), "v" + i);
        }
    }

    /** Two members share, one leaves, the other has all; commits with metadata; a later member goes on. */
    private static void group(String name, Class<?> assignor) throws Exception {
        String topic = "java-group-" + name;
        String group = "java-members-" + name;
        create(topic, 4, Map.of());
        Map<String, Object> settings = Map.of("partition.assignment.strategy", assignor.getName());
        Set<String> seen = new HashSet<>();
        var first = consumer(group, settings);
        var second = consumer(group, settings);
        try (first) {
            try (second) {
                first.subscribe(List.of(topic));
                second.subscribe(List.of(topic));
                Checks.until("two partitions each", () -> {
                    first.poll(tick);
                    second.poll(tick);
                    return first.assignment().size() == 2 && second.assignment().size() == 2;
                });
                try (var producer = producer(Map.of())) {
                    for (int i = 0; i < 200; i++) producer.send(new ProducerRecord<>(topic, i % 4, null, "v" + i));
                }
                for (var each : List.of(first, second)) {
                    for (var record : read(each, 100)) Checks.isTrue(record.value() + " came twice", seen.add(record.value()));
                    each.commitSync();
                }
            }
            Checks.until("all partitions", () -> {
                first.poll(tick);
                return first.assignment().size() == 4;
            });
            TopicPartition zero = new TopicPartition(topic, 0);
            first.commitSync(Map.of(zero, new OffsetAndMetadata(50, Optional.of(0), "note")));
            var committed = first.committed(Set.copyOf(partitions(topic, 4)));
            for (var each : committed.values()) Checks.equal("committed", each.offset(), 50L);
            Checks.equal("metadata", committed.get(zero).metadata(), "note");
            Checks.until("the lag is known", () -> {
                first.poll(tick);
                return first.currentLag(zero).isPresent();
            });
            Checks.equal("lag", first.currentLag(zero).getAsLong(), 0L);
        }
        Checks.equal("records", seen.size(), 200);
        try (var producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, 3, null, "after")).get();
        }
        try (var third = consumer(group, settings)) {
            third.subscribe(List.of(topic));
            Checks.equal("goes on", read(third, 1).get(0).value(), "after");
        }
    }

    /** A static member that comes back within its session gets its partitions without a rebalance; a second one with its name fences it. */
    private static void staticMember() throws Exception {
        create("java-static", 2, Map.of());
        Map<String, Object> settings = Map.of("group.instance.id", "one", "session.timeout.ms", "20000");
        int generation;
        try (var member = consumer("java-static-group", settings)) {
            member.subscribe(List.of("java-static"));
            Checks.until("assigned", () -> {
                member.poll(tick);
                return member.assignment().size() == 2;
            });
            generation = member.groupMetadata().generationId();
        }
        try (var again = consumer("java-static-group", settings)) {
            again.subscribe(List.of("java-static"));
            Checks.until("assigned again", () -> {
                again.poll(tick);
                return again.assignment().size() == 2;
            });
            Checks.equal("generation", again.groupMetadata().generationId(), generation);
            try (var twin = consumer("java-static-group", settings)) {
                twin.subscribe(List.of("java-static"));
                Checks.until("the twin is assigned", () -> {
                    twin.poll(tick);
                    return twin.assignment().size() == 2;
                });
                Checks.fails(FencedInstanceIdException.class, () -> again.commitSync());
            }
        }
    }

    private static void positions() throws Exception {
        create("java-positions", 2, Map.of());
        List<TopicPartition> both = partitions("java-positions", 2);
        try (var producer = producer(Map.of())) {
            for (int i = 0; i < 100; i++) producer.send(new ProducerRecord<>("java-positions", i % 2, null, "v" + i / 2));
        }
        try (var consumer = consumer(null, Map.of("max.poll.records", "10", "isolation.level", "read_committed"))) {
            consumer.assign(both);
            consumer.seek(both.get(0), 45);
            consumer.seekToEnd(List.of(both.get(1)));
            var records = read(consumer, 5);
            Checks.equal("from 45", records.stream().map(ConsumerRecord::offset).collect(Collectors.toList()), List.of(45L, 46L, 47L, 48L, 49L));
            Checks.equal("position at the end", consumer.position(both.get(1)), 50L);
            consumer.pause(List.of(both.get(0)));
            consumer.seekToBeginning(both);
            Checks.isTrue("a paused partition is silent", read(consumer, 50).stream().allMatch(record -> record.partition() == 1));
            consumer.resume(List.of(both.get(0)));
            Checks.equal("resumed", read(consumer, 50).size(), 50);
            Checks.equal("beginning", consumer.beginningOffsets(both).get(both.get(0)), 0L);
            Checks.equal("partitions", consumer.partitionsFor("java-positions").size(), 2);
        }
        admin.deleteRecords(Map.of(both.get(0), RecordsToDelete.beforeOffset(20))).all().get();
        try (var consumer = consumer(null, Map.of("auto.offset.reset", "none"))) {
            consumer.assign(both);
            Checks.fails(NoOffsetForPartitionException.class, () -> consumer.poll(Duration.ofSeconds(5)));
            consumer.seekToEnd(both);
            consumer.seek(both.get(0), 3);
            var error = Checks.fails(org.apache.kafka.clients.consumer.OffsetOutOfRangeException.class, () -> read(consumer, 1));
            Checks.equal("out of range", error.offsetOutOfRangePartitions(), Map.of(both.get(0), 3L));
        }
        try (var consumer = consumer(null, Map.of())) {
            consumer.assign(List.of(both.get(0)));
            consumer.seek(both.get(0), 3);
            Checks.equal("reset to earliest", read(consumer, 1).get(0).offset(), 20L);
        }
    }

    public static void main(String[] arguments) {
        for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd"))
            Checks.check(codec + ": 3,000 records of the idempotent producer come back from where they were acknowledged", () -> codec(codec));
        Checks.check("null and empty values, given times, offsets by time", ClientConformance::nulls);
        Checks.check("records that are refused: too large, without key, too late", ClientConformance::limits);
        Checks.check("log append time", ClientConformance::appendTime);
        Checks.check("a topic with a codec of its own", ClientConformance::brokerCodec);
        Checks.check("group with the range assignor", () -> group("range", RangeAssignor.class));
        Checks.check("group with the round robin assignor", () -> group("roundrobin", RoundRobinAssignor.class));
        Checks.check("group with the sticky assignor", () -> group("sticky", StickyAssignor.class));
        Checks.check("group with the cooperative sticky assignor", () -> group("cooperative", CooperativeStickyAssignor.class));
        Checks.check("static membership and fencing", ClientConformance::staticMember);
        Checks.check("seek, pause, end, out of range, reset", ClientConformance::positions);
        Checks.done();
    }
}
