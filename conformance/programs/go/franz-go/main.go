// Conformance of twmb/franz-go: idempotent producing with every codec, direct and group consuming, kadm.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"millrace/conformance/checks"
)

const partitions = 3

var broker = checks.Bootstrap()

func ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

func newClient(options ...kgo.Opt) (*kgo.Client, error) {
	return kgo.NewClient(append([]kgo.Opt{kgo.SeedBrokers(broker), kgo.ClientID("franz-go-conformance")}, options...)...)
}

func withAdmin(body func(admin *kadm.Client) error) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	defer client.Close()
	return body(kadm.NewClient(client))
}

func createTopic(name string, count int32) error {
	return withAdmin(func(admin *kadm.Client) error {
		if _, err := admin.CreateTopic(ctx(), count, 1, nil, name); err != nil {
			return err
		}
		return untilKnown(admin, name)
	})
}

// untilKnown waits until the broker knows a new topic: Apache Kafka answers when its controller does.
func untilKnown(admin *kadm.Client, topic string) error {
	var err error
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var topics kadm.TopicDetails
		topics, err = admin.ListTopics(ctx(), topic)
		if err == nil && topics.Has(topic) {
			return nil
		}
	}
	return fmt.Errorf("topic %s is not there after 10 s: %w", topic, err)
}

func readAll(total int, options ...kgo.Opt) ([]*kgo.Record, error) {
	client, err := newClient(append(options, kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchMaxWait(200*time.Millisecond))...)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	var records []*kgo.Record
	deadline := ctx()
	for len(records) < total {
		fetches := client.PollFetches(deadline)
		if err := fetches.Err(); err != nil {
			return records, fmt.Errorf("%d of %d records: %w", len(records), total, err)
		}
		records = append(records, fetches.Records()...)
	}
	return records, nil
}

func codec(name string, compression kgo.CompressionCodec) error {
	topic := "franz-go-" + name
	if err := createTopic(topic, partitions); err != nil {
		return err
	}
	client, err := newClient(kgo.ProducerBatchCompression(compression), kgo.DefaultProduceTopic(topic))
	if err != nil {
		return err
	}
	defer client.Close()
	var sent []*kgo.Record
	for i := 0; i < 500; i++ {
		sent = append(sent, &kgo.Record{
			Key:     []byte(fmt.Sprintf("key-%d", i%10)),
			Value:   []byte(fmt.Sprintf("value-%d %s", i, strings.Repeat("compressible ", 10))),
			Headers: []kgo.RecordHeader{{Key: "index", Value: []byte(fmt.Sprint(i))}, {Key: "nil"}},
		})
	}
	if err := client.ProduceSync(ctx(), sent...).FirstErr(); err != nil {
		return err
	}
	records, err := readAll(len(sent), kgo.ConsumeTopics(topic))
	if err != nil {
		return err
	}
	placed := map[string]*kgo.Record{}
	for _, record := range sent {
		placed[fmt.Sprintf("%d@%d", record.Partition, record.Offset)] = record
	}
	if len(placed) != len(sent) {
		return fmt.Errorf("%d records were acknowledged at %d places", len(sent), len(placed))
	}
	for _, record := range records {
		want := placed[fmt.Sprintf("%d@%d", record.Partition, record.Offset)]
		if want == nil || string(want.Value) != string(record.Value) || string(want.Key) != string(record.Key) {
			return fmt.Errorf("%d@%d holds %.20s", record.Partition, record.Offset, record.Value)
		}
		if len(record.Headers) != 2 || string(record.Headers[0].Value) != string(want.Headers[0].Value) || record.Headers[1].Value != nil {
			return fmt.Errorf("%d@%d has headers %v", record.Partition, record.Offset, record.Headers)
		}
		if record.Timestamp.UnixMilli() != want.Timestamp.UnixMilli() {
			return fmt.Errorf("%d@%d has time %v, sent %v", record.Partition, record.Offset, record.Timestamp, want.Timestamp)
		}
	}
	return checks.Equal("records", len(records), len(sent))
}

