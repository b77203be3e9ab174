"""A producer of confluent-kafka (librdkafka) that writes COUNT records to TOPIC, twenty a second, under the name CLIENT_ID."""

import os
import time

from confluent_kafka import Producer

producer = Producer(
    {
        "bootstrap.servers": os.environ["BOOTSTRAP"],
        "client.id": os.environ["CLIENT_ID"],
        "enable.metrics.push": True,
    }
)
for index in range(int(os.environ["COUNT"])):
    producer.produce(os.environ["TOPIC"], value=str(index).encode())
    producer.poll(0)
    time.sleep(0.05)
left = producer.flush(30)
if left > 0:
    raise SystemExit(f"{left} records were not written")
# Closes it, with a last push.
del producer
