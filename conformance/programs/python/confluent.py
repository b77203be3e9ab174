"""Conformance of confluent-kafka for Python (librdkafka): producer, consumer group, AdminClient."""

import os
import sys
import time
import traceback

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka import ConsumerGroupTopicPartitions
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic
from confluent_kafka.admin import OffsetSpec, ResourceType

BOOTSTRAP = os.environ["BOOTSTRAP"]
PARTITIONS = 3
admin = AdminClient({"bootstrap.servers": BOOTSTRAP})
count = failed = 0


def check(name, body, *args):
    global count, failed
    count += 1
    started = time.monotonic()
    try:
        body(*args)
        print(f"PASS\t{(time.monotonic() - started) * 1000:.0f}\t{name}", flush=True)
    except Exception:  # a failed check must not end the others
        failed += 1
        why = traceback.format_exc().strip().replace("\t", " ").replace("\n", "\\n")
        print(f"FAIL\t{(time.monotonic() - started) * 1000:.0f}\t{name}\t{why}", flush=True)


def equal(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: got {got!r}, want {want!r}")


def create_topic(name, partitions):
    admin.create_topics([NewTopic(name, partitions, 1)], request_timeout=20)[name].result(30)
    return name


def produce(topic, messages, **settings):
    """Sends dicts of produce() arguments; gives back the delivered messages."""
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "linger.ms": 2, **{k.replace("_", "."): v for k, v in settings.items()}})
    delivered, errors = [], []
    for message in messages:
        producer.produce(topic, on_delivery=lambda e, m: errors.append(e) if e else delivered.append(m), **message)
        producer.poll(0)
    equal("undelivered messages", producer.flush(30), 0)
    equal("errors", errors, [])
    return delivered


def consumer(group, **settings):
    return Consumer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": 6000,
            **{k.replace("_", "."): v for k, v in settings.items()},
        }
    )


def read(source, total, seconds=20):
    messages, deadline = [], time.monotonic() + seconds
    while len(messages) < total:
        message = source.poll(0.5)
        if message is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(messages)} of {total} messages after {seconds} s")
            continue
        if message.error():
            raise KafkaException(message.error())
        messages.append(message)
    return messages


def codec(name):
    topic = create_topic(f"python-{name}", PARTITIONS)
    before = time.time() * 1000 - 1000
    sent = [
        {
            "key": f"key-{i % 10}",
            "value": f"value-{i} " + "compressible " * 10,
            "headers": [("index", str(i).encode()), ("none", None)],
        }
        for i in range(500)
    ]
    delivered = produce(topic, sent, compression_type=name)
    placed = {(m.partition(), m.offset()): m.value() for m in delivered}
    equal("places", len(placed), len(sent))
    source = consumer("python-direct")
    source.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in range(PARTITIONS)])
    last = {}
    for message in read(source, len(sent)):
        equal("value", message.value(), placed.pop((message.partition(), message.offset())))
        index = int(message.headers()[0][1])
        equal("headers", message.headers(), [("index", str(index).encode()), ("none", None)])
        equal("key", message.key(), f"key-{index % 10}".encode())
        equal("order of a key", last.get(message.key(), index - 10), index - 10)
        last[message.key()] = index
        kind, stamp = message.timestamp()
        if kind != 1 or not before <= stamp <= time.time() * 1000 + 1000:
            raise AssertionError(f"timestamp {kind} {stamp}")
    source.close()


def idempotent():
    topic = create_topic("python-idempotent", 1)
    produce(topic, [{"value": str(i)} for i in range(3000)], enable_idempotence=True, batch_num_messages=10)
    source = consumer("python-direct")
    source.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    got = [(m.offset(), m.value()) for m in read(source, 3000)]
    equal("messages", got, [(i, str(i).encode()) for i in range(3000)])
    low, high = source.get_watermark_offsets(TopicPartition(topic, 0), timeout=10)
    equal("watermarks", (low, high), (0, 3000))
    source.close()


def nulls_and_times():
    topic = create_topic("python-nulls", 1)
    produce(topic, [{"key": "gone", "value": None, "timestamp": 1700000000123}, {"value": "", "timestamp": 1700000000456}])
    source = consumer("python-direct")
    source.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    got = [(m.key(), m.value(), m.timestamp()[1]) for m in read(source, 2)]
    equal("messages", got, [(b"gone", None, 1700000000123), (None, b"", 1700000000456)])
    found = source.offsets_for_times([TopicPartition(topic, 0, 1700000000200)], timeout=10)
    equal("offset by time", found[0].offset, 1)
    source.close()


