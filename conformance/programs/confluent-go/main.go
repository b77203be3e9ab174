// Conformance of confluent-kafka-go, librdkafka behind Go: producer with every codec, consumer group, AdminClient.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

const partitions = 3

var broker = os.Getenv("BOOTSTRAP")
var count, failed int

func check(name string, body func() error) {
	count++
	started := time.Now()
	err := body()
	ms := time.Since(started).Milliseconds()
	if err == nil {
		fmt.Printf("PASS\t%d\t%s\n", ms, name)
		return
	}
	failed++
	fmt.Printf("FAIL\t%d\t%s\t%s\n", ms, name, strings.NewReplacer("\t", " ", "\n", "\\n").Replace(err.Error()))
}

func equal(what string, got, want any) error {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return nil
	}
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

func withAdmin(body func(admin *kafka.AdminClient) error) error {
	admin, err := kafka.NewAdminClient(&kafka.ConfigMap{"bootstrap.servers": broker})
	if err != nil {
		return err
	}
	defer admin.Close()
	return body(admin)
}

func createTopic(name string, count int) error {
	return withAdmin(func(admin *kafka.AdminClient) error {
		results, err := admin.CreateTopics(ctx(), []kafka.TopicSpecification{{Topic: name, NumPartitions: count, ReplicationFactor: 1}})
		if err != nil {
			return err
		}
		if results[0].Error.Code() != kafka.ErrNoError {
			return results[0].Error
		}
		return nil
	})
}

// produce sends messages and gives back the delivery reports in their order.
func produce(settings kafka.ConfigMap, messages []*kafka.Message) ([]*kafka.Message, error) {
	config := kafka.ConfigMap{"bootstrap.servers": broker, "linger.ms": 2}
	for name, value := range settings {
		config[name] = value
	}
	producer, err := kafka.NewProducer(&config)
	if err != nil {
		return nil, err
	}
	defer producer.Close()
	reports := make(chan kafka.Event, len(messages))
	for _, message := range messages {
		if err := producer.Produce(message, reports); err != nil {
			return nil, err
		}
	}
	var delivered []*kafka.Message
	for range messages {
		select {
		case event := <-reports:
			message := event.(*kafka.Message)
			if message.TopicPartition.Error != nil {
				return nil, message.TopicPartition.Error
			}
			delivered = append(delivered, message)
		case <-time.After(30 * time.Second):
			return nil, fmt.Errorf("%d of %d delivery reports", len(delivered), len(messages))
		}
	}
	return delivered, nil
}

func newConsumer(group string) (*kafka.Consumer, error) {
	return kafka.NewConsumer(&kafka.ConfigMap{
		"bootstrap.servers": broker, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": false,
		"session.timeout.ms": 6000, "partition.assignment.strategy": "cooperative-sticky",
	})
}

func readAll(consumer *kafka.Consumer, total int) ([]*kafka.Message, error) {
	var messages []*kafka.Message
	for len(messages) < total {
		message, err := consumer.ReadMessage(20 * time.Second)
		if err != nil {
			return nil, fmt.Errorf("%d of %d messages: %w", len(messages), total, err)
		}
		messages = append(messages, message)
	}
	return messages, nil
}

func codec(name string) error {
	topic := "confluent-go-" + name
	if err := createTopic(topic, partitions); err != nil {
		return err
	}
	var sent []*kafka.Message
	for i := 0; i < 500; i++ {
		sent = append(sent, &kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Key:            []byte(fmt.Sprintf("key-%d", i%10)),
			Value:          []byte(fmt.Sprintf("value-%d %s", i, strings.Repeat("compressible ", 10))),
			Headers:        []kafka.Header{{Key: "index", Value: []byte(fmt.Sprint(i))}},
		})
	}
	delivered, err := produce(kafka.ConfigMap{"compression.type": name, "enable.idempotence": true}, sent)
	if err != nil {
		return err
	}
	placed := map[string]string{}
	for _, message := range delivered {
		placed[fmt.Sprint(message.TopicPartition.Partition, message.TopicPartition.Offset)] = string(message.Value)
	}
	consumer, err := newConsumer("confluent-go-" + name)
	if err != nil {
		return err
	}
	defer consumer.Close()
	if err := consumer.Subscribe(topic, nil); err != nil {
		return err
	}
	messages, err := readAll(consumer, len(sent))
	if err != nil {
		return err
	}
	for _, message := range messages {
		place := fmt.Sprint(message.TopicPartition.Partition, message.TopicPartition.Offset)
		if placed[place] != string(message.Value) {
			return fmt.Errorf("%s holds %.20s, acknowledged %.20s", place, message.Value, placed[place])
		}
		if len(message.Headers) != 1 || !strings.HasPrefix(string(message.Value), fmt.Sprintf("value-%s ", message.Headers[0].Value)) {
			return fmt.Errorf("%s has headers %v", place, message.Headers)
		}
		delete(placed, place)
	}
	return equal("messages not seen", len(placed), 0)
}

