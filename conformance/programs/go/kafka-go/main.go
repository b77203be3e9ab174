// Conformance of segmentio/kafka-go: Writer, Reader with and without a group, the low-level Conn, and Client admin calls.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/compress"

	"millrace/conformance/checks"
)

const partitions = 3

var (
	broker = checks.Bootstrap()
	client = &kafka.Client{Addr: kafka.TCP(broker), Timeout: 10 * time.Second}
)

func ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

func createTopic(name string, count int) error {
	response, err := client.CreateTopics(ctx(), &kafka.CreateTopicsRequest{
		Topics: []kafka.TopicConfig{{Topic: name, NumPartitions: count, ReplicationFactor: 1}},
	})
	if err != nil {
		return err
	}
	return response.Errors[name]
}

func codec(name string, compression compress.Compression) error {
	topic := "kafka-go-" + name
	if err := createTopic(topic, partitions); err != nil {
		return err
	}
	writer := &kafka.Writer{
		Addr: kafka.TCP(broker), Topic: topic, Balancer: kafka.Murmur2Balancer{}, RequiredAcks: kafka.RequireAll,
		Compression: compression, BatchTimeout: 10 * time.Millisecond,
	}
	var messages []kafka.Message
	for i := 0; i < 500; i++ {
		messages = append(messages, kafka.Message{
			Key:     []byte(fmt.Sprintf("key-%d", i%10)),
			Value:   []byte(fmt.Sprintf("value-%d %s", i, strings.Repeat("compressible ", 10))),
			Headers: []kafka.Header{{Key: "index", Value: []byte(fmt.Sprint(i))}},
		})
	}
	if err := writer.WriteMessages(ctx(), messages...); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	total := 0
	for partition := 0; partition < partitions; partition++ {
		count, err := readPartition(topic, partition)
		if err != nil {
			return err
		}
		total += count
	}
	return checks.Equal("messages", total, len(messages))
}

// readPartition reads one partition to its end and checks offsets and the order of each key's values.
func readPartition(topic string, partition int) (int, error) {
	connection, err := kafka.DialLeader(ctx(), "tcp", broker, topic, partition)
	if err != nil {
		return 0, err
	}
	_, end, err := connection.ReadOffsets()
	connection.Close()
	if err != nil {
		return 0, err
	}
	reader := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{broker}, Topic: topic, Partition: partition, MaxWait: 200 * time.Millisecond})
	defer reader.Close()
	last := map[string]int{}
	for offset := int64(0); offset < end; offset++ {
		message, err := reader.ReadMessage(ctx())
		if err != nil {
			return 0, fmt.Errorf("offset %d of %d: %w", offset, end, err)
		}
		var value int
		fmt.Sscanf(string(message.Value), "value-%d", &value)
		key := string(message.Key)
		if before, seen := last[key]; seen && value != before+10 {
			return 0, fmt.Errorf("key %s: %d after %d", key, value, before)
		}
		last[key] = value
		if message.Offset != offset || len(message.Headers) != 1 || string(message.Headers[0].Value) != fmt.Sprint(value) {
			return 0, fmt.Errorf("%d@%d: headers %v of value %d", partition, message.Offset, message.Headers, value)
		}
	}
	return int(end), nil
}

// lowLevel goes through one leader connection: write, seek, read a batch between two sizes, deadlines.
func lowLevel() error {
	const topic = "kafka-go-conn"
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	connection, err := kafka.DialLeader(ctx(), "tcp", broker, topic, 0)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(15 * time.Second))
	for i := 0; i < 3; i++ {
		_, err := connection.WriteMessages(
			kafka.Message{Key: []byte("k"), Value: []byte(fmt.Sprintf("a%d", i))},
			kafka.Message{Value: []byte(fmt.Sprintf("b%d", i))},
		)
		if err != nil {
			return err
		}
	}
	first, last, err := connection.ReadOffsets()
	if err != nil {
		return err
	}
	if err := checks.Equal("offsets", []int64{first, last}, []int64{0, 6}); err != nil {
		return err
	}
	// Offset 3 lies inside the second batch.
	if _, err := connection.Seek(3, kafka.SeekAbsolute); err != nil {
		return err
	}
	batch := connection.ReadBatch(1, 1e6)
	var values []string
	for {
		message, err := batch.ReadMessage()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		values = append(values, fmt.Sprintf("%d:%s", message.Offset, message.Value))
	}
	if err := checks.First(
		checks.Equal("high water mark", batch.HighWaterMark(), int64(6)),
		checks.Equal("messages", values, []string{"3:b1", "4:a2", "5:b2"}),
		batch.Close(),
	); err != nil {
		return err
	}
	// At the end of the log a read waits for its deadline and says so.
	connection.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	_, err = connection.ReadMessage(1e3)
	if err == nil {
		return errors.New("read a message past the end")
	}
	return nil
}

func byTime() error {
	connection, err := kafka.DialLeader(ctx(), "tcp", broker, "kafka-go-conn", 0)
	if err != nil {
		return err
	}
	defer connection.Close()
	offset, err := connection.ReadOffset(time.UnixMilli(1))
	if err != nil {
		return err
	}
	past, err := connection.ReadOffset(time.Now().Add(time.Hour))
	if err != nil {
		return err
	}
	return checks.First(
		checks.Equal("first offset after 1970", offset, int64(0)),
		checks.Equal("no record is an hour ahead", past, int64(-1)),
	)
}

