// Conformance of Java's AdminClient: results and errors of every call that one node can answer.

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.*;
import org.apache.kafka.common.serialization.StringSerializer;

public final class AdminConformance {
    private static final Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", Checks.BOOTSTRAP));

    private static CreateTopicsResult create(NewTopic topic) throws Exception {
        CreateTopicsResult result = admin.createTopics(List.of(topic));
        result.all().get();
        Checks.until("leaders of " + topic.name(), () -> {
            try {
                return describe(topic.name()).partitions().stream().allMatch(each -> each.leader() != null);
            } catch (java.util.concurrent.ExecutionException error) {
                return false;
            }
        });
        return result;
    }

    private static TopicDescription describe(String name) throws Exception {
        return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(Type.TOPIC, name);
    }

    private static Config configs(ConfigResource resource) throws Exception {
        return admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true))
            .all().get().get(resource);
    }

    private static void alter(ConfigResource resource, OpType type, String name, String value) throws Exception {
        Collection<AlterConfigOp> ops = List.of(new AlterConfigOp(new ConfigEntry(name, value), type));
        admin.incrementalAlterConfigs(Map.of(resource, ops)).all().get();
    }

    private static void awaitConfig(ConfigResource resource, String name, String value) throws Exception {
        String[] last = new String[1];
        Checks.until(name + "=" + value, () -> {
            last[0] = configs(resource).get(name).value();
            return value.equals(last[0]);
        });
    }

    private static void cluster() throws Exception {
        DescribeClusterResult cluster = admin.describeCluster();
        Collection<Node> nodes = cluster.nodes().get();
        Checks.equal("nodes", nodes.size(), 1);
        Node node = nodes.iterator().next();
        Checks.equal("address", node.host() + ":" + node.port(), Checks.BOOTSTRAP);
        Checks.equal("controller", cluster.controller().get().id(), node.id());
        Checks.equal("cluster id is a uuid", Uuid.fromString(cluster.clusterId().get()).toString(), cluster.clusterId().get());
        Checks.isTrue("operations are not told unasked", cluster.authorizedOperations().get() == null);
    }

    private static void createTopics() throws Exception {
        NewTopic wanted = new NewTopic("admin-made", 3, (short) 1).configs(Map.of("retention.ms", "3600000"));
        CreateTopicsResult result = create(wanted);
        Checks.equal("partitions", result.numPartitions("admin-made").get(), 3);
        Checks.equal("replication", result.replicationFactor("admin-made").get(), 1);
        Config config = result.config("admin-made").get();
        Checks.equal("retention.ms", config.get("retention.ms").value(), "3600000");
        Checks.equal("source", config.get("retention.ms").source(), ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        Checks.equal("default", config.get("cleanup.policy").value(), "delete");
        TopicDescription described = describe("admin-made");
        Checks.equal("id", described.topicId(), result.topicId("admin-made").get());
        Uuid id = described.topicId();
        TopicDescription byId = admin.describeTopics(TopicCollection.ofTopicIds(List.of(id))).allTopicIds().get().get(id);
        Checks.equal("by id", byId.name(), "admin-made");
        Checks.equal("replicas", described.partitions().get(2).replicas().size(), 1);
        Checks.equal("internal", described.isInternal(), false);
        CreateTopicsResult defaults = create(new NewTopic("admin-defaults", Optional.empty(), Optional.empty()));
        Checks.equal("default partitions", defaults.numPartitions("admin-defaults").get(), 1);
        int node = described.partitions().get(0).leader().id();
        create(new NewTopic("admin-assigned", Map.of(0, List.of(node), 1, List.of(node))));
        Checks.equal("assigned", describe("admin-assigned").partitions().size(), 2);
    }

    private static void validateOnly() throws Exception {
        admin.createTopics(List.of(new NewTopic("admin-dry", 2, (short) 1)), new CreateTopicsOptions().validateOnly(true)).all().get();
        Checks.isTrue("nothing was made", !admin.listTopics().names().get().contains("admin-dry"));
        Checks.fails(UnknownTopicOrPartitionException.class, () -> describe("admin-dry"));
        Checks.fails(UnknownTopicIdException.class, () ->
            admin.describeTopics(TopicCollection.ofTopicIds(List.of(Uuid.randomUuid()))).allTopicIds().get());
    }

    private static <T extends Throwable> T refused(Class<T> kind, NewTopic topic) throws Exception {
        return Checks.fails(kind, () -> admin.createTopics(List.of(topic)).all().get());
    }

    private static void refusals() throws Exception {
        refused(TopicExistsException.class, new NewTopic("admin-made", 1, (short) 1));
        refused(InvalidPartitionsException.class, new NewTopic("admin-none", 0, (short) 1));
        refused(InvalidReplicationFactorException.class, new NewTopic("admin-many", 1, (short) 2));
        refused(InvalidTopicException.class, new NewTopic("no spaces", 1, (short) 1));
        refused(InvalidTopicException.class, new NewTopic("..", 1, (short) 1));
        refused(InvalidTopicException.class, new NewTopic("x".repeat(250), 1, (short) 1));
        refused(InvalidConfigurationException.class, new NewTopic("admin-bad", 1, (short) 1).configs(Map.of("retention.ms", "soon")));
        refused(InvalidConfigurationException.class, new NewTopic("admin-bad", 1, (short) 1).configs(Map.of("no.such", "1")));
        refused(InvalidReplicaAssignmentException.class, new NewTopic("admin-bad", Map.of(0, List.of(77))));
        // Names that differ in '.' and '_' alone would have the same metric.
        create(new NewTopic("admin.same", 1, (short) 1));
        refused(InvalidTopicException.class, new NewTopic("admin_same", 1, (short) 1));
    }

    private static void partitions() throws Exception {
        admin.createPartitions(Map.of("admin-made", NewPartitions.increaseTo(5))).all().get();
        Checks.until("five partitions", () -> describe("admin-made").partitions().size() == 5);
        Checks.fails(InvalidPartitionsException.class, () ->
            admin.createPartitions(Map.of("admin-made", NewPartitions.increaseTo(4))).all().get());
        Checks.fails(InvalidPartitionsException.class, () ->
            admin.createPartitions(Map.of("admin-made", NewPartitions.increaseTo(5))).all().get());
        Checks.fails(UnknownTopicOrPartitionException.class, () ->
            admin.createPartitions(Map.of("admin-unknown", NewPartitions.increaseTo(4))).all().get());
        admin.createPartitions(Map.of("admin-made", NewPartitions.increaseTo(9)), new CreatePartitionsOptions().validateOnly(true)).all().get();
        Checks.equal("still", describe("admin-made").partitions().size(), 5);
    }

    private static void topicConfigs() throws Exception {
        ConfigResource resource = topic("admin-made");
        alter(resource, OpType.SET, "segment.bytes", "1048576");
        awaitConfig(resource, "segment.bytes", "1048576");
        ConfigEntry entry = configs(resource).get("segment.bytes");
        Checks.equal("source", entry.source(), ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        Checks.equal("type", entry.type(), ConfigEntry.ConfigType.INT);
        Checks.equal("first synonym", entry.synonyms().get(0).name(), "segment.bytes");
        Checks.equal("last synonym", entry.synonyms().get(1).name(), "log.segment.bytes");
        Checks.equal("its source", entry.synonyms().get(1).source(), ConfigEntry.ConfigSource.DEFAULT_CONFIG);
        Checks.isTrue("documentation", entry.documentation() != null && !entry.documentation().isEmpty());
        alter(resource, OpType.APPEND, "cleanup.policy", "compact");
        awaitConfig(resource, "cleanup.policy", "delete,compact");
        alter(resource, OpType.SUBTRACT, "cleanup.policy", "compact");
        awaitConfig(resource, "cleanup.policy", "delete");
        alter(resource, OpType.DELETE, "segment.bytes", "");
        awaitConfig(resource, "segment.bytes", "1073741824");
        Checks.equal("source", configs(resource).get("segment.bytes").source(), ConfigEntry.ConfigSource.DEFAULT_CONFIG);
        Checks.fails(InvalidConfigurationException.class, () -> alter(resource, OpType.SET, "retention.ms", "x"));
        Checks.fails(InvalidConfigurationException.class, () -> alter(resource, OpType.SET, "no.such", "1"));
        Checks.fails(InvalidConfigurationException.class, () -> alter(resource, OpType.APPEND, "retention.ms", "1"));
        Checks.fails(UnknownTopicOrPartitionException.class, () -> alter(topic("admin-unknown"), OpType.SET, "retention.ms", "1"));
        Checks.fails(UnknownTopicOrPartitionException.class, () -> configs(topic("admin-unknown")));
        // Every topic config of Kafka's is described.
        Set<String> names = configs(resource).entries().stream().map(ConfigEntry::name).collect(Collectors.toSet());
        for (String name : List.of(TopicConfig.SEGMENT_MS_CONFIG, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TopicConfig.COMPRESSION_TYPE_CONFIG, TopicConfig.DELETE_RETENTION_MS_CONFIG,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG,
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG))
            Checks.isTrue(name + " is missing", names.contains(name));
    }

    private static void brokerConfigs() throws Exception {
        String id = String.valueOf(admin.describeCluster().nodes().get().iterator().next().id());
        ConfigResource broker = new ConfigResource(Type.BROKER, id);
        Config config = configs(broker);
        Checks.equal("log.segment.bytes", config.get("log.segment.bytes").value(), "1073741824");
        Checks.isTrue("listeners are read-only", config.get("node.id").isReadOnly());
        ConfigResource all = new ConfigResource(Type.BROKER, "");
        alter(all, OpType.SET, "log.retention.ms", "7200000");
        awaitConfig(broker, "log.retention.ms", "7200000");
        Checks.equal("source", configs(broker).get("log.retention.ms").source(), ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        Checks.until("topics follow it", () -> configs(topic("admin-defaults")).get("retention.ms").value().equals("7200000"));
        Checks.equal("topic's source", configs(topic("admin-defaults")).get("retention.ms").source(),
            ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        alter(all, OpType.DELETE, "log.retention.ms", "");
        Checks.until("back", () -> configs(topic("admin-defaults")).get("retention.ms").value().equals("604800000"));
        Checks.fails(InvalidRequestException.class, () -> alter(broker, OpType.SET, "node.id", "7"));
    }

    private static void resources() throws Exception {
        Set<String> topics = admin.listConfigResources(Set.of(Type.TOPIC), new ListConfigResourcesOptions()).all().get().stream()
            .map(ConfigResource::name).collect(Collectors.toSet());
        Checks.isTrue("topics " + topics, topics.contains("admin-made"));
        Set<Type> types = admin.listConfigResources().all().get().stream().map(ConfigResource::type).collect(Collectors.toSet());
        Checks.isTrue("brokers are listed too: " + types, types.contains(Type.BROKER));
    }

    private static final TopicPartition filled = new TopicPartition("admin-filled", 0);

    private static void fill() throws Exception {
        create(new NewTopic(filled.topic(), 1, (short) 1));
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", Checks.BOOTSTRAP), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 100; i++)
                producer.send(new ProducerRecord<>(filled.topic(), 0, 1_000_000L * (i == 50 ? 1000 : i), "k" + i, "v" + i)).get();
        }
    }

    private static ListOffsetsResult.ListOffsetsResultInfo offset(TopicPartition partition, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get();
    }

    private static void listOffsets() throws Exception {
        fill();
        Checks.equal("earliest", offset(filled, OffsetSpec.earliest()).offset(), 0L);
        Checks.equal("latest", offset(filled, OffsetSpec.latest()).offset(), 100L);
        Checks.equal("max timestamp", offset(filled, OffsetSpec.maxTimestamp()).offset(), 50L);
        Checks.equal("its timestamp", offset(filled, OffsetSpec.maxTimestamp()).timestamp(), 1_000_000_000L);
        Checks.equal("by time", offset(filled, OffsetSpec.forTimestamp(9_500_000L)).offset(), 10L);
        Checks.equal("its timestamp", offset(filled, OffsetSpec.forTimestamp(9_500_000L)).timestamp(), 10_000_000L);
        Checks.equal("after all", offset(filled, OffsetSpec.forTimestamp(2_000_000_000L)).offset(), -1L);
        Checks.equal("earliest local", offset(filled, OffsetSpec.earliestLocal()).offset(), 0L);
        Checks.equal("leader epoch", offset(filled, OffsetSpec.latest()).leaderEpoch(), Optional.of(0));
    }

    private static void deleteRecords() throws Exception {
        var deleted = admin.deleteRecords(Map.of(filled, RecordsToDelete.beforeOffset(30)));
        Checks.equal("low watermark", deleted.lowWatermarks().get(filled).get().lowWatermark(), 30L);
        Checks.equal("earliest", offset(filled, OffsetSpec.earliest()).offset(), 30L);
        Checks.fails(OffsetOutOfRangeException.class, () ->
            admin.deleteRecords(Map.of(filled, RecordsToDelete.beforeOffset(101))).all().get());
        var all = admin.deleteRecords(Map.of(filled, RecordsToDelete.beforeOffset(-1)));
        Checks.equal("all of it", all.lowWatermarks().get(filled).get().lowWatermark(), 100L);
    }

    private static void logDirs() throws Exception {
        int node = admin.describeCluster().nodes().get().iterator().next().id();
        Map<String, LogDirDescription> dirs = admin.describeLogDirs(List.of(node)).allDescriptions().get().get(node);
        Checks.equal("directories", dirs.size(), 1);
        LogDirDescription dir = dirs.values().iterator().next();
        Checks.isTrue("error " + dir.error(), dir.error() == null);
        Checks.isTrue("partition is there", dir.replicaInfos().containsKey(filled));
        Checks.isTrue("volume size", dir.totalBytes().isPresent() && dir.totalBytes().getAsLong() > 0);
    }

    private static void producers() throws Exception {
        var described = admin.describeProducers(List.of(filled)).partitionResult(filled).get();
        Checks.equal("active producers", described.activeProducers().size(), 1);
        ProducerState state = described.activeProducers().get(0);
        Checks.equal("last sequence", state.lastSequence(), 99);
        Checks.equal("epoch", state.producerEpoch(), 0);
        Checks.isTrue("no transaction", state.currentTransactionStartOffset().isEmpty());
    }

    private static void leadership() throws Exception {
        var elected = admin.electLeaders(ElectionType.PREFERRED, Set.of(filled)).partitions().get();
        Checks.isTrue("election " + elected, elected.get(filled).get() instanceof ElectionNotNeededException);
        Checks.equal("reassignments", admin.listPartitionReassignments().reassignments().get(), Map.of());
        QuorumInfo quorum = admin.describeMetadataQuorum().quorumInfo().get();
        Checks.equal("voters", quorum.voters().size(), 1);
        Checks.equal("leader", quorum.leaderId(), quorum.voters().get(0).replicaId());
        FeatureMetadata features = admin.describeFeatures().featureMetadata().get();
        Checks.isTrue("metadata.version", features.finalizedFeatures().containsKey("metadata.version"));
    }

    private static void groups() throws Exception {
        String group = "admin-group";
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < 3; i++)
            offsets.put(new TopicPartition("admin-made", i), new OffsetAndMetadata(10 + i, Optional.of(0), "note " + i));
        admin.alterConsumerGroupOffsets(group, offsets).all().get();
        Checks.equal("offsets", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(), offsets);
        GroupListing listed = admin.listGroups().all().get().stream().filter(each -> each.groupId().equals(group)).findFirst().get();
        Checks.equal("state", listed.groupState(), Optional.of(GroupState.EMPTY));
        Checks.equal("type", listed.type(), Optional.of(GroupType.CLASSIC));
        ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        Checks.equal("described", described.groupState(), GroupState.EMPTY);
        TopicPartition first = new TopicPartition("admin-made", 0);
        admin.deleteConsumerGroupOffsets(group, Set.of(first)).all().get();
        offsets.remove(first);
        Checks.equal("after deletion", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(), offsets);
        Checks.fails(GroupIdNotFoundException.class, () -> admin.describeConsumerGroups(List.of("admin-no-group")).all().get());
        admin.deleteConsumerGroups(List.of(group)).all().get();
        Checks.fails(GroupIdNotFoundException.class, () -> admin.deleteConsumerGroups(List.of(group)).all().get());
        Checks.equal("gone", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(), Map.of());
    }

    private static void deleteTopics() throws Exception {
        Uuid id = describe("admin-assigned").topicId();
        admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all().get();
        admin.deleteTopics(List.of("admin-made")).all().get();
        Checks.until("names are gone", () -> {
            Set<String> names = admin.listTopics().names().get();
            return !names.contains("admin-assigned") && !names.contains("admin-made");
        });
        Checks.fails(UnknownTopicOrPartitionException.class, () -> admin.deleteTopics(List.of("admin-made")).all().get());
        Checks.fails(UnknownTopicIdException.class, () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all().get());
        create(new NewTopic("admin-made", 1, (short) 1));
        Checks.equal("configs do not come back", configs(topic("admin-made")).get("retention.ms").value(), "604800000");
    }

    public static void main(String[] arguments) {
        Checks.check("the cluster, its node and id", AdminConformance::cluster);
        Checks.check("creating topics: results, configs, ids, defaults, assignments", AdminConformance::createTopics);
        Checks.check("validating only makes nothing; unknown topics and ids", AdminConformance::validateOnly);
        Checks.check("topics that are refused, each with its error", AdminConformance::refusals);
        Checks.check("adding partitions", AdminConformance::partitions);
        Checks.check("topic configs: set, append, subtract, delete; sources, synonyms, documentation", AdminConformance::topicConfigs);
        Checks.check("broker configs: dynamic defaults reach topics; read-only ones are refused", AdminConformance::brokerConfigs);
        Checks.check("resources that have configs", AdminConformance::resources);
        Checks.check("offsets: earliest, latest, by time, largest time", AdminConformance::listOffsets);
        Checks.check("active producers of a partition", AdminConformance::producers);
        Checks.check("deleting records", AdminConformance::deleteRecords);
        Checks.check("log directories", AdminConformance::logDirs);
        Checks.check("elections, reassignments, quorum, features", AdminConformance::leadership);
        Checks.check("groups: altering, listing and deleting offsets", AdminConformance::groups);
        Checks.check("deleting topics by name and id", AdminConformance::deleteTopics);
        Checks.done();
    }
}
