// Conformance of IBM/sarama: producers with every codec, a consumer group of two, the cluster admin.
package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/IBM/sarama"

	"millrace/conformance/checks"
)

const partitions = 3

var brokers = []string{checks.Bootstrap()}

func config() *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.V2_8_0_0
	config.ClientID = "sarama-conformance"
	config.Producer.Return.Successes = true
	config.Consumer.Return.Errors = true
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	return config
}

func withAdmin(body func(admin sarama.ClusterAdmin) error) error {
	admin, err := sarama.NewClusterAdmin(brokers, config())
	if err != nil {
		return err
	}
	defer admin.Close()
	return body(admin)
}

func createTopic(name string, count int32) error {
	return withAdmin(func(admin sarama.ClusterAdmin) error {
		return admin.CreateTopic(name, &sarama.TopicDetail{NumPartitions: count, ReplicationFactor: 1}, false)
	})
}

// readAll consumes every partition from its start to the offset that was its end at the beginning.
func readAll(topic string, count int32) (map[int32][]*sarama.ConsumerMessage, error) {
	client, err := sarama.NewClient(brokers, config())
	if err != nil {
		return nil, err
	}
	defer client.Close()
	consumer, err := sarama.NewConsumerFromClient(client)
	if err != nil {
		return nil, err
	}
	defer consumer.Close()
	result := map[int32][]*sarama.ConsumerMessage{}
	for partition := int32(0); partition < count; partition++ {
		end, err := client.GetOffset(topic, partition, sarama.OffsetNewest)
		if err != nil {
			return nil, err
		}
		if end == 0 {
			continue
		}
		source, err := consumer.ConsumePartition(topic, partition, sarama.OffsetOldest)
		if err != nil {
			return nil, err
		}
		for int64(len(result[partition])) < end {
			select {
			case message := <-source.Messages():
				result[partition] = append(result[partition], message)
			case err := <-source.Errors():
				return nil, err
			case <-time.After(15 * time.Second):
				return nil, fmt.Errorf("partition %d: %d of %d messages", partition, len(result[partition]), end)
			}
		}
		source.Close()
	}
	return result, nil
}

func codec(name string, compression sarama.CompressionCodec) error {
	topic := "sarama-" + name
	if err := createTopic(topic, partitions); err != nil {
		return err
	}
	settings := config()
	settings.Producer.Compression = compression
	settings.Producer.RequiredAcks = sarama.WaitForAll
	producer, err := sarama.NewSyncProducer(brokers, settings)
	if err != nil {
		return err
	}
	defer producer.Close()
	before := time.Now().Add(-time.Second)
	var messages []*sarama.ProducerMessage
	for i := 0; i < 500; i++ {
		messages = append(messages, &sarama.ProducerMessage{
			Topic:   topic,
			Key:     sarama.StringEncoder(fmt.Sprintf("key-%d", i%10)),
			Value:   sarama.StringEncoder(fmt.Sprintf("value-%d %s", i, strings.Repeat("compressible ", 10))),
			Headers: []sarama.RecordHeader{{Key: []byte("index"), Value: []byte(fmt.Sprint(i))}, {Key: []byte("nil"), Value: nil}},
		})
	}
	if err := producer.SendMessages(messages); err != nil {
		return err
	}
	byPartition, err := readAll(topic, partitions)
	if err != nil {
		return err
	}
	next := map[string]int{}
	for i := 0; i < 10; i++ {
		next[fmt.Sprintf("key-%d", i)] = i
	}
	home := map[string]int32{}
	total := 0
	for partition, got := range byPartition {
		total += len(got)
		for i, message := range got {
			key := string(message.Key)
			if _, known := home[key]; !known {
				home[key] = partition
			}
			want := fmt.Sprintf("value-%d ", next[key])
			next[key] += 10
			if message.Offset != int64(i) || home[key] != partition || !strings.HasPrefix(string(message.Value), want) {
				return fmt.Errorf("%d@%d: key %s value %.20s, want %s", partition, message.Offset, key, message.Value, want)
			}
			if len(message.Headers) != 2 || len(message.Headers[1].Value) != 0 {
				return fmt.Errorf("headers of %d@%d: %v", partition, message.Offset, message.Headers)
			}
			if message.Timestamp.Before(before) || message.Timestamp.After(time.Now().Add(time.Second)) {
				return fmt.Errorf("timestamp of %d@%d: %v", partition, message.Offset, message.Timestamp)
			}
		}
	}
	return checks.Equal("messages", total, len(messages))
}

