// Package checks counts the checks of a conformance program and prints them as lines that the harness reads.
package checks

import (
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"strings"
	"time"
)

var (
	count  int
	failed int
)

// Bootstrap is the address of the broker under test.
func Bootstrap() string {
	address := os.Getenv("BOOTSTRAP")
	if address == "" {
		fmt.Fprintln(os.Stderr, "BOOTSTRAP names no broker")
		os.Exit(2)
	}
	return address
}

// Run makes one check; a panic in it fails the check alone, and so does running longer than a minute.
func Run(name string, body func() error) {
	count++
	started := time.Now()
	result := make(chan error, 1)
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				result <- fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
			}
		}()
		result <- body()
	}()
	var err error
	select {
	case err = <-result:
	case <-time.After(time.Minute):
		err = fmt.Errorf("not done after a minute")
	}
	ms := time.Since(started).Milliseconds()
	if err == nil {
		fmt.Printf("PASS\t%d\t%s\n", ms, name)
		return
	}
	failed++
	text := strings.NewReplacer("\t", " ", "\n", "\\n").Replace(err.Error())
	fmt.Printf("FAIL\t%d\t%s\t%s\n", ms, name, text)
}

// Done ends the program: exit code 1 when a check failed.
func Done() {
	fmt.Printf("DONE\t%d\n", count)
	if failed > 0 {
		os.Exit(1)
	}
	os.Exit(0)
}

// Equal says how two values differ, or nil.
func Equal(what string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}

// First is the first error of several checks, or nil.
func First(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