def group():
    topic = create_topic("python-group", 4)
    assigned = {}
    members = []
    for i in range(2):
        member = consumer("python-members", partition_assignment_strategy="roundrobin", heartbeat_interval_ms=500)
        member.subscribe([topic], on_assign=lambda _, partitions, i=i: assigned.update({i: len(partitions)}))
        members.append(member)
    deadline = time.monotonic() + 30
    while assigned != {0: 2, 1: 2}:
        for member in members:
            message = member.poll(0.1)
            if message is not None and message.error():
                raise KafkaException(message.error())
        if time.monotonic() > deadline:
            raise AssertionError(f"assigned {assigned}")
    produce(topic, [{"value": str(i), "partition": i % 4} for i in range(200)])
    got = [m for member in members for m in read(member, 100)]
    equal("messages", sorted(int(m.value()) for m in got), list(range(200)))
    described = admin.describe_consumer_groups(["python-members"])["python-members"].result(20)
    equal("state", described.state.name, "STABLE")
    equal("assignor", described.partition_assignor, "roundrobin")
    equal("members", len(described.members), 2)
    for member in members:
        committed = member.commit(asynchronous=False)
        equal("committed", [p.offset for p in committed], [50, 50])
        member.close()
    third = consumer("python-members")
    third.subscribe([topic])
    produce(topic, [{"value": "after", "partition": 3}])
    equal("the third member's message", read(third, 1)[0].value(), b"after")
    third.close()


def group_admin():
    name, topic = "python-members", "python-group"
    listed = admin.list_consumer_groups().result(20)
    if name not in [g.group_id for g in listed.valid]:
        raise AssertionError(f"groups: {[g.group_id for g in listed.valid]}")
    request = [ConsumerGroupTopicPartitions(name)]
    offsets = admin.list_consumer_group_offsets(request)[name].result(20)
    equal("offsets", {p.partition: p.offset for p in offsets.topic_partitions}, {0: 50, 1: 50, 2: 50, 3: 50})
    altered = [ConsumerGroupTopicPartitions(name, [TopicPartition(topic, 0, 7, metadata="by hand")])]
    admin.alter_consumer_group_offsets(altered)[name].result(20)
    request = [ConsumerGroupTopicPartitions(name, [TopicPartition(topic, 0)])]
    offsets = admin.list_consumer_group_offsets(request)[name].result(20)
    equal("altered offset", [(p.offset, p.metadata) for p in offsets.topic_partitions], [(7, "by hand")])
    admin.delete_consumer_groups([name])[name].result(20)


def topics_admin():
    topic = "python-admin"
    admin.create_topics([NewTopic(topic, 2, 1, config={"cleanup.policy": "compact"})])[topic].result(20)
    try:
        admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(20)
        raise AssertionError("created it again")
    except KafkaException as error:
        equal("code", error.args[0].code(), KafkaError.TOPIC_ALREADY_EXISTS)
    admin.create_partitions([NewPartitions(topic, 3)])[topic].result(20)
    entry = ConfigEntry("retention.ms", "7654321", incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    admin.incremental_alter_configs([resource])[resource].result(20)
    resource = ConfigResource(ResourceType.TOPIC, topic)
    configs = admin.describe_configs([resource])[resource].result(20)
    equal("retention.ms", configs["retention.ms"].value, "7654321")
    equal("cleanup.policy", configs["cleanup.policy"].value, "compact")
    equal("a default", configs["max.message.bytes"].is_default, True)
    equal("partitions", len(admin.list_topics(topic, timeout=10).topics[topic].partitions), 3)
    end = admin.list_offsets({TopicPartition("python-idempotent", 0): OffsetSpec.latest()})
    equal("end offset", [f.result(20).offset for f in end.values()], [3000])
    gone = admin.delete_records([TopicPartition("python-idempotent", 0, 1000)])
    equal("low watermark", [f.result(20).low_watermark for f in gone.values()], [1000])
    cluster = admin.describe_cluster().result(20)
    equal("nodes", len(cluster.nodes), 1)
    admin.delete_topics([topic])[topic].result(20)
    if topic in admin.list_topics(timeout=10).topics:
        raise AssertionError("the deleted topic is listed")



def read_committed(topic, total, seconds=20):
    reader = consumer(f"{topic}-readers", isolation_level="read_committed", enable_partition_eof=True)
    try:
        reader.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in range(PARTITIONS)])
        values, ended, deadline = [], set(), time.monotonic() + seconds
        while len(ended) < PARTITIONS or len(values) < total:
            if time.monotonic() > deadline:
                raise AssertionError(f"only {values} after {seconds} s")
            message = reader.poll(0.2)
            if message is None:
                continue
            if message.error() and message.error().code() == KafkaError._PARTITION_EOF:
                ended.add(message.partition())
            elif message.error():
                raise KafkaException(message.error())
            else:
                values.append(message.value().decode())
        return sorted(values)
    finally:
        reader.close()


