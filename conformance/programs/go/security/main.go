// Conformance of franz-go and sarama on secured listeners: every mechanism over TLS, certificates, and what is refused.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/IBM/sarama"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl"
	"github.com/twmb/franz-go/pkg/sasl/oauth"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
	xdg "github.com/xdg-go/scram"

	"millrace/conformance/checks"
)

const records = 100

func tlsConfig(certificate bool) *tls.Config {
	pem, err := os.ReadFile(os.Getenv("CA"))
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	config := &tls.Config{RootCAs: pool, ServerName: "localhost"}
	if certificate {
		pair, err := tls.LoadX509KeyPair(os.Getenv("CLIENT_CERT"), os.Getenv("CLIENT_KEY"))
		if err != nil {
			panic(err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config
}

// token is an unsigned one, as development has them.
func token() string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	claims := fmt.Sprintf(`{"sub":"dora","exp":%d}`, time.Now().Add(time.Minute).Unix())
	return part(`{"alg":"none"}`) + "." + part(claims) + "."
}

func franz(listener string, certificate bool, mechanism sasl.Mechanism) []kgo.Opt {
	options := []kgo.Opt{
		kgo.SeedBrokers(os.Getenv(listener)),
		kgo.DialTLSConfig(tlsConfig(certificate)),
		kgo.AllowAutoTopicCreation(),
	}
	if mechanism != nil {
		options = append(options, kgo.SASL(mechanism))
	}
	return options
}

func franzRoundTrip(topic string, options []kgo.Opt) error {
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	client, err := kgo.NewClient(append(options, kgo.ConsumeTopics(topic), kgo.ConsumerGroup(topic))...)
	if err != nil {
		return err
	}
	defer client.Close()
	for number := range records {
		record := &kgo.Record{Topic: topic, Value: fmt.Append(nil, number)}
		if err := client.ProduceSync(ctx, record).FirstErr(); err != nil {
			return err
		}
	}
	for got := 0; got < records; {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			return err
		}
		got += fetches.NumRecords()
	}
	return nil
}

func franzRefused(options []kgo.Opt, wanted func(error) bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	client, err := kgo.NewClient(append(options, kgo.RequestRetries(0))...)
	if err != nil {
		return err
	}
	defer client.Close()
	if _, err = kadm.NewClient(client).ListTopics(ctx); err == nil {
		return errors.New("it was let in")
	}
	if !wanted(err) {
		return err
	}
	return nil
}

// scramClient is what sarama asks of its users.
type scramClient struct {
	hash         xdg.HashGeneratorFcn
	conversation *xdg.ClientConversation
}

func (c *scramClient) Begin(user, password, authorization string) error {
	client, err := c.hash.NewClient(user, password, authorization)
	if err == nil {
		c.conversation = client.NewConversation()
	}
	return err
}
func (c *scramClient) Step(challenge string) (string, error) { return c.conversation.Step(challenge) }
func (c *scramClient) Done() bool                            { return c.conversation.Done() }

type tokenProvider struct{}

func (tokenProvider) Token() (*sarama.AccessToken, error) {
	return &sarama.AccessToken{Token: token()}, nil
}

func saramaConfig(mechanism sarama.SASLMechanism, user, password string) *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.V2_8_0_0
	config.Producer.Return.Successes = true
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Metadata.Retry.Max = 3
	config.Net.TLS.Enable = true
	config.Net.TLS.Config = tlsConfig(mechanism == "")
	if mechanism == "" {
		return config
	}
	config.Net.SASL.Enable = true
	config.Net.SASL.Mechanism = mechanism
	config.Net.SASL.User, config.Net.SASL.Password = user, password
	config.Net.SASL.TokenProvider = tokenProvider{}
	config.Net.SASL.SCRAMClientGeneratorFunc = func() sarama.SCRAMClient {
		if mechanism == sarama.SASLTypeSCRAMSHA256 {
			return &scramClient{hash: xdg.SHA256}
		}
		return &scramClient{hash: xdg.SHA512}
	}
	return config
}