func idempotent() error {
	const topic, count = "franz-go-idempotent", 3000
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	client, err := newClient(kgo.DefaultProduceTopic(topic), kgo.ProducerBatchMaxBytes(1024), kgo.ProducerLinger(0))
	if err != nil {
		return err
	}
	defer client.Close()
	failures := make(chan error, count)
	for i := 0; i < count; i++ {
		client.Produce(ctx(), kgo.StringRecord(fmt.Sprint(i)), func(_ *kgo.Record, err error) { failures <- err })
	}
	for i := 0; i < count; i++ {
		if err := <-failures; err != nil {
			return err
		}
	}
	records, err := readAll(count, kgo.ConsumeTopics(topic))
	if err != nil {
		return err
	}
	for i, record := range records {
		if record.Offset != int64(i) || string(record.Value) != fmt.Sprint(i) {
			return fmt.Errorf("offset %d holds %s", record.Offset, record.Value)
		}
	}
	return checks.Equal("records", len(records), count)
}

func fromOffset() error {
	records, err := readAll(1, kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{
		"franz-go-idempotent": {0: kgo.NewOffset().At(1234)},
	}))
	if err != nil {
		return err
	}
	return checks.Equal("first record", records[0].Offset, int64(1234))
}

// group: two members (cooperative), all records once, a third goes on; then the group as kadm sees it.
func group() error {
	const topic, name, total = "franz-go-group", "franz-go-members", 300
	if err := createTopic(topic, 4); err != nil {
		return err
	}
	reading, stop := context.WithCancel(context.Background())
	defer stop()
	records := make(chan *kgo.Record, total)
	assigned := make(chan struct{}, 100)
	var members []*kgo.Client
	for i := 0; i < 2; i++ {
		member, err := newClient(
			kgo.ConsumerGroup(name), kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
			kgo.Balancers(kgo.CooperativeStickyBalancer()), kgo.HeartbeatInterval(300*time.Millisecond), kgo.FetchMaxWait(200*time.Millisecond),
			kgo.OnPartitionsAssigned(func(context.Context, *kgo.Client, map[string][]int32) { assigned <- struct{}{} }),
			kgo.AutoCommitInterval(200*time.Millisecond),
		)
		if err != nil {
			return err
		}
		members = append(members, member)
		go func() {
			for reading.Err() == nil {
				member.PollFetches(reading).EachRecord(func(record *kgo.Record) { records <- record })
			}
		}()
	}
	if err := withAdmin(func(admin *kadm.Client) error { return untilBalanced(admin, name) }); err != nil {
		return err
	}
	producer, err := newClient(kgo.DefaultProduceTopic(topic), kgo.RecordPartitioner(kgo.RoundRobinPartitioner()))
	if err != nil {
		return err
	}
	defer producer.Close()
	for i := 0; i < total; i++ {
		producer.Produce(ctx(), kgo.StringRecord(fmt.Sprint(i)), nil)
	}
	if err := producer.Flush(ctx()); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := 0; i < total; i++ {
		select {
		case record := <-records:
			if seen[string(record.Value)] {
				return fmt.Errorf("record %s came twice", record.Value)
			}
			seen[string(record.Value)] = true
		case <-time.After(20 * time.Second):
			return fmt.Errorf("only %d of %d records", len(seen), total)
		}
	}
	stop()
	for _, member := range members {
		if err := member.CommitUncommittedOffsets(ctx()); err != nil {
			return err
		}
		member.Close()
	}
	if err := producer.ProduceSync(ctx(), kgo.StringRecord("after")).FirstErr(); err != nil {
		return err
	}
	later, err := readAll(1, kgo.ConsumerGroup(name), kgo.ConsumeTopics(topic))
	if err != nil {
		return err
	}
	return checks.Equal("the third member's records", fmt.Sprintf("%d %s", len(later), later[0].Value), "1 after")
}

