"""confluent-kafka (librdkafka) and kafka-python on secured listeners: every mechanism over TLS, certificates, and what is refused."""

import os
import sys
import time
import traceback

import kafka
from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient

ENV = os.environ
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


def confluent(listener, **settings):
    return {
        "bootstrap.servers": ENV[listener],
        "security.protocol": "SASL_SSL",
        "ssl.ca.location": ENV["CA"],
        **{name.replace("_", "."): value for name, value in settings.items()},
    }


def login(mechanism, user="bob", password="bob-secret", listener="LOGIN"):
    return confluent(listener, sasl_mechanism=mechanism, sasl_username=user, sasl_password=password)


def confluent_round_trip(topic, settings):
    producer = Producer(settings)
    errors = []
    for number in range(100):
        producer.produce(topic, str(number), on_delivery=lambda error, _: error and errors.append(error))
    equal("undelivered", producer.flush(30), 0)
    equal("errors", errors, [])
    consumer = Consumer({**settings, "group.id": topic, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    got = []
    deadline = time.monotonic() + 30
    while len(got) < 100 and time.monotonic() < deadline:
        got += [message.value() for message in consumer.consume(100, 0.5) if not message.error()]
    consumer.close()
    equal("records", len(got), 100)


def confluent_refused(settings, wanted):
    heard = []
    admin = AdminClient({**settings, "error_cb": lambda error: heard.append(error.str())})
    try:
        admin.list_topics(timeout=5)
        raise AssertionError("it was let in")
    except KafkaException:
        pass
    admin.poll(0.5)
    if not any(wanted in text for text in heard):
        raise AssertionError(f"{wanted!r} is not among {heard}")


def python_settings(listener, **settings):
    return {
        "bootstrap_servers": ENV[listener],
        "security_protocol": "SASL_SSL",
        "ssl_cafile": ENV["CA"],
        **settings,
    }


def python_login(mechanism, user="bob", password="bob-secret", listener="LOGIN"):
    return python_settings(
        listener, sasl_mechanism=mechanism, sasl_plain_username=user, sasl_plain_password=password
    )


def python_round_trip(topic, settings):
    producer = kafka.KafkaProducer(**settings)
    for number in range(100):
        producer.send(topic, str(number).encode()).get(30)
    producer.close()
    consumer = kafka.KafkaConsumer(
        topic, group_id=topic, auto_offset_reset="earliest", consumer_timeout_ms=20_000, **settings
    )
    got = 0
    for _ in consumer:
        got += 1
        if got == 100:
            break
    consumer.close()
    equal("records", got, 100)


def python_refused(settings):
    try:
        kafka.KafkaAdminClient(**settings).list_topics()
    except kafka.errors.KafkaConfigurationError:
        raise
    except kafka.errors.KafkaError:
        return
    raise AssertionError("it was let in")


SCRAM = ["SCRAM-SHA-256", "SCRAM-SHA-512"]
check("confluent-kafka: PLAIN", confluent_round_trip, "confluent-plain", login("PLAIN", "alice", "alice-secret"))
for name in SCRAM:
    check(f"confluent-kafka: {name}", confluent_round_trip, f"confluent-{name.lower()}", login(name))
token = {
    **confluent("LOGIN", sasl_mechanism="OAUTHBEARER", sasl_oauthbearer_config="principal=dora"),
    "enable.sasl.oauthbearer.unsecure.jwt": True,
}
check("confluent-kafka: OAUTHBEARER", confluent_round_trip, "confluent-oauthbearer", token)
certificate = {
    **confluent("MUTUAL", ssl_certificate_location=ENV["CLIENT_CERT"], ssl_key_location=ENV["CLIENT_KEY"]),
    "security.protocol": "SSL",
}
check("confluent-kafka: a certificate", confluent_round_trip, "confluent-certificate", certificate)
check(
    "confluent-kafka: a wrong password of PLAIN",
    confluent_refused,
    login("PLAIN", "alice", "wrong"),
    "Authentication failed: Invalid username or password",
)
check("confluent-kafka: a wrong password of SCRAM", confluent_refused, login(SCRAM[1], "bob", "wrong"), "invalid credentials")
check(
    "confluent-kafka: a certificate of the broker that has expired",
    confluent_refused,
    login(SCRAM[1], listener="LATE"),
    "certificate verify failed",
)
check("kafka-python: PLAIN", python_round_trip, "python-plain", python_login("PLAIN", "alice", "alice-secret"))
for name in SCRAM:
    check(f"kafka-python: {name}", python_round_trip, f"python-{name.lower()}", python_login(name))
check(
    "kafka-python: a certificate",
    python_round_trip,
    "python-certificate",
    python_settings("MUTUAL", ssl_certfile=ENV["CLIENT_CERT"], ssl_keyfile=ENV["CLIENT_KEY"], security_protocol="SSL"),
)
check("kafka-python: a wrong password", python_refused, python_login(SCRAM[0], "bob", "wrong"))
print(f"DONE\t{count}")
sys.exit(1 if failed else 0)