func saramaRoundTrip(topic, listener string, config *sarama.Config) error {
	client, err := sarama.NewClient([]string{os.Getenv(listener)}, config)
	if err != nil {
		return err
	}
	defer client.Close()
	producer, err := sarama.NewSyncProducerFromClient(client)
	if err != nil {
		return err
	}
	defer producer.Close()
	for number := range records {
		message := &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(fmt.Sprint(number))}
		if _, _, err := producer.SendMessage(message); err != nil {
			return err
		}
	}
	consumer, err := sarama.NewConsumerFromClient(client)
	if err != nil {
		return err
	}
	defer consumer.Close()
	partition, err := consumer.ConsumePartition(topic, 0, sarama.OffsetOldest)
	if err != nil {
		return err
	}
	defer partition.Close()
	for got := 0; got < records; got++ {
		select {
		case <-partition.Messages():
		case <-time.After(20 * time.Second):
			return fmt.Errorf("%d of %d records", got, records)
		}
	}
	return nil
}

func saramaRefused(listener string, config *sarama.Config, wanted string) error {
	client, err := sarama.NewClient([]string{os.Getenv(listener)}, config)
	if err == nil {
		client.Close()
		return errors.New("it was let in")
	}
	if !strings.Contains(err.Error(), wanted) {
		return err
	}
	return nil
}

func main() {
	alice := plain.Auth{User: "alice", Pass: "alice-secret"}.AsMechanism()
	bob := scram.Auth{User: "bob", Pass: "bob-secret"}
	bearer := oauth.Oauth(func(context.Context) (oauth.Auth, error) { return oauth.Auth{Token: token()}, nil })
	isRefusal := func(err error) bool { return errors.Is(err, kerr.SaslAuthenticationFailed) }
	isLate := func(err error) bool { return strings.Contains(err.Error(), "expired") }

	checks.Run("franz-go: PLAIN", func() error { return franzRoundTrip("franz-plain", franz("LOGIN", false, alice)) })
	checks.Run("franz-go: SCRAM-SHA-256", func() error {
		return franzRoundTrip("franz-scram-256", franz("LOGIN", false, bob.AsSha256Mechanism()))
	})
	checks.Run("franz-go: SCRAM-SHA-512", func() error {
		return franzRoundTrip("franz-scram-512", franz("LOGIN", false, bob.AsSha512Mechanism()))
	})
	checks.Run("franz-go: OAUTHBEARER", func() error { return franzRoundTrip("franz-oauth", franz("LOGIN", false, bearer)) })
	checks.Run("franz-go: a certificate", func() error { return franzRoundTrip("franz-tls", franz("MUTUAL", true, nil)) })
	checks.Run("franz-go: a wrong password of PLAIN", func() error {
		return franzRefused(franz("LOGIN", false, plain.Auth{User: "alice", Pass: "x"}.AsMechanism()), isRefusal)
	})
	checks.Run("franz-go: a wrong password of SCRAM", func() error {
		return franzRefused(franz("LOGIN", false, scram.Auth{User: "bob", Pass: "x"}.AsSha512Mechanism()), isRefusal)
	})
	checks.Run("franz-go: a certificate of the broker that has expired", func() error {
		return franzRefused(franz("LATE", false, alice), isLate)
	})

	checks.Run("sarama: PLAIN", func() error {
		return saramaRoundTrip("sarama-plain", "LOGIN", saramaConfig(sarama.SASLTypePlaintext, "alice", "alice-secret"))
	})
	checks.Run("sarama: SCRAM-SHA-256", func() error {
		return saramaRoundTrip("sarama-scram-256", "LOGIN", saramaConfig(sarama.SASLTypeSCRAMSHA256, "bob", "bob-secret"))
	})
	checks.Run("sarama: SCRAM-SHA-512", func() error {
		return saramaRoundTrip("sarama-scram-512", "LOGIN", saramaConfig(sarama.SASLTypeSCRAMSHA512, "bob", "bob-secret"))
	})
	checks.Run("sarama: OAUTHBEARER", func() error {
		return saramaRoundTrip("sarama-oauth", "LOGIN", saramaConfig(sarama.SASLTypeOAuth, "", ""))
	})
	checks.Run("sarama: a certificate", func() error { return saramaRoundTrip("sarama-tls", "MUTUAL", saramaConfig("", "", "")) })
	checks.Run("sarama: a wrong password of PLAIN", func() error {
		return saramaRefused("LOGIN", saramaConfig(sarama.SASLTypePlaintext, "alice", "x"), "")
	})
	checks.Run("sarama: a certificate of the broker that has expired", func() error {
		return saramaRefused("LATE", saramaConfig(sarama.SASLTypePlaintext, "alice", "alice-secret"), "")
	})
	checks.Done()
}
