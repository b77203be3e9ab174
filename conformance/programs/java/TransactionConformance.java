// Conformance of transactions as Java's clients use them: read committed, copy exactly once, fencing, time-outs, the admin client, Kafka Streams.

import java.nio.file.Files;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.*;
import org.apache.kafka.common.serialization.*;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Produced;

public final class TransactionConformance {
    private static final Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", Checks.BOOTSTRAP));
    private static final Duration tick = Duration.ofMillis(100);

    static void create(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        Checks.until("leaders of " + name, () -> {
            try {
                var topics = admin.describeTopics(List.of(name)).allTopicNames().get();
                return topics.get(name).partitions().stream().allMatch(each -> each.leader() != null);
            } catch (java.util.concurrent.ExecutionException error) {
                return false;
            }
        });
    }

    private static KafkaProducer<String, String> producer(String transactionalId, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", Checks.BOOTSTRAP);
        all.put("transactional.id", transactionalId);
        all.putAll(settings);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String group, String isolation) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", Checks.BOOTSTRAP);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.put("isolation.level", isolation);
        all.put("max.poll.records", "70");
        if (group != null) all.put("group.id", group);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static List<String> read(String topic, int partitions, String isolation, int atLeast) {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) all.add(new TopicPartition(topic, i));
        List<String> values = new ArrayList<>();
        try (var consumer = consumer(null, isolation)) {
            consumer.assign(all);
            var ends = consumer.endOffsets(all);
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (System.nanoTime() < deadline) {
                consumer.poll(tick).forEach(record -> values.add(record.value()));
                boolean atEnd = all.stream().allMatch(each -> consumer.position(each) >= ends.get(each));
                if (atEnd && values.size() >= atLeast) return values;
            }
        }
        throw new AssertionError("only " + values + " after 20 s");
    }

    private static void commitAndAbort() throws Exception {
        create("txn-basic", 2);
        try (var producer = producer("basic", Map.of())) {
            producer.initTransactions();
            for (int round = 0; round < 10; round++) {
                producer.beginTransaction();
                for (int i = 0; i < 20; i++) producer.send(new ProducerRecord<>("txn-basic", i % 2, null, round + "-" + i));
                producer.flush();
                if (round % 2 == 0) producer.commitTransaction();
                else producer.abortTransaction();
            }
        }
        var committed = read("txn-basic", 2, "read_committed", 100);
        Checks.equal("committed", committed.size(), 100);
        Checks.isTrue("only even rounds", committed.stream().allMatch(value -> (value.charAt(0) - '0') % 2 == 0));
        Checks.equal("all", read("txn-basic", 2, "read_uncommitted", 200).size(), 200);
    }

    private static void copy() throws Exception {
        create("txn-input", 3);
        create("txn-output", 3);
        int total = 600;
        fill("txn-input", total);
        copyAll("txn-input", "txn-output", total, 60, copied -> { });
        var offsets = admin.listConsumerGroupOffsets("txn-input-copiers").partitionsToOffsetAndMetadata().get();
        Checks.equal("groups offsets", offsets.size(), 3);
    }

    /** In one transaction. */
    static void fill(String topic, int total) {
        try (var producer = producer(topic + "-filler", Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < total; i++) producer.send(new ProducerRecord<>(topic, i % 3, null, String.valueOf(i)));
            producer.commitTransaction();
        }
    }

    /**
     * As Kafka's TransactionalMessageCopier: reads, writes, and commits its offsets in one transaction, a third of which it aborts, and those that
     * fail. Every record is there once afterwards.
     */
    static void copyAll(String source, String target, int total, int seconds, java.util.function.IntConsumer progress) throws Exception {
        int copied = 0;
        var random = new Random(7);
        try (var consumer = consumer(source + "-copiers", "read_committed"); var producer = producer(source + "-copier", Map.of())) {
            producer.initTransactions();
            consumer.subscribe(List.of(source));
            long deadline = System.nanoTime() + seconds * 1_000_000_000L;
            while (copied < total) {
                if (System.nanoTime() > deadline) throw new AssertionError("only " + copied + " copied");
                var records = consumer.poll(tick);
                if (records.isEmpty()) continue;
                producer.beginTransaction();
                boolean commits = random.nextInt(3) != 0;
                try {
                    for (var record : records) producer.send(new ProducerRecord<>(target, record.partition(), null, record.value()));
                    producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
                    if (commits) commit(producer);
                } catch (CommitFailedException | TransactionAbortableException error) {
                    commits = false;
                }
                if (commits) {
                    copied += records.count();
                    progress.accept(copied);
                    continue;
                }
                producer.abortTransaction();
                var committed = consumer.committed(consumer.assignment());
                for (var partition : consumer.assignment()) {
                    var offset = committed.get(partition);
                    consumer.seek(partition, offset == null ? 0 : offset.offset());
                }
            }
        }
        var output = read(target, 3, "read_committed", total);
        Checks.equal("copied once each", new HashSet<>(output).size(), total);
        Checks.equal("nothing twice", output.size(), total);
    }

    /** A commit whose answer is late is asked for again: it is that or nothing. */
    private static void commit(KafkaProducer<String, String> producer) {
        for (int attempt = 0; ; attempt++) {
            try {
                producer.commitTransaction();
                return;
            } catch (org.apache.kafka.common.errors.TimeoutException error) {
                if (attempt == 3) throw error;
            }
        }
    }

    private static void fencing() throws Exception {
        create("txn-fence", 1);
        try (var first = producer("fence", Map.of()); var second = producer("fence", Map.of())) {
            first.initTransactions();
            first.beginTransaction();
            first.send(new ProducerRecord<>("txn-fence", "zombie")).get();
            second.initTransactions();
            second.beginTransaction();
            second.send(new ProducerRecord<>("txn-fence", "mine")).get();
            Checks.fails(ApiException.class, () -> first.send(new ProducerRecord<>("txn-fence", "late")).get());
            Checks.fails(RuntimeException.class, first::commitTransaction);
            first.close(Duration.ZERO);
            second.commitTransaction();
        }
        Checks.equal("committed", read("txn-fence", 1, "read_committed", 1), List.of("mine"));
    }

    private static void timeOut() throws Exception {
        create("txn-timeout", 1);
        try (var producer = producer("timeout", Map.of("transaction.timeout.ms", 1000))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("txn-timeout", "late")).get();
            Checks.until("the abort of a transaction that is over time", () ->
                admin.describeTransactions(List.of("timeout")).description("timeout").get().state() == TransactionState.COMPLETE_ABORT);
            Checks.fails(RuntimeException.class, producer::commitTransaction);
            producer.close(Duration.ZERO);
        }
        Checks.equal("committed", read("txn-timeout", 1, "read_committed", 0), List.of());
    }

    private static void administration() throws Exception {
        create("txn-admin", 1);
        var partition = new TopicPartition("txn-admin", 0);
        try (var producer = producer("admin", Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("txn-admin", "hanging")).get();
            var described = admin.describeTransactions(List.of("admin")).description("admin").get();
            Checks.equal("state", described.state(), TransactionState.ONGOING);
            Checks.equal("partitions", described.topicPartitions(), Set.of(partition));
            var listed = admin.listTransactions(new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING))).all().get();
            Checks.isTrue("listed", listed.stream().anyMatch(each -> each.transactionalId().equals("admin")));
            var byPattern = admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern("adm.n")).all().get();
            Checks.equal("listed by pattern", byPattern.size(), 1);
            var states = admin.describeProducers(List.of(partition)).partitionResult(partition).get().activeProducers();
            Checks.equal("producers", states.size(), 1);
            var state = states.get(0);
            Checks.isTrue("open", state.currentTransactionStartOffset().isPresent());
            admin.abortTransaction(new AbortTransactionSpec(partition, state.producerId(), (short) (state.producerEpoch() + 1), state.coordinatorEpoch().orElse(0))).all().get();
            Checks.equal("committed", read("txn-admin", 1, "read_committed", 0), List.of());
            admin.fenceProducers(List.of("admin")).all().get();
            Checks.fails(RuntimeException.class, producer::commitTransaction);
            producer.close(Duration.ZERO);
        }
    }

    /** Lines to words to counts, exactly once: the counts are those of the words however often a transaction is aborted. */
    private static void streams() throws Exception {
        create("words-in", 2);
        create("words-out", 2);
        Map<String, Long> expected = new HashMap<>();
        try (var producer = producer("words", Map.of())) {
            producer.initTransactions();
            for (int round = 0; round < 6; round++) {
                producer.beginTransaction();
                for (int i = 0; i < 50; i++) {
                    String line = "word" + i % 5 + " and round" + round;
                    producer.send(new ProducerRecord<>("words-in", i % 2, null, line));
                    if (round % 3 != 2) for (String word : line.split(" ")) expected.merge(word, 1L, Long::sum);
                }
                if (round % 3 == 2) producer.abortTransaction();
                else producer.commitTransaction();
            }
        }
        var builder = new StreamsBuilder();
        builder.<String, String>stream("words-in")
            .flatMapValues(line -> List.of(line.split(" ")))
            .groupBy((key, word) -> word)
            .count()
            .toStream()
            .to("words-out", Produced.with(Serdes.String(), Serdes.Long()));
        Properties settings = new Properties();
        settings.put("bootstrap.servers", Checks.BOOTSTRAP);
        settings.put("application.id", "words");
        settings.put("processing.guarantee", "exactly_once_v2");
        settings.put("default.key.serde", Serdes.StringSerde.class);
        settings.put("default.value.serde", Serdes.StringSerde.class);
        settings.put("replication.factor", 1);
        settings.put("commit.interval.ms", 100);
        settings.put("num.stream.threads", 2);
        settings.put("auto.offset.reset", "earliest");
        settings.put("state.dir", Files.createTempDirectory("millrace-streams").toString());
        Map<String, Long> counted = new HashMap<>();
        var topology = builder.build();
        try (var streams = new KafkaStreams(topology, settings)) {
            streams.start();
            Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", Checks.BOOTSTRAP, "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", "false"));
            try (var consumer = new KafkaConsumer<>(all, new StringDeserializer(), new LongDeserializer())) {
                consumer.assign(List.of(new TopicPartition("words-out", 0), new TopicPartition("words-out", 1)));
                long deadline = System.nanoTime() + 90_000_000_000L;
                while (!counted.equals(expected)) {
                    if (System.nanoTime() > deadline) throw new AssertionError("counted " + counted + ", want " + expected);
                    consumer.poll(tick).forEach(record -> {
                        Long before = counted.put(record.key(), record.value());
                        if (before != null && before > record.value()) throw new AssertionError(record.key() + " went back from " + before);
                    });
                }
            }
            streams.close(Duration.ofSeconds(20));
        }
    }

    public static void main(String[] args) {
        Checks.check("commit and abort: readers of committed data see all of one and nothing of the other", TransactionConformance::commitAndAbort);
        Checks.check("a copier with its offsets in the transaction copies every record once", TransactionConformance::copy);
        Checks.check("a producer with the same id fences the one before", TransactionConformance::fencing);
        Checks.check("a transaction that is over its time is aborted", TransactionConformance::timeOut);
        Checks.check("AdminClient describes, lists, aborts and fences", TransactionConformance::administration);
        Checks.check("Kafka Streams counts words exactly once", TransactionConformance::streams);
        Checks.done();
    }
}