def transactional(name, **settings):
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": name, **settings})
    producer.init_transactions(20)
    return producer


def transactions():
    topic = create_topic("py-transactions", PARTITIONS)
    producer = transactional("py-basic")
    for attempt in range(6):
        producer.begin_transaction()
        for i in range(30):
            producer.produce(topic, f"{attempt}-{i}", partition=i % PARTITIONS)
        producer.flush(20)
        if attempt % 2 == 0:
            producer.commit_transaction(20)
        else:
            producer.abort_transaction(20)
    equal("committed", read_committed(topic, 90), sorted(f"{attempt}-{i}" for attempt in (0, 2, 4) for i in range(30)))


def transactional_copy():
    source = create_topic("py-source", PARTITIONS)
    target = create_topic("py-target", PARTITIONS)
    produce(source, [{"value": str(i), "partition": i % PARTITIONS} for i in range(200)])
    reader = consumer("py-copier", isolation_level="read_committed")
    producer = transactional("py-copier")
    reader.subscribe([source])
    copied, deadline, attempt = 0, time.monotonic() + 40, 0
    while copied < 200:
        if time.monotonic() > deadline:
            raise AssertionError(f"only {copied} copied")
        messages = reader.consume(50, 0.5)
        if not messages:
            continue
        producer.begin_transaction()
        for message in messages:
            if message.error():
                raise KafkaException(message.error())
            producer.produce(target, message.value(), partition=message.partition())
        producer.send_offsets_to_transaction(reader.position(reader.assignment()), reader.consumer_group_metadata(), 20)
        attempt += 1
        if attempt % 3 == 0:
            producer.abort_transaction(20)
            for partition in reader.committed(reader.assignment(), 20):
                reader.seek(TopicPartition(partition.topic, partition.partition, max(partition.offset, 0)))
        else:
            producer.commit_transaction(20)
            copied += len(messages)
    reader.close()
    equal("copied", read_committed(target, 200), sorted(str(i) for i in range(200)))


def transactional_fencing():
    topic = create_topic("py-fencing", PARTITIONS)
    first = transactional("py-fenced")
    first.begin_transaction()
    first.produce(topic, "zombie", partition=0)
    first.flush(20)
    second = transactional("py-fenced")
    second.begin_transaction()
    second.produce(topic, "mine", partition=0)
    second.commit_transaction(20)
    try:
        first.produce(topic, "late", partition=0)
        first.commit_transaction(20)
        raise AssertionError("the first producer was not fenced")
    except KafkaException as error:
        equal("fatal", error.args[0].fatal() or error.args[0].txn_requires_abort(), True)
    equal("committed", read_committed(topic, 1), ["mine"])


for codec_name in ["none", "gzip", "snappy", "lz4", "zstd"]:
    check(f"{codec_name}: keys, order, headers, times and places of delivery", codec, codec_name)
check("an idempotent producer with small batches", idempotent)
check("null and empty values, given timestamps, offsets by time", nulls_and_times)
check("a group of two with round robin, commits, a third goes on", group)
check("AdminClient: groups and their offsets", group_admin)
check("AdminClient: topics, configs, offsets, records, cluster", topics_admin)
check("transactions: readers of committed data see what was committed, and nothing else", transactions)
check("a copier with its offsets in the transaction copies every record once", transactional_copy)
check("a producer with the same transactional id fences the one before", transactional_fencing)
print(f"DONE\t{count}", flush=True)
sys.exit(1 if failed else 0)