func idempotent() error {
	const topic = "sarama-idempotent"
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	settings := config()
	settings.Producer.Idempotent = true
	settings.Producer.RequiredAcks = sarama.WaitForAll
	settings.Net.MaxOpenRequests = 1
	settings.Producer.Flush.MaxMessages = 10
	producer, err := sarama.NewAsyncProducer(brokers, settings)
	if err != nil {
		return err
	}
	const count = 1000
	go func() {
		for i := 0; i < count; i++ {
			producer.Input() <- &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(fmt.Sprint(i))}
		}
	}()
	for i := 0; i < count; i++ {
		select {
		case <-producer.Successes():
		case err := <-producer.Errors():
			return err
		}
	}
	if err := producer.Close(); err != nil {
		return err
	}
	byPartition, err := readAll(topic, 1)
	if err != nil {
		return err
	}
	for i, message := range byPartition[0] {
		if string(message.Value) != fmt.Sprint(i) {
			return fmt.Errorf("offset %d holds %s", i, message.Value)
		}
	}
	return checks.Equal("messages", len(byPartition[0]), count)
}

func nulls() error {
	const topic = "sarama-nulls"
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	producer, err := sarama.NewSyncProducer(brokers, config())
	if err != nil {
		return err
	}
	defer producer.Close()
	stamp := time.UnixMilli(1700000000123)
	partition, offset, err := producer.SendMessage(&sarama.ProducerMessage{Topic: topic, Key: sarama.StringEncoder("gone"), Timestamp: stamp})
	if err != nil {
		return err
	}
	byPartition, err := readAll(topic, 1)
	if err != nil {
		return err
	}
	message := byPartition[0][0]
	return checks.First(
		checks.Equal("place", fmt.Sprintf("%d@%d", partition, offset), "0@0"),
		checks.Equal("value is nil", message.Value == nil, true),
		checks.Equal("key", string(message.Key), "gone"),
		checks.Equal("timestamp", message.Timestamp.UnixMilli(), stamp.UnixMilli()),
	)
}

// member of a consumer group: hands on what it gets and marks it.
type member struct {
	id      int
	records chan<- string
	claims  *sync.Map
}

func (m member) Setup(session sarama.ConsumerGroupSession) error {
	m.claims.Store(m.id, len(session.Claims()["sarama-group"]))
	return nil
}

func (m member) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (m member) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, open := <-claim.Messages():
			if !open {
				return nil
			}
			m.records <- fmt.Sprintf("%d@%d", message.Partition, message.Offset)
			session.MarkMessage(message, "marked")
		case <-session.Context().Done():
			return nil
		}
	}
}

func group() error {
	const topic = "sarama-group"
	if err := createTopic(topic, 4); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	records := make(chan string, 1000)
	claims := &sync.Map{}
	var stopped sync.WaitGroup
	for id := 0; id < 2; id++ {
		settings := config()
		settings.Consumer.Offsets.AutoCommit.Interval = 100 * time.Millisecond
		settings.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{sarama.NewBalanceStrategySticky()}
		consumer, err := sarama.NewConsumerGroup(brokers, "sarama-members", settings)
		if err != nil {
			return err
		}
		stopped.Add(1)
		go func() {
			defer stopped.Done()
			defer consumer.Close()
			for ctx.Err() == nil {
				if err := consumer.Consume(ctx, []string{topic}, member{id, records, claims}); err != nil && !errors.Is(err, sarama.ErrClosedConsumerGroup) {
					time.Sleep(100 * time.Millisecond)
				}
			}
		}()
	}
	if err := until("both members have two partitions", func() bool {
		first, _ := claims.Load(0)
		second, _ := claims.Load(1)
		return first == 2 && second == 2
	}); err != nil {
		return err
	}
	settings := config()
	settings.Producer.Partitioner = sarama.NewManualPartitioner
	producer, err := sarama.NewSyncProducer(brokers, settings)
	if err != nil {
		return err
	}
	defer producer.Close()
	for i := 0; i < 200; i++ {
		message := &sarama.ProducerMessage{Topic: topic, Partition: int32(i % 4), Value: sarama.StringEncoder("x")}
		if _, _, err := producer.SendMessage(message); err != nil {
			return err
		}
	}
	var got []string
	for len(got) < 200 {
		select {
		case record := <-records:
			got = append(got, record)
		case <-time.After(15 * time.Second):
			return fmt.Errorf("only %d of 200 records", len(got))
		}
	}
	if err := withAdmin(func(admin sarama.ClusterAdmin) error { return describeGroup(admin) }); err != nil {
		return err
	}
	cancel()
	stopped.Wait()
	sort.Strings(got)
	for i := 1; i < len(got); i++ {
		if got[i] == got[i-1] {
			return fmt.Errorf("%s came twice", got[i])
		}
	}
	return withAdmin(func(admin sarama.ClusterAdmin) error {
		offsets, err := admin.ListConsumerGroupOffsets("sarama-members", map[string][]int32{topic: {0, 1, 2, 3}})
		if err != nil {
			return err
		}
		for partition := int32(0); partition < 4; partition++ {
			block := offsets.GetBlock(topic, partition)
			if block.Offset != 50 || block.Metadata != "marked" {
				return fmt.Errorf("partition %d: committed %d %q", partition, block.Offset, block.Metadata)
			}
		}
		return admin.DeleteConsumerGroup("sarama-members")
	})
}

