// Records at a fixed rate, or one at a time, written and read by one process: times count from when a record was due.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

type percentiles struct {
	P50  float64 `json:"p50Ms"`
	P99  float64 `json:"p99Ms"`
	P999 float64 `json:"p999Ms"`
}

// What bench/latency/main.ts calls a LatencyReport.
type latencyReport struct {
	Records               int         `json:"records"`
	Seconds               float64     `json:"seconds"`
	Acknowledged          percentiles `json:"acknowledged"`
	Arrived               percentiles `json:"arrived"`
	CPUMicrosPerRecord    float64     `json:"cpuMicrosPerRecord"`
	ResidentPeakMegabytes float64     `json:"residentPeakMegabytes"`
}

// Records that have not come by then never come.
const drainTimeout = 5 * time.Second

type recorder struct {
	lock         sync.Mutex
	acknowledged []float64
	arrived      []float64
	seen         int
	changed      *sync.Cond
}

func percentilesOf(values []float64) percentiles {
	sort.Float64s(values)
	at := func(fraction float64) float64 {
		if len(values) == 0 {
			return math.NaN()
		}
		return values[min(len(values)-1, int(math.Ceil(fraction*float64(len(values))))-1)]
	}
	return percentiles{at(0.5), at(0.99), at(0.999)}
}

var origin = time.Now()

// Milliseconds on the monotonic clock.
func now() float64 { return float64(time.Since(origin).Nanoseconds()) / 1e6 }

// The first bytes of a value say when its record was due; 0 stands for a record that does not count.
func (r *recorder) read(client *kgo.Client) {
	for {
		fetches := client.PollFetches(context.Background())
		if fetches.IsClientClosed() {
			return
		}
		at := now()
		r.lock.Lock()
		fetches.EachRecord(func(record *kgo.Record) {
			due := math.Float64frombits(binary.BigEndian.Uint64(record.Value))
			if due > 0 {
				r.arrived = append(r.arrived, at-due)
			}
			r.seen++
		})
		r.changed.Broadcast()
		r.lock.Unlock()
	}
}

func (r *recorder) send(client *kgo.Client, due float64, counts bool, acknowledged func()) {
	bytes := make([]byte, *size)
	if counts {
		binary.BigEndian.PutUint64(bytes, math.Float64bits(due))
	}
	record := &kgo.Record{Topic: *topic, Value: bytes}
	client.Produce(context.Background(), record, func(_ *kgo.Record, err error) {
		check(err)
		if counts {
			at := now()
			r.lock.Lock()
			r.acknowledged = append(r.acknowledged, at-due)
			r.lock.Unlock()
		}
		acknowledged()
	})
}

// Waits until as many records were read as `wanted`, at most `drainTimeout`.
func (r *recorder) waitFor(wanted int) {
	timer := time.AfterFunc(drainTimeout, func() { r.changed.Broadcast() })
	defer timer.Stop()
	end := time.Now().Add(drainTimeout)
	r.lock.Lock()
	defer r.lock.Unlock()
	for r.seen < wanted && time.Now().Before(end) {
		r.changed.Wait()
	}
}

// Returns how many records were sent, all of them acknowledged.
func (r *recorder) load(client *kgo.Client, duration time.Duration, counts bool) int {
	var open sync.WaitGroup
	sent := 0
	if *rate == 0 {
		for end := time.Now().Add(duration); time.Now().Before(end); sent++ {
			r.lock.Lock()
			wanted := r.seen + 1
			r.lock.Unlock()
			open.Add(1)
			r.send(client, now(), counts, open.Done)
			open.Wait()
			r.waitFor(wanted)
		}
		return sent
	}
	gap := 1000 / float64(*rate)
	start := now()
	for total := int(duration.Seconds() * float64(*rate)); sent < total; sent++ {
		due := start + float64(sent)*gap
		if wait := due - now(); wait > 0 {
			time.Sleep(time.Duration(wait * float64(time.Millisecond)))
		}
		open.Add(1)
		r.send(client, due, counts, open.Done)
	}
	open.Wait()
	return sent
}

func measureLatency(client *kgo.Client) {
	r := &recorder{}
	r.changed = sync.NewCond(&r.lock)
	go r.read(client)
	warm := r.load(client, time.Duration(*warmUpMs)*time.Millisecond, false)
	r.waitFor(warm)
	started, cpu := time.Now(), 0.0
	cpu, _ = usage()
	count := r.load(client, time.Duration(*milliseconds)*time.Millisecond, true)
	seconds := time.Since(started).Seconds()
	r.waitFor(warm + count)
	after, peak := usage()
	r.lock.Lock()
	defer r.lock.Unlock()
	for len(r.arrived) < count {
		r.arrived = append(r.arrived, math.MaxFloat64)
	}
	report := latencyReport{
		count, seconds, percentilesOf(r.acknowledged), percentilesOf(r.arrived),
		(after - cpu) / float64(count), peak,
	}
	line, err := json.Marshal(report)
	check(err)
	fmt.Println(string(line))
}