// untilBalanced waits until the group is stable with two members of two partitions each.
func untilBalanced(admin *kadm.Client, name string) error {
	last := ""
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		groups, err := admin.DescribeGroups(ctx(), name)
		if err != nil {
			// A new Apache Kafka has no coordinator until it has made its offsets topic.
			last = err.Error()
			continue
		}
		described := groups[name]
		last = fmt.Sprintf("%s, %d members", described.State, len(described.Members))
		balanced := described.State == "Stable" && len(described.Members) == 2
		for _, member := range described.Members {
			assignment, ok := member.Assigned.AsConsumer()
			balanced = balanced && ok && len(assignment.Topics) == 1 && len(assignment.Topics[0].Partitions) == 2
		}
		if balanced {
			return checks.Equal("protocol", described.Protocol, "cooperative-sticky")
		}
	}
	return fmt.Errorf("not balanced after 30 s: %s", last)
}

func admin() error {
	return withAdmin(func(admin *kadm.Client) error {
		topic, retention := "franz-go-admin", "3600000"
		if _, err := admin.CreateTopic(ctx(), 2, 1, map[string]*string{"retention.ms": &retention}, topic); err != nil {
			return err
		}
		if _, err := admin.CreateTopic(ctx(), 2, 1, nil, topic); !errors.Is(err, kerr.TopicAlreadyExists) {
			return fmt.Errorf("creating it again: %v", err)
		}
		if err := untilKnown(admin, topic); err != nil {
			return err
		}
		if _, err := admin.UpdatePartitions(ctx(), 3, topic); err != nil {
			return err
		}
		segment := "1048576"
		if _, err := admin.AlterTopicConfigs(ctx(), []kadm.AlterConfig{{Op: kadm.SetConfig, Name: "segment.bytes", Value: &segment}}, topic); err != nil {
			return err
		}
		configs, err := admin.DescribeTopicConfigs(ctx(), topic)
		if err != nil {
			return err
		}
		values := map[string]string{}
		for _, config := range configs[0].Configs {
			values[config.Key] = config.MaybeValue() + " " + config.Source.String()
		}
		metadata, err := admin.Metadata(ctx(), topic)
		if err != nil {
			return err
		}
		listed, err := admin.ListTopics(ctx())
		if err != nil {
			return err
		}
		deleted, err := admin.DeleteTopics(ctx(), topic)
		if err != nil {
			return err
		}
		return checks.First(
			checks.Equal("retention.ms", values["retention.ms"], "3600000 DYNAMIC_TOPIC_CONFIG"),
			checks.Equal("segment.bytes", values["segment.bytes"], "1048576 DYNAMIC_TOPIC_CONFIG"),
			checks.Equal("cleanup.policy", values["cleanup.policy"], "delete DEFAULT_CONFIG"),
			checks.Equal("partitions", len(metadata.Topics[topic].Partitions), 3),
			checks.Equal("id has a value", metadata.Topics[topic].ID != kadm.TopicID{}, true),
			checks.Equal("listed", listed.Has(topic), true),
			deleted.Error(),
		)
	})
}