func autoCreate() error {
	writer := &kafka.Writer{Addr: kafka.TCP(broker), Topic: "kafka-go-auto", AllowAutoTopicCreation: true, BatchTimeout: time.Millisecond}
	defer writer.Close()
	var err error
	for attempt := 0; attempt < 20; attempt++ {
		err = writer.WriteMessages(ctx(), kafka.Message{Value: []byte("hello")})
		if !errors.Is(err, kafka.LeaderNotAvailable) && !errors.Is(err, kafka.UnknownTopicOrPartition) {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}

func groupReader() *kafka.Reader {
	return kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{broker}, GroupID: "kafka-go-members", Topic: "kafka-go-group", StartOffset: kafka.FirstOffset,
		MaxWait: 200 * time.Millisecond, HeartbeatInterval: 500 * time.Millisecond, RebalanceTimeout: 10 * time.Second,
	})
}

// group: two readers share a topic; every record comes; a third goes on where they committed.
func group() error {
	const topic, total = "kafka-go-group", 200
	if err := createTopic(topic, 4); err != nil {
		return err
	}
	writer := &kafka.Writer{Addr: kafka.TCP(broker), Topic: topic, Balancer: &kafka.RoundRobin{}, RequiredAcks: kafka.RequireAll, BatchTimeout: 10 * time.Millisecond}
	defer writer.Close()
	var messages []kafka.Message
	for i := 0; i < total; i++ {
		messages = append(messages, kafka.Message{Value: []byte(fmt.Sprint(i))})
	}
	if err := writer.WriteMessages(ctx(), messages...); err != nil {
		return err
	}
	type result struct {
		member  int
		message kafka.Message
		err     error
	}
	results := make(chan result, total)
	reading, stop := context.WithCancel(context.Background())
	readers := []*kafka.Reader{groupReader(), groupReader()}
	for member, reader := range readers {
		go func() {
			for {
				message, err := reader.FetchMessage(reading)
				if err == nil {
					err = reader.CommitMessages(context.Background(), message)
				}
				if reading.Err() != nil {
					return
				}
				results <- result{member, message, err}
			}
		}()
	}
	seen := map[string]int{}
	for len(seen) < total {
		select {
		case got := <-results:
			if got.err == nil {
				seen[string(got.message.Value)]++
			}
		case <-time.After(30 * time.Second):
			stop()
			return fmt.Errorf("only %d of %d records", len(seen), total)
		}
	}
	stop()
	for _, reader := range readers {
		if err := reader.Close(); err != nil {
			return err
		}
	}
	if err := writer.WriteMessages(ctx(), kafka.Message{Value: []byte("after")}); err != nil {
		return err
	}
	third := groupReader()
	defer third.Close()
	message, err := third.ReadMessage(ctx())
	if err != nil {
		return err
	}
	return checks.Equal("the third reader's first record", string(message.Value), "after")
}

func admin() error {
	metadata, err := client.Metadata(ctx(), &kafka.MetadataRequest{Topics: []string{"kafka-go-group"}})
	if err != nil {
		return err
	}
	offsets, err := client.ListOffsets(ctx(), &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{
		"kafka-go-conn": {kafka.FirstOffsetOf(0), kafka.LastOffsetOf(0)},
	}})
	if err != nil {
		return err
	}
	groups, err := client.ListGroups(ctx(), &kafka.ListGroupsRequest{})
	if err != nil {
		return err
	}
	found := false
	for _, each := range groups.Groups {
		found = found || each.GroupID == "kafka-go-members"
	}
	committed, err := client.OffsetFetch(ctx(), &kafka.OffsetFetchRequest{GroupID: "kafka-go-members", Topics: map[string][]int{"kafka-go-group": {0, 1, 2, 3}}})
	if err != nil {
		return err
	}
	sum := int64(0)
	for _, each := range committed.Topics["kafka-go-group"] {
		sum += each.CommittedOffset
	}
	configs, err := client.DescribeConfigs(ctx(), &kafka.DescribeConfigsRequest{Resources: []kafka.DescribeConfigRequestResource{
		{ResourceType: kafka.ResourceTypeTopic, ResourceName: "kafka-go-conn", ConfigNames: []string{"cleanup.policy"}},
	}})
	if err != nil {
		return err
	}
	deleted, err := client.DeleteTopics(ctx(), &kafka.DeleteTopicsRequest{Topics: []string{"kafka-go-conn"}})
	if err != nil {
		return err
	}
	return checks.First(
		checks.Equal("partitions", len(metadata.Topics[0].Partitions), 4),
		checks.Equal("first offset", offsets.Topics["kafka-go-conn"][0].FirstOffset, int64(0)),
		checks.Equal("last offset", offsets.Topics["kafka-go-conn"][0].LastOffset, int64(6)),
		checks.Equal("group is listed", found, true),
		checks.Equal("committed records", sum, int64(201)),
		checks.Equal("cleanup.policy", configs.Resources[0].ConfigEntries[0].ConfigValue, "delete"),
		deleted.Errors["kafka-go-conn"],
	)
}

func main() {
	for _, compression := range []compress.Compression{compress.None, compress.Gzip, compress.Snappy, compress.Lz4, compress.Zstd} {
		name := compression.String()
		if name == "" || compression == compress.None {
			name = "none"
		}
		checks.Run(name+": Writer and Reader keep order, offsets, headers", func() error { return codec(name, compression) })
	}
	checks.Run("Conn: WriteMessages, Seek into a batch, ReadBatch, deadline", lowLevel)
	checks.Run("Conn: offsets by time", byTime)
	checks.Run("Writer creates its topic", autoCreate)
	checks.Run("two Readers of a group, commits, a third goes on", group)
	checks.Run("Client: metadata, offsets, groups, configs, deletion", admin)
	checks.Done()
}
