/* librdkafka under measurement, as its own performance program drives it: payloads that are not copied, batches of 10,000 consumed at a time. */
#include <rdkafka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { BATCH = 10000, NAME_MAX_BYTES = 300, AT_ONCE = 100 };

struct options {
  const char *mode, *variant, *brokers, *topic, *codec;
  int topics, committed;
  long records, warm_up, size;
};

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu_micros(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* What bench/clients/measure.ts calls an Outcome. */
static void report(long records, double since, double cpu) {
  struct rusage used;
  double seconds = seconds_now() - since, micros = (cpu_micros() - cpu) / (double)records;
  getrusage(RUSAGE_SELF, &used);
  printf("{\"records\":%ld,\"seconds\":%.6f,\"cpuMicrosPerRecord\":%.4f,\"residentPeakMegabytes\":%.1f}\n", records, seconds, micros,
         (double)used.ru_maxrss / 1024);
}

static void topic_name(const struct options *options, int index, char *name) {
  if (options->topics == 1)
    snprintf(name, NAME_MAX_BYTES, "%s", options->topic);
  else
    snprintf(name, NAME_MAX_BYTES, "%s-%d", options->topic, index);
}

static rd_kafka_conf_t *configuration(const char *const *settings) {
  char why[512];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  for (; *settings; settings += 2)
    if (rd_kafka_conf_set(conf, settings[0], settings[1], why, sizeof why) != RD_KAFKA_CONF_OK)
      fail(settings[0], why);
  return conf;
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
  char why[512];
  rd_kafka_t *made = rd_kafka_new(type, conf, why, sizeof why);
  if (!made)
    fail("rd_kafka_new", why);
  return made;
}

/* Without a callback for deliveries that succeed, as node-rdkafka is measured: its fastest. */
static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque) {
  (void)rk;
  (void)opaque;
  if (message->err)
    fail("produce", rd_kafka_err2str(message->err));
}

static void write_records(rd_kafka_t *rk, rd_kafka_topic_t **topics, const struct options *options, char *value, long count) {
  for (long sent = 0; sent < count;) {
    rd_kafka_topic_t *topic = topics[sent % options->topics];
    if (rd_kafka_produce(topic, 0, 0, value, (size_t)options->size, NULL, 0, NULL) == 0)
      sent++;
    else if (rd_kafka_last_error() == RD_KAFKA_RESP_ERR__QUEUE_FULL)
      rd_kafka_poll(rk, 10);
    else
      fail("rd_kafka_produce", rd_kafka_err2str(rd_kafka_last_error()));
  }
  if (rd_kafka_flush(rk, 120000) != RD_KAFKA_RESP_ERR_NO_ERROR)
    fail("rd_kafka_flush", "records are left after two minutes");
}

/* Records under way that somebody waits for. */
static int waited_for = 0;

static void on_awaited(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque) {
  on_delivery(rk, message, opaque);
  waited_for--;
}

/* Each record is waited for, a hundred at a time, as the other programs do: when one is in the log, the next is sent. */
static void write_awaited(rd_kafka_t *rk, rd_kafka_topic_t *topic, const struct options *options, char *value, long count) {
  for (long sent = 0; sent < count || waited_for > 0;) {
    while (sent < count && waited_for < AT_ONCE) {
      if (rd_kafka_produce(topic, 0, 0, value, (size_t)options->size, NULL, 0, NULL) != 0)
        fail("rd_kafka_produce", rd_kafka_err2str(rd_kafka_last_error()));
      sent++;
      waited_for++;
    }
    rd_kafka_poll(rk, 1000);
  }
}

