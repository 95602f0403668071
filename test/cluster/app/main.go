// A program to deploy in tests: it answers HTTP, says what it was given, writes numbered lines, and fails when asked to.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

var started = time.Now()

// Set once the program was told to end, so that it stops being ready before it is gone.
var ending atomic.Bool

func main() {
	say("started as %s", name())
	failAsAsked()
	if os.Getenv("JOB") != "" {
		work()
	}
	go writeLines(number("LOG_EVERY", 0))
	go endWhenTold()
	address := ":" + text("PORT", "8080")
	say("listening on %s", address)
	fail("%v", http.ListenAndServe(address, routes()))
}

func failAsAsked() {
	if os.Getenv("CRASH") != "" {
		say("crashing, as CRASH asks")
		os.Exit(number("EXIT_CODE", 1))
	}
	if seconds := number("EXIT_AFTER", 0); seconds > 0 {
		time.AfterFunc(time.Duration(seconds)*time.Second, func() {
			say("ending after %d s, as EXIT_AFTER asks", seconds)
			os.Exit(number("EXIT_CODE", 0))
		})
	}
}

// What a Job does: a line a second for JOB_SECONDS, then the end with EXIT_CODE.
func work() {
	seconds := number("JOB_SECONDS", 1)
	for second := 1; second <= seconds; second++ {
		time.Sleep(time.Second)
		say("worked %d of %d s", second, seconds)
	}
	code := number("EXIT_CODE", 0)
	say("done with code %d", code)
	os.Exit(code)
}

func writeLines(everyMs int) {
	if everyMs <= 0 {
		return
	}
	for line := 1; ; line++ {
		say("line %d", line)
		time.Sleep(time.Duration(everyMs) * time.Millisecond)
	}
}

// Kubernetes says SIGTERM; STOP_SECONDS is how long the program takes to follow.
func endWhenTold() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	say("told to end by %v", <-told)
	ending.Store(true)
	time.Sleep(time.Duration(number("STOP_SECONDS", 0)) * time.Second)
	say("ended")
	os.Exit(0)
}

func isReady() bool {
	after := time.Duration(number("READY_AFTER", 0)) * time.Second
	return text("READY", "true") != "false" && !ending.Load() && time.Since(started) >= after
}

func name() string {
	host, _ := os.Hostname()
	return text("APP_NAME", host)
}

func text(key, usual string) string {
	if value, given := os.LookupEnv(key); given && value != "" {
		return value
	}
	return usual
}

func number(key string, usual int) int {
	value := text(key, strconv.Itoa(usual))
	read, err := strconv.Atoi(value)
	if err != nil {
		fail("%s is %q, not a whole number", key, value)
	}
	return read
}

func say(format string, values ...any) { fmt.Printf(format+"\n", values...) }

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