func describeGroup(admin sarama.ClusterAdmin) error {
	groups, err := admin.DescribeConsumerGroups([]string{"sarama-members"})
	if err != nil {
		return err
	}
	return checks.First(
		checks.Equal("state", groups[0].State, "Stable"),
		checks.Equal("protocol", groups[0].Protocol, "sticky"),
		checks.Equal("members", len(groups[0].Members), 2),
	)
}

func until(what string, done func() bool) error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if done() {
			return nil
		}
	}
	return fmt.Errorf("%s: not after 30 s", what)
}

func admin() error {
	return withAdmin(func(admin sarama.ClusterAdmin) error {
		retention := "123456"
		detail := &sarama.TopicDetail{NumPartitions: 2, ReplicationFactor: 1, ConfigEntries: map[string]*string{"retention.ms": &retention}}
		if err := admin.CreateTopic("sarama-admin", detail, false); err != nil {
			return err
		}
		err := admin.CreateTopic("sarama-admin", detail, false)
		if !errors.Is(err, sarama.ErrTopicAlreadyExists) {
			return fmt.Errorf("creating it again: %v", err)
		}
		if err := admin.CreatePartitions("sarama-admin", 4, nil, false); err != nil {
			return err
		}
		topics, err := admin.ListTopics()
		if err != nil {
			return err
		}
		listed := topics["sarama-admin"]
		if err := checks.Equal("partitions", listed.NumPartitions, int32(4)); err != nil {
			return err
		}
		value := listed.ConfigEntries["retention.ms"]
		if value == nil || *value != retention {
			return fmt.Errorf("configs of the listed topic: %v", listed.ConfigEntries)
		}
		changed := "99999"
		if err := admin.AlterConfig(sarama.TopicResource, "sarama-admin", map[string]*string{"retention.ms": &changed}, false); err != nil {
			return err
		}
		entries, err := admin.DescribeConfig(sarama.ConfigResource{Type: sarama.TopicResource, Name: "sarama-admin", ConfigNames: []string{"retention.ms"}})
		if err != nil {
			return err
		}
		if len(entries) != 1 || entries[0].Value != changed {
			return fmt.Errorf("described: %v", entries)
		}
		brokers, controller, err := admin.DescribeCluster()
		if err != nil {
			return err
		}
		if len(brokers) != 1 || brokers[0].ID() != controller {
			return fmt.Errorf("cluster: %d brokers, controller %d", len(brokers), controller)
		}
		return admin.DeleteTopic("sarama-admin")
	})
}

func deleteRecords() error {
	return withAdmin(func(admin sarama.ClusterAdmin) error {
		if err := admin.DeleteRecords("sarama-idempotent", map[int32]int64{0: 400}); err != nil {
			return err
		}
		client, err := sarama.NewClient(brokers, config())
		if err != nil {
			return err
		}
		defer client.Close()
		start, err := client.GetOffset("sarama-idempotent", 0, sarama.OffsetOldest)
		if err != nil {
			return err
		}
		return checks.Equal("log start", start, int64(400))
	})
}

func main() {
	codecs := []sarama.CompressionCodec{sarama.CompressionNone, sarama.CompressionGZIP, sarama.CompressionSnappy, sarama.CompressionLZ4, sarama.CompressionZSTD}
	for _, compression := range codecs {
		checks.Run(compression.String()+": order by key, offsets, headers and times", func() error { return codec(compression.String(), compression) })
	}
	checks.Run("an idempotent producer with small batches", idempotent)
	checks.Run("a null value, a key and a given timestamp", nulls)
	checks.Run("a group of two with the sticky strategy, committed metadata, deletion", group)
	checks.Run("admin: topics, partitions, configs, cluster", admin)
	checks.Run("admin: deleting records", deleteRecords)
	checks.Done()
}
