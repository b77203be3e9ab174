"""Conformance of kafka-python: transactions, by the versions of the protocol that it speaks."""

import os
import sys
import time
import traceback

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

BOOTSTRAP = os.environ["BOOTSTRAP"]
count = failed = 0


def check(name, body):
    global count, failed
    count += 1
    started = time.monotonic()
    try:
        body()
        print(f"PASS\t{(time.monotonic() - started) * 1000:.0f}\t{name}", flush=True)
    except Exception:  # a failed check must not end the others
        failed += 1
        why = traceback.format_exc().strip().replace("\t", " ").replace("\n", "\\n")
        print(f"FAIL\t{(time.monotonic() - started) * 1000:.0f}\t{name}\t{why}", flush=True)


def equal(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: got {got!r}, want {want!r}")


def create_topic(name):
    admin = KafkaAdminClient(bootstrap_servers=BOOTSTRAP)
    admin.create_topics([NewTopic(name, num_partitions=1, replication_factor=1)])
    admin.close()
    return name


def read_committed(topic, total):
    reader = KafkaConsumer(bootstrap_servers=BOOTSTRAP, auto_offset_reset="earliest", isolation_level="read_committed")
    partition = TopicPartition(topic, 0)
    reader.assign([partition])
    values, deadline = [], time.monotonic() + 20
    while len(values) < total or reader.position(partition) < reader.end_offsets([partition])[partition]:
        if time.monotonic() > deadline:
            raise AssertionError(f"only {values} after 20 s")
        for records in reader.poll(timeout_ms=200).values():
            values += [record.value.decode() for record in records]
    reader.close()
    return values


def commit_and_abort():
    topic = create_topic("kafka-python-transactions")
    producer = KafkaProducer(bootstrap_servers=BOOTSTRAP, transactional_id="kafka-python", acks="all")
    producer.init_transactions()
    for attempt in range(4):
        producer.begin_transaction()
        for i in range(10):
            producer.send(topic, f"{attempt}-{i}".encode())
        producer.flush()
        if attempt % 2 == 0:
            producer.commit_transaction()
        else:
            producer.abort_transaction()
    producer.close()
    equal("committed", read_committed(topic, 20), [f"{attempt}-{i}" for attempt in (0, 2) for i in range(10)])


check("transactions: readers of committed data see what was committed, and nothing else", commit_and_abort)
print(f"DONE\t{count}")
sys.exit(1 if failed else 0)
