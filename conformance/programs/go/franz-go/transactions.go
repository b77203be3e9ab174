package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

// committedValues reads what is committed, and waits for `total` values of it.
func committedValues(topic string, total int) ([]string, error) {
	records, err := readAll(total, kgo.ConsumeTopics(topic), kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	if err != nil {
		return nil, err
	}
	var values []string
	for _, record := range records {
		values = append(values, string(record.Value))
	}
	return values, nil
}

func transactions() error {
	const topic = "franz-go-transactions"
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	client, err := newClient(kgo.TransactionalID("franz-go-basic"), kgo.DefaultProduceTopic(topic))
	if err != nil {
		return err
	}
	defer client.Close()
	var want []string
	for attempt := 0; attempt < 6; attempt++ {
		if err := client.BeginTransaction(); err != nil {
			return err
		}
		commit := kgo.TransactionEndTry(attempt%2 == 0)
		for i := 0; i < 20; i++ {
			value := fmt.Sprintf("%d-%d", attempt, i)
			client.Produce(ctx(), kgo.StringRecord(value), nil)
			if commit {
				want = append(want, value)
			}
		}
		if err := client.Flush(ctx()); err != nil {
			return err
		}
		if err := client.EndTransaction(ctx(), commit); err != nil {
			return fmt.Errorf("ending %d: %w", attempt, err)
		}
	}
	got, err := committedValues(topic, len(want))
	if err != nil {
		return err
	}
	if strings.Join(got, ",") != strings.Join(want, ",") {
		return fmt.Errorf("committed %v, want %v", got, want)
	}
	return nil
}

// transactionalCopy consumes, produces and commits its offsets in one transaction; one in three is aborted, and comes again.
func transactionalCopy() error {
	const source, target, total = "franz-go-source", "franz-go-target", 300
	for _, topic := range []string{source, target} {
		if err := createTopic(topic, partitions); err != nil {
			return err
		}
	}
	producer, err := newClient(kgo.DefaultProduceTopic(source))
	if err != nil {
		return err
	}
	for i := 0; i < total; i++ {
		producer.Produce(ctx(), kgo.StringRecord(fmt.Sprint(i)), nil)
	}
	if err := producer.Flush(ctx()); err != nil {
		return err
	}
	producer.Close()
	session, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers(broker), kgo.TransactionalID("franz-go-copier"), kgo.ConsumerGroup("franz-go-copiers"), kgo.ConsumeTopics(source),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.RequireStableFetchOffsets(),
		kgo.FetchMaxWait(200*time.Millisecond), kgo.DefaultProduceTopic(target),
	)
	if err != nil {
		return err
	}
	defer session.Close()
	deadline := time.Now().Add(40 * time.Second)
	for copied, attempt := 0, 1; copied < total; attempt++ {
		if time.Now().After(deadline) {
			return fmt.Errorf("only %d copied", copied)
		}
		records := session.PollRecords(ctx(), 70).Records()
		if len(records) == 0 {
			continue
		}
		if err := session.Begin(); err != nil {
			return err
		}
		for _, record := range records {
			session.Produce(ctx(), kgo.StringRecord(string(record.Value)), nil)
		}
		commit := kgo.TransactionEndTry(attempt%3 != 0)
		committed, err := session.End(ctx(), commit)
		if err != nil {
			return err
		}
		if committed {
			copied += len(records)
		}
	}
	got, err := committedValues(target, total)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, value := range got {
		if seen[value] {
			return fmt.Errorf("%s was copied twice", value)
		}
		seen[value] = true
	}
	return nil
}

func transactionAdmin() error {
	const topic, id = "franz-go-transaction-admin", "franz-go-described"
	if err := createTopic(topic, 1); err != nil {
		return err
	}
	client, err := newClient(kgo.TransactionalID(id), kgo.DefaultProduceTopic(topic))
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.BeginTransaction(); err != nil {
		return err
	}
	if err := client.ProduceSync(ctx(), kgo.StringRecord("open")).FirstErr(); err != nil {
		return err
	}
	return withAdmin(func(admin *kadm.Client) error {
		listed, err := admin.ListTransactions(ctx(), nil, []string{"Ongoing"})
		if err != nil {
			return err
		}
		if _, ok := listed[id]; !ok {
			return fmt.Errorf("listed %v", listed)
		}
		described, err := admin.DescribeTransactions(ctx(), id, "franz-go-nobody")
		if err != nil {
			return err
		}
		if state := described[id].State; state != "Ongoing" {
			return fmt.Errorf("state %s", state)
		}
		if err := described["franz-go-nobody"].Err; !errors.Is(err, kerr.TransactionalIDNotFound) {
			return fmt.Errorf("an unknown id: %w", err)
		}
		return client.EndTransaction(ctx(), kgo.TryAbort)
	})
}