static void produce(const struct options *options) {
  int awaited = strcmp(options->variant, "single") == 0;
  const char *settings[] = {"bootstrap.servers", options->brokers,      "linger.ms", awaited ? "0" : "5", "queue.buffering.max.messages",
                            "1000000",           "compression.codec", options->codec, "acks", "all", "socket.nagle.disable", "true",
                            "delivery.report.only.error", awaited ? "false" : "true", NULL};
  rd_kafka_conf_t *conf = configuration(settings);
  rd_kafka_conf_set_dr_msg_cb(conf, awaited ? on_awaited : on_delivery);
  rd_kafka_t *rk = client(RD_KAFKA_PRODUCER, conf);
  rd_kafka_topic_t **topics = calloc((size_t)options->topics, sizeof *topics);
  for (int index = 0; index < options->topics; index++) {
    char name[NAME_MAX_BYTES];
    topic_name(options, index, name);
    topics[index] = rd_kafka_topic_new(rk, name, NULL);
  }
  char *value = malloc((size_t)options->size);
  uint32_t state = 42;
  for (long index = 0; index < options->size; index++) {
    state = state * 1103515245u + 12345u;
    value[index] = (char)(32 + (state >> 16) % 95);
  }
  if (awaited)
    write_awaited(rk, topics[0], options, value, options->warm_up);
  else
    write_records(rk, topics, options, value, options->warm_up);
  double since = seconds_now(), cpu = cpu_micros();
  if (awaited)
    write_awaited(rk, topics[0], options, value, options->records);
  else
    write_records(rk, topics, options, value, options->records);
  report(options->records, since, cpu);
}

static void consume(const struct options *options) {
  const char *settings[] = {"bootstrap.servers", options->brokers, "group.id", "bench-librdkafka", "enable.auto.commit", "false",
                            "isolation.level", options->committed ? "read_committed" : "read_uncommitted", NULL};
  rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, configuration(settings));
  rd_kafka_topic_partition_list_t *partitions = rd_kafka_topic_partition_list_new(options->topics);
  for (int index = 0; index < options->topics; index++) {
    char name[NAME_MAX_BYTES];
    topic_name(options, index, name);
    rd_kafka_topic_partition_list_add(partitions, name, 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  if (rd_kafka_assign(rk, partitions) != RD_KAFKA_RESP_ERR_NO_ERROR)
    fail("rd_kafka_assign", "refused");
  rd_kafka_poll_set_consumer(rk);
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(rk);
  rd_kafka_message_t **messages = malloc(BATCH * sizeof *messages);
  long warm = options->warm_up, seen = 0;
  size_t bytes = 0;
  double since = seconds_now(), cpu = 0;
  while (seen < options->records) {
    ssize_t count = rd_kafka_consume_batch_queue(queue, 1000, messages, BATCH);
    if (count < 0)
      fail("rd_kafka_consume_batch_queue", rd_kafka_err2str(rd_kafka_last_error()));
    for (ssize_t index = 0; index < count; index++) {
      if (messages[index]->err)
        fail("consume", rd_kafka_message_errstr(messages[index]));
      bytes += messages[index]->len;
      rd_kafka_message_destroy(messages[index]);
    }
    if (warm > 0) {
      warm -= count;
      since = seconds_now();
      cpu = cpu_micros();
    } else {
      seen += count;
    }
  }
  report(seen, since, cpu);
  if (bytes == 0)
    fail("consume", "no bytes were read");
}

int main(int argc, char **argv) {
  struct options options = {"produce", "batch", "127.0.0.1:9092", "bench", "none", 1, 0, 1000000, 500000, 100};
  for (int at = 1; at < argc; at++) {
    const char *name = argv[at];
    if (strcmp(name, "--committed") == 0) {
      options.committed = 1;
      continue;
    }
    if (at + 1 == argc)
      fail(name, "has no value");
    const char *given = argv[++at];
    if (strcmp(name, "--mode") == 0) options.mode = given;
    else if (strcmp(name, "--brokers") == 0) options.brokers = given;
    else if (strcmp(name, "--topic") == 0) options.topic = given;
    else if (strcmp(name, "--topics") == 0) options.topics = atoi(given);
    else if (strcmp(name, "--codec") == 0) options.codec = given;
    else if (strcmp(name, "--records") == 0) options.records = atol(given);
    else if (strcmp(name, "--warm-up") == 0) options.warm_up = atol(given);
    else if (strcmp(name, "--size") == 0) options.size = atol(given);
    else if (strcmp(name, "--variant") == 0) options.variant = given;
    else fail(name, "is no option");
  }
  if (strcmp(options.mode, "consume") == 0)
    consume(&options);
  else
    produce(&options);
  /* What is still fetched ahead is not worth waiting for. */
  return 0;
}