// group: commits, what is committed, and a second consumer that goes on there.
func group() error {
	const name = "confluent-go-members"
	topic := "confluent-go-group"
	if err := createTopic(topic, 2); err != nil {
		return err
	}
	var sent []*kafka.Message
	for i := 0; i < 100; i++ {
		sent = append(sent, &kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: int32(i % 2)}, Value: []byte(fmt.Sprint(i))})
	}
	if _, err := produce(nil, sent); err != nil {
		return err
	}
	firstMember, err := newConsumer(name)
	if err != nil {
		return err
	}
	if err := firstMember.Subscribe(topic, nil); err != nil {
		return err
	}
	if _, err := readAll(firstMember, 60); err != nil {
		return err
	}
	committed, err := firstMember.Commit()
	if err != nil {
		return err
	}
	sum := kafka.Offset(0)
	for _, each := range committed {
		sum += each.Offset
	}
	if err := equal("committed", sum, 60); err != nil {
		return err
	}
	low, high, err := firstMember.QueryWatermarkOffsets(topic, 0, 10000)
	if err != nil {
		return err
	}
	if err := equal("watermarks", fmt.Sprint(low, high), "0 50"); err != nil {
		return err
	}
	if err := firstMember.Close(); err != nil {
		return err
	}
	second, err := newConsumer(name)
	if err != nil {
		return err
	}
	defer second.Close()
	if err := second.Subscribe(topic, nil); err != nil {
		return err
	}
	rest, err := readAll(second, 40)
	if err != nil {
		return err
	}
	extra, err := second.ReadMessage(300 * time.Millisecond)
	if err == nil {
		return fmt.Errorf("one more message than expected: %v", extra)
	}
	return equal("messages after the commit", len(rest), 40)
}

func admin() error {
	return withAdmin(func(admin *kafka.AdminClient) error {
		topic := "confluent-go-admin"
		if err := createTopic(topic, 2); err != nil {
			return err
		}
		if _, err := admin.CreatePartitions(ctx(), []kafka.PartitionsSpecification{{Topic: topic, IncreaseTo: 3}}); err != nil {
			return err
		}
		resource := kafka.ConfigResource{Type: kafka.ResourceTopic, Name: topic}
		changed := resource
		changed.Config = []kafka.ConfigEntry{{Name: "retention.ms", Value: "1234567", IncrementalOperation: kafka.AlterConfigOpTypeSet}}
		altered, err := admin.IncrementalAlterConfigs(ctx(), []kafka.ConfigResource{changed})
		if err != nil {
			return err
		}
		if altered[0].Error.Code() != kafka.ErrNoError {
			return altered[0].Error
		}
		described, err := admin.DescribeConfigs(ctx(), []kafka.ConfigResource{resource})
		if err != nil {
			return err
		}
		topics, err := admin.DescribeTopics(ctx(), kafka.NewTopicCollectionOfTopicNames([]string{topic}))
		if err != nil {
			return err
		}
		groups, err := admin.ListConsumerGroups(ctx())
		if err != nil {
			return err
		}
		found := false
		for _, each := range groups.Valid {
			found = found || each.GroupID == "confluent-go-members"
		}
		cluster, err := admin.DescribeCluster(ctx())
		if err != nil {
			return err
		}
		deleted, err := admin.DeleteTopics(ctx(), []string{topic})
		if err != nil {
			return err
		}
		return first(
			equal("retention.ms", described[0].Config["retention.ms"].Value, "1234567"),
			equal("partitions", len(topics.TopicDescriptions[0].Partitions), 3),
			equal("group is listed", found, true),
			equal("nodes", len(cluster.Nodes), 1),
			equal("cluster has an id", cluster.ClusterID != nil && *cluster.ClusterID != "", true),
			equal("deletion", deleted[0].Error.Code(), kafka.ErrNoError),
		)
	})
}

func main() {
	for _, name := range []string{"none", "gzip", "snappy", "lz4", "zstd"} {
		check(name+": an idempotent producer's records come back from where they were acknowledged", func() error { return codec(name) })
	}
	check("commits and a second consumer that goes on", group)
	check("AdminClient: topics, partitions, configs, groups, cluster", admin)
	fmt.Printf("DONE\t%d\n", count)
	if failed > 0 {
		os.Exit(1)
	}
}