func groupAdmin() error {
	return withAdmin(func(admin *kadm.Client) error {
		const topic, name = "franz-go-group", "franz-go-members"
		lag, err := admin.Lag(ctx(), name)
		if err != nil {
			return err
		}
		described := lag[name]
		if err := checks.First(described.Error(), checks.Equal("lag", described.Lag.Total(), int64(1))); err != nil {
			return err
		}
		offsets := kadm.Offsets{}
		offsets.Add(kadm.Offset{Topic: topic, Partition: 2, At: 7, LeaderEpoch: -1, Metadata: "by hand"})
		committed, err := admin.CommitOffsets(ctx(), name, offsets)
		if err != nil {
			return err
		}
		if err := committed.Error(); err != nil {
			return err
		}
		fetched, err := admin.FetchOffsets(ctx(), name)
		if err != nil {
			return err
		}
		got, _ := fetched.Lookup(topic, 2)
		if err := checks.First(checks.Equal("offset", got.At, int64(7)), checks.Equal("metadata", got.Metadata, "by hand")); err != nil {
			return err
		}
		removed, err := admin.DeleteOffsets(ctx(), name, kadm.TopicsSet{topic: {2: {}}})
		if err != nil {
			return err
		}
		if err := removed.Error(); err != nil {
			return err
		}
		fetched, err = admin.FetchOffsets(ctx(), name)
		if err != nil {
			return err
		}
		_, still := fetched.Lookup(topic, 2)
		groups, err := admin.DeleteGroups(ctx(), name, "franz-go-no-such-group")
		if err != nil {
			return err
		}
		return checks.First(
			checks.Equal("deleted offset is still there", still, false),
			groups[name].Err,
			checks.Equal("unknown group", errors.Is(groups["franz-go-no-such-group"].Err, kerr.GroupIDNotFound), true),
		)
	})
}

func offsetsAdmin() error {
	return withAdmin(func(admin *kadm.Client) error {
		const topic = "franz-go-idempotent"
		removed := kadm.Offsets{}
		removed.Add(kadm.Offset{Topic: topic, Partition: 0, At: 1000})
		deleted, err := admin.DeleteRecords(ctx(), removed)
		if err != nil {
			return err
		}
		if err := deleted.Error(); err != nil {
			return err
		}
		start, err := admin.ListStartOffsets(ctx(), topic)
		if err != nil {
			return err
		}
		end, err := admin.ListEndOffsets(ctx(), topic)
		if err != nil {
			return err
		}
		later, err := admin.ListOffsetsAfterMilli(ctx(), time.Now().Add(time.Hour).UnixMilli(), topic)
		if err != nil {
			return err
		}
		first, _ := start.Lookup(topic, 0)
		last, _ := end.Lookup(topic, 0)
		after, _ := later.Lookup(topic, 0)
		dirs, err := admin.DescribeAllLogDirs(ctx(), kadm.TopicsSet{topic: {0: {}}})
		if err != nil {
			return err
		}
		size := int64(0)
		dirs.Each(func(dir kadm.DescribedLogDir) { size += dir.Size() })
		return checks.First(
			checks.Equal("start", first.Offset, int64(1000)),
			checks.Equal("end", last.Offset, int64(3000)),
			checks.Equal("after the last record", after.Offset, int64(3000)),
			checks.Equal("size on disk is known", size > 1000, true),
		)
	})
}

func main() {
	codecs := []struct {
		name  string
		codec kgo.CompressionCodec
	}{
		{"none", kgo.NoCompression()}, {"gzip", kgo.GzipCompression()}, {"snappy", kgo.SnappyCompression()},
		{"lz4", kgo.Lz4Compression()}, {"zstd", kgo.ZstdCompression()},
	}
	for _, each := range codecs {
		checks.Run(each.name+": records come back from where they were acknowledged", func() error { return codec(each.name, each.codec) })
	}
	checks.Run("idempotent producing in many small batches", idempotent)
	checks.Run("consuming from an offset", fromOffset)
	checks.Run("a cooperative group of two, commits, a third goes on", group)
	checks.Run("kadm: topics, partitions, configs, ids", admin)
	checks.Run("kadm: lag, committing, deleting offsets and groups", groupAdmin)
	checks.Run("kadm: deleting records, offsets by time, log directories", offsetsAdmin)
	checks.Run("transactions: readers of committed data see what was committed, and nothing else", transactions)
	checks.Run("a group session that transacts copies every record once", transactionalCopy)
	checks.Run("kadm: transactions are listed and described", transactionAdmin)
	checks.Done()
}
