// franz-go under measurement, with the settings of its own bench: records from one slice, as many buffered as 250 MiB hold, batches of a megabyte.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

var (
	mode         = flag.String("mode", "produce", "produce, consume or latency")
	brokers      = flag.String("brokers", "127.0.0.1:9092", "bootstrap servers, by comma")
	topic        = flag.String("topic", "bench", "topic, or the front of the names of several")
	topics       = flag.Int("topics", 1, "how many topics")
	records      = flag.Int("records", 1_000_000, "records that are measured")
	warmUp       = flag.Int("warm-up", 500_000, "records before them")
	size         = flag.Int("size", 100, "bytes of a value")
	codec        = flag.String("codec", "none", "none or lz4")
	variant      = flag.String("variant", "batch", "batch: without waiting; single: a hundred goroutines that wait for each record")
	committed    = flag.Bool("committed", false, "read committed records only")
	rate         = flag.Int("rate", 1000, "latency: records a second; 0: one at a time, each read before the next is sent")
	warmUpMs     = flag.Int("warm-up-ms", 3000, "latency: how long before it is measured")
	milliseconds = flag.Int("milliseconds", 3000, "latency: how long it is measured")
)

// What bench/clients/measure.ts calls an Outcome.
type outcome struct {
	Records               int     `json:"records"`
	Seconds               float64 `json:"seconds"`
	CPUMicrosPerRecord    float64 `json:"cpuMicrosPerRecord"`
	ResidentPeakMegabytes float64 `json:"residentPeakMegabytes"`
}

// Calls that wait at a time where each is for one record.
const singlesInFlight = 100

func usage() (cpuMicros float64, peakMegabytes float64) {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	micros := func(t syscall.Timeval) float64 { return float64(t.Sec)*1e6 + float64(t.Usec) }
	return micros(used.Utime) + micros(used.Stime), float64(used.Maxrss) / 1024
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func report(count int, started time.Time, cpuBefore float64) {
	seconds := time.Since(started).Seconds()
	cpu, peak := usage()
	line, err := json.Marshal(outcome{count, seconds, (cpu - cpuBefore) / float64(count), peak})
	check(err)
	fmt.Println(string(line))
}

func names() []string {
	if *topics == 1 {
		return []string{*topic}
	}
	list := make([]string, *topics)
	for i := range list {
		list[i] = fmt.Sprintf("%s-%d", *topic, i)
	}
	return list
}

func options() []kgo.Opt {
	list := []kgo.Opt{
		kgo.SeedBrokers(strings.Split(*brokers, ",")...),
		kgo.MaxBufferedRecords(250<<20/(*size) + 1),
		kgo.MaxConcurrentFetches(3),
		kgo.FetchMaxBytes(5 << 20),
		kgo.ProducerBatchMaxBytes(1_000_000),
	}
	if *codec == "lz4" {
		list = append(list, kgo.ProducerBatchCompression(kgo.Lz4Compression()))
	} else {
		list = append(list, kgo.ProducerBatchCompression(kgo.NoCompression()))
	}
	if *mode != "produce" {
		list = append(list, kgo.ConsumeTopics(names()...))
	}
	if *mode == "latency" {
		list = append(list, kgo.ProducerLinger(0))
	}
	if *committed {
		list = append(list, kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	}
	return list
}

// A value that bench/clients/measure.ts makes as well: it does not compress to nothing.
func value() []byte {
	bytes := make([]byte, *size)
	state := uint32(42)
	for i := range bytes {
		state = state*1_103_515_245 + 12_345
		bytes[i] = byte(32 + (state>>16)%95)
	}
	return bytes
}

func produceAsync(client *kgo.Client, list []string, bytes []byte, count int) {
	ctx := context.Background()
	for i := range count {
		client.Produce(ctx, &kgo.Record{Topic: list[i%len(list)], Value: bytes}, func(_ *kgo.Record, err error) { check(err) })
	}
	check(client.Flush(ctx))
}

func produceSingles(client *kgo.Client, list []string, bytes []byte, count int) {
	var lanes sync.WaitGroup
	for lane := range singlesInFlight {
		lanes.Go(func() {
			for i := lane; i < count; i += singlesInFlight {
				record := &kgo.Record{Topic: list[i%len(list)], Value: bytes}
				check(client.ProduceSync(context.Background(), record).FirstErr())
			}
		})
	}
	lanes.Wait()
}

func consume(client *kgo.Client) {
	ctx := context.Background()
	seen, total := 0, 0
	started, cpu := time.Now(), 0.0
	warm := *warmUp
	for seen < *records {
		fetches := client.PollFetches(ctx)
		fetches.EachError(func(_ string, _ int32, err error) { check(err) })
		count := 0
		fetches.EachRecord(func(record *kgo.Record) {
			count++
			total += len(record.Value)
		})
		if warm > 0 {
			warm -= count
			started = time.Now()
			cpu, _ = usage()
			continue
		}
		seen += count
	}
	report(seen, started, cpu)
	if total == 0 {
		check(fmt.Errorf("no bytes were read"))
	}
}

func main() {
	flag.Parse()
	client, err := kgo.NewClient(options()...)
	check(err)
	defer client.Close()
	if *mode == "consume" {
		consume(client)
		return
	}
	if *mode == "latency" {
		measureLatency(client)
		return
	}
	produce := produceAsync
	if *variant == "single" {
		produce = produceSingles
	}
	list, bytes := names(), value()
	produce(client, list, bytes, *warmUp)
	started := time.Now()
	cpu, _ := usage()
	produce(client, list, bytes, *records)
	report(*records, started, cpu)
}
